"""A municipality applies: begins, writes step by step, is joined by others, sends in, withdraws."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from correspondence.actions import write
from jobs.actions import ask
from municipalities.models import AuditEvent
from programmes.calculations.admission_rules import may_send_in
from programmes.calculations.application_content import content_sha256, step_sha256
from programmes.calculations.application_states import WRITABLE
from programmes.models import AdmissionRound, Applicant, Application, Submission
from programmes.queries.admission_apply import (
    Standing,
    application_of,
    content_of,
    extension_of,
    may_apply,
    named,
    standing_of,
)

from .admission_rounds import address
from .application_steps import take_step


class ApplyingRefused(Exception):
    """It cannot be done now; ``why`` is a word for the page to explain."""

    def __init__(self, why: str):
        self.why = why
        super().__init__(why)


class StepConflict(Exception):
    """Somebody else has written in the step since it was opened; ``content`` is what stands there now."""

    def __init__(self, application: Application, content: dict):
        self.application, self.content = application, content
        super().__init__(application.pk)


@transaction.atomic
def begin_application(admission_round: AdmissionRound, *, place, by) -> Application:
    """A draft for the place, or the one there is: of two who begin at once, both get the same."""
    fresh = AdmissionRound.objects.select_for_update().get(pk=admission_round.pk)
    if found := application_of(fresh, place):
        return found
    if not may_apply(fresh, place):
        raise ApplyingRefused("not_invited")
    if not _is_in_time(fresh, extension_of(fresh, place)):
        raise ApplyingRefused("closed")
    values = {"contact_name": by.name, "contact_email": by.email, "contact_phone": by.phone}
    language = by.language if by.language in ("nb", "nn") else "nb"
    made = Application.objects.create(
        round=fresh, name=str(place), language=language, created_by=by, saved_by=by, **values
    )
    Applicant.objects.create(
        application=made, is_lead=True, confirmed_at=timezone.now(), confirmed_by=by, **named(place)
    )
    AuditEvent.record("admission.began", made, by=by)
    return made


def _is_in_time(admission_round: AdmissionRound, extended_until) -> bool:
    return admission_round.announced_at is not None and may_send_in(
        timezone.now(),
        opens_at=admission_round.opens_at,
        closes_at=admission_round.closes_at,
        extended_until=extended_until,
    )


def held(application: Application) -> Application:
    """The row as it is now, held until the transaction ends; only while it may be written in."""
    fresh = (
        Application.objects.select_for_update(of=("self",)).select_related("round__programme").get(pk=application.pk)
    )
    if fresh.state not in WRITABLE or fresh.deleted_at:
        raise ApplyingRefused("not_writable")
    return fresh


@transaction.atomic
def save_step(application: Application, step: str, values: dict, *, base: str, by) -> Application:
    """Write the fields of one step. ``base`` is ``step_sha256`` of what the writer saw.

    Raises StepConflict when another has written in the step meanwhile, unless both wrote the same.
    """
    fresh = held(application)
    content = content_of(fresh)
    changed = {name: value for name, value in values.items() if getattr(fresh, name) != value}
    if not changed:
        return fresh
    if base != step_sha256(content, step):
        raise StepConflict(fresh, content)
    for name, value in changed.items():
        setattr(fresh, name, value)
    now = timezone.now()
    fresh.saved_at, fresh.saved_by, fresh.version = now, by, fresh.version + 1
    fresh.step_saves[step] = {"by": by.name, "by_id": by.pk, "at": now.isoformat()}
    fresh.save(update_fields=[*changed, "saved_at", "saved_by", "version", "step_saves"])
    AuditEvent.record("admission.saved", fresh, by=by, step=step)
    return fresh


@transaction.atomic
def attach_decision(application: Application, *, file, name: str, by) -> None:
    """``file`` has been looked at by the form. The former file stays in the store: a submission may name it."""
    fresh = held(application)
    fresh.decision_file, fresh.decision_file_name = file, name[:200]
    fresh.saved_at, fresh.saved_by, fresh.version = timezone.now(), by, fresh.version + 1
    fresh.save(update_fields=["decision_file", "decision_file_name", "saved_at", "saved_by", "version"])
    AuditEvent.record("admission.saved", fresh, by=by, step="decision", file=name[:100])


@transaction.atomic
def remove_decision(application: Application, *, by) -> None:
    fresh = held(application)
    fresh.decision_file, fresh.decision_file_name, fresh.version = "", "", fresh.version + 1
    fresh.save(update_fields=["decision_file", "decision_file_name", "version"])
    AuditEvent.record("admission.saved", fresh, by=by, step="decision", file="")


@transaction.atomic
def delete_draft(application: Application, *, by) -> None:
    fresh = held(application)
    if fresh.state != Application.State.DRAFT:
        raise ApplyingRefused("not_a_draft")
    fresh.deleted_at, fresh.deleted_by = timezone.now(), by
    fresh.save(update_fields=["deleted_at", "deleted_by"])
    AuditEvent.record("admission.deleted_draft", fresh, by=by)


@transaction.atomic
def restore_draft(application: Application, *, by) -> None:
    """Unless the place has begun anew meanwhile."""
    fresh = Application.objects.select_for_update(of=("self",)).select_related("round").get(pk=application.pk)
    for one in fresh.applicants.select_related("municipality", "organisation"):
        other = application_of(fresh.round, one.place)
        if other is not None and other.pk != fresh.pk:
            raise ApplyingRefused("stands_elsewhere")
    fresh.deleted_at = fresh.deleted_by = None
    fresh.save(update_fields=["deleted_at", "deleted_by"])
    AuditEvent.record("admission.restored_draft", fresh, by=by)


@transaction.atomic
def submit(application: Application, *, by) -> Submission:
    """Freeze what it says and send it in: the first time, or again after more was asked for.

    The instant that counts is the server's, read while the round and the application are held. Raises ApplyingRefused
    (``closed``, ``incomplete``, ``not_writable``).
    """
    held_round = AdmissionRound.objects.select_for_update(of=("self",)).get(pk=application.round_id)
    fresh = held(application)
    standing, now = standing_of(fresh), timezone.now()
    is_first = fresh.state == Application.State.DRAFT
    if is_first and not _is_in_time(held_round, standing.extended_until):
        raise ApplyingRefused("closed")
    if standing.missing:
        raise ApplyingRefused("incomplete")
    made = _frozen(fresh, standing, by, now, is_late=is_first and now >= held_round.closes_at)
    to_state = Application.State.SUBMITTED if is_first else Application.State.RESUBMITTED
    take_step(fresh, to_state, by=by, submitted_at=now)
    application.state, application.submitted_at = fresh.state, now
    _send_receipt(fresh, made, by)
    return made


def _frozen(application: Application, standing: Standing, by, now, *, is_late: bool) -> Submission:
    said = [
        {
            "applicant": str(next(line for line in standing.applicants if line.pk == one.applicant_id)),
            "party": one.party,
            "union": one.union_name,
            "name": one.person_name,
            "title": one.person_title,
            "how": one.how,
            "answered_at": one.answered_at.isoformat(),
        }
        for one in standing.consents
    ]
    confirmed = [
        {
            "applicant": str(one),
            "name": one.confirmed_name or (one.confirmed_by.name if one.confirmed_by else ""),
            "how": one.confirmed_how,
            "at": one.confirmed_at.isoformat(),
        }
        for one in standing.applicants
        if not one.is_lead
    ]
    content = standing.content | {"consents": said} | ({"confirmed": confirmed} if confirmed else {})
    return Submission.objects.create(
        application=application,
        number=application.submissions.count() + 1,
        content=content,
        submitted_at=now,
        submitted_by=by,
        is_late=is_late,
        sha256=content_sha256(content),
    )


def _send_receipt(application: Application, made: Submission, by) -> None:
    """To the one who sent it in and to the contact, at once; the PDF comes from a job."""
    round_ = application.round
    path = reverse("programmes:application", args=[round_.programme.slug, round_.slug, application.pk])
    values = {"application": application, "submission": made, "round": round_, "address": address(path)}
    for key, reader in _readers(application, by).items():
        write(
            f"admission-receipt:{made.pk}:{key}",
            to=reader,
            template="programmes/email/application_receipt.txt",
            context=values,
            language=application.language,
            about=application,
            by=by,
        )
    ask(
        "programmes.print_receipt",
        subject=f"{made._meta.label_lower}:{made.pk}",
        by=by,
        key=f"programmes.print_receipt:{made.pk}",
        submission=made.pk,
    )


def _readers(application: Application, by) -> dict:
    found = {by.email.lower(): by}
    if application.contact_email:
        found.setdefault(application.contact_email.lower(), application.contact_email)
    return found


@transaction.atomic
def withdraw_application(application: Application, *, reason: str, by) -> None:
    take_step(application, Application.State.WITHDRAWN, by=by, text=reason)
