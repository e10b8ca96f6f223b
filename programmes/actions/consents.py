"""The local parties are asked, and answer: through a link of their own, or with an answer that is recorded."""

from datetime import datetime, time

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from correspondence.actions import write
from municipalities.models import AuditEvent
from programmes.calculations.application_content import binding_sha256
from programmes.calculations.application_states import WRITABLE
from programmes.models import Applicant, Application, PartyConsent
from programmes.queries.admission_apply import content_of

from .admission_rounds import address
from .applying import ApplyingRefused


class LinkClosed(Exception):
    """The link can no longer be answered; ``consent`` tells why."""

    def __init__(self, consent: PartyConsent):
        self.consent = consent
        super().__init__(consent.pk)


class TextChanged(Exception):
    """The text was changed while it was read."""


@transaction.atomic
def add_consent(
    applicant: Applicant, *, party, person_name, person_title="", union_name="", email="", by, send: bool = False
) -> PartyConsent:
    """Name the person who answers for a party; with ``send`` the link goes out at once."""
    _check_writable(applicant.application)
    made = PartyConsent.objects.create(
        application=applicant.application,
        applicant=applicant,
        party=party,
        union_name=union_name,
        person_name=person_name,
        person_title=person_title,
        email=email,
    )
    if send and email:
        _send_link(made, by)
    else:
        AuditEvent.record("admission.asked_consent", made.application, by=by, party=party, name=person_name)
    return made


@transaction.atomic
def ask_again(consent: PartyConsent, *, email: str = "", by) -> PartyConsent:
    """A new link to the same person; the former no longer answers. An answer that was given stays to be read."""
    old = _held(consent)
    _check_writable(old.application)
    if old.withdrawn_at or old.replaced_by_id:
        raise LinkClosed(old)
    if not old.asked_at and not old.answer:
        _send_link(old, by)
        return old
    new = PartyConsent.objects.create(
        application=old.application,
        applicant=old.applicant,
        party=old.party,
        union_name=old.union_name,
        person_name=old.person_name,
        person_title=old.person_title,
        email=email or old.email,
    )
    old.replaced_by = new
    old.save(update_fields=["replaced_by"])
    if new.email:
        _send_link(new, by)
    return new


@transaction.atomic
def withdraw_request(consent: PartyConsent, *, by) -> None:
    """The person is no longer asked; the link says so."""
    fresh = _held(consent)
    _check_writable(fresh.application)
    fresh.withdrawn_at = timezone.now()
    fresh.save(update_fields=["withdrawn_at"])
    AuditEvent.record(
        "admission.withdrew_consent_request", fresh.application, by=by, party=fresh.party, name=fresh.person_name
    )


@transaction.atomic
def record_answer(consent: PartyConsent, *, answer, answered_on, comment="", by) -> None:
    """The municipality writes down what was said, when, and who writes it."""
    fresh = _held(consent)
    _check_writable(fresh.application)
    if fresh.answer or fresh.replaced_by_id or fresh.withdrawn_at:
        raise LinkClosed(fresh)
    fresh.recorded_by = by
    at = datetime.combine(answered_on, time(), timezone.get_default_timezone())
    _answered(fresh, answer, PartyConsent.How.RECORDED, at, comment)
    AuditEvent.record(
        "admission.recorded_consent",
        fresh.application,
        by=by,
        party=fresh.party,
        name=fresh.person_name,
        answer=answer,
    )


@transaction.atomic
def answer_by_link(consent: PartyConsent, *, answer, seen_sha256: str, comment="") -> None:
    """The person's own answer, once. Raises LinkClosed, or TextChanged when the text is another than was read."""
    fresh = _held(consent)
    if not is_open(fresh):
        raise LinkClosed(fresh)
    if seen_sha256 != binding_sha256(content_of(fresh.application)):
        raise TextChanged
    _answered(fresh, answer, PartyConsent.How.LINK, timezone.now(), comment)
    AuditEvent.record(
        "admission.answered_consent", fresh.application, party=fresh.party, name=fresh.person_name, answer=answer
    )


def is_open(consent: PartyConsent) -> bool:
    """Whether the link can still be answered."""
    application = consent.application
    is_live = application.state in WRITABLE and application.deleted_at is None
    return is_live and not (consent.answer or consent.withdrawn_at or consent.replaced_by_id)


def _held(consent: PartyConsent) -> PartyConsent:
    found = PartyConsent.objects.select_for_update(of=("self",)).select_related("application", "applicant")
    return found.get(pk=consent.pk)


def _check_writable(application: Application) -> None:
    if application.state not in WRITABLE or application.deleted_at:
        raise ApplyingRefused("not_writable")


def _answered(consent: PartyConsent, answer, how, at, comment) -> None:
    consent.answer, consent.how, consent.answered_at, consent.comment = answer, how, at, comment
    consent.content_sha256 = binding_sha256(content_of(consent.application))
    consent.save(update_fields=["answer", "how", "answered_at", "comment", "content_sha256", "recorded_by"])


def _send_link(consent: PartyConsent, by) -> None:
    consent.asked_at, consent.asked_by = timezone.now(), by
    consent.save(update_fields=["asked_at", "asked_by"])
    path = reverse("programmes:consent", args=[consent.token])
    write(
        f"admission-consent:{consent.pk}",
        to=consent.email,
        template="programmes/email/consent_link.txt",
        context={"consent": consent, "application": consent.application, "by": by, "address": address(path)},
        language=consent.application.language,
        about=consent.application,
        reply_to=by.email,
        by=by,
    )
    AuditEvent.record(
        "admission.asked_consent", consent.application, by=by, party=consent.party, name=consent.person_name
    )
