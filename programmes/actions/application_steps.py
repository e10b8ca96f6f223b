"""One application from one state to the next: the only place where a state changes."""

from django.db import transaction

from municipalities.models import AuditEvent
from programmes.calculations.application_states import TRANSITIONS
from programmes.models.admission import Application, ApplicationStep


class StepRefused(Exception):
    """The application is not where one thought it was, or one may not bring it there."""

    def __init__(self, application: Application, to_state: str):
        self.application, self.to_state = application, to_state
        super().__init__(f"{application.state} → {to_state}")


@transaction.atomic
def take_step(application: Application, to_state: str, *, by, text="", note="", **fields) -> ApplicationStep:
    """Bring it there, with the ``fields`` that belong to the step; the row is held, so of two the second is refused.

    ``text`` is said to the applicant, ``note`` stays inside. Raises StepRefused; ``application`` is refreshed.
    """
    seen = application.state
    fresh = Application.objects.select_for_update().get(pk=application.pk)
    found = TRANSITIONS[fresh.state].get(to_state)
    if fresh.state != seen or found is None or not by.may(found.permission):
        raise StepRefused(fresh, to_state)
    step = ApplicationStep.objects.create(
        application=fresh, from_state=fresh.state, to_state=to_state, by=by, text=text, note=note
    )
    changed = {"state": to_state, **fields}
    for name, value in changed.items():
        setattr(fresh, name, value)
        setattr(application, name, value)
    fresh.save(update_fields=list(changed))
    event = "admission.took_back" if found.is_reversal else f"admission.{to_state}"
    AuditEvent.record(event, fresh, by=by, from_state=seen, to_state=to_state)
    return step
