"""The applicant is told of the decision: when its letter is sent, or in another way that the secretariat records."""

from datetime import datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from municipalities.models import AuditEvent

from ..calculations.application_states import DECIDED
from ..models import Application, ApplicationStep
from .errors import NotPossible


@transaction.atomic
def mark_told(application: Application, *, told_on, how: str, by) -> None:
    """No letter is needed: they were told by telephone, in a meeting or by a letter written elsewhere."""
    current = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if current.state not in DECIDED:
        raise NotPossible(_("The application is not decided."))
    if current.told_at:
        text = _("They were told on %(day)s already.")
        raise NotPossible(text % {"day": date_format(timezone.localtime(current.told_at).date())})
    at = datetime.combine(told_on, time(), timezone.get_default_timezone())
    _told(current, _decision_of(current), at, how, by)


@transaction.atomic
def letter_sent(letter) -> None:
    """``letter.about`` names the application: ``programmes.application:12``.

    A letter that was written before the decision that stands now tells of another, which was taken back.
    """
    model, _colon, pk = letter.about.partition(":")
    if model != Application._meta.label_lower or not pk.isdecimal():
        return
    current = Application.objects.select_for_update(of=("self",)).filter(pk=pk, told_at__isnull=True).first()
    if current is None or current.state not in DECIDED:
        return
    step = _decision_of(current)
    if step is None or letter.batch.created_at >= step.at:
        _told(current, step, letter.sent_at or timezone.now(), "", letter.batch.released_by)


def _decision_of(application: Application) -> ApplicationStep | None:
    return application.steps.filter(to_state=application.state).order_by("at", "pk").last()


def _told(application: Application, step: ApplicationStep | None, at, how: str, by) -> None:
    application.told_at, application.told_how, application.told_by = at, how, by
    application.save(update_fields=["told_at", "told_how", "told_by"])
    if step:
        step.told_at = at
        step.save(update_fields=["told_at"])
    AuditEvent.record("admission.told", application, by=by, how=how)
