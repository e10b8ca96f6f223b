"""Several apply together: who is in, that each has confirmed it, and who carries on after a merger."""

from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from correspondence.actions import write
from municipalities.models import AuditEvent
from programmes.models import AdmissionRound, Applicant, Application
from programmes.queries.admission_apply import applicants_for, application_of, may_apply, named

from .applying import ApplyingRefused, held

__all__ = [
    "ApplyingRefused",
    "add_applicant",
    "carry_on",
    "confirm_applicant",
    "record_confirmation",
    "remove_applicant",
]


@transaction.atomic
def add_applicant(application: Application, *, place, by) -> Applicant:
    """One more applies together with the lead; it must not stand in another application of the round."""
    fresh = held(application)
    AdmissionRound.objects.select_for_update().get(pk=fresh.round_id)
    if application_of(fresh.round, place):
        raise ApplyingRefused("stands_elsewhere")
    if not may_apply(fresh.round, place):
        raise ApplyingRefused("not_invited")
    added = Applicant.objects.create(application=fresh, **named(place))
    AuditEvent.record("admission.applicants_changed", fresh, by=by, added=str(place))
    _ask_to_confirm(fresh, place, by)
    return added


def _ask_to_confirm(application: Application, place, by) -> None:
    """Those who could apply for the place hear of it, once: also when it is taken out and added anew."""
    round = application.round
    for user in applicants_for(place):
        write(
            f"programmes.asked_to_confirm:{application.pk}:{place._meta.model_name}-{place.pk}:{user.pk}",
            to=user,
            template="programmes/email/asked_to_confirm.txt",
            context={"application": application, "round": round, "place": place, "asker": by},
            about=application,
            by=by,
        )


@transaction.atomic
def remove_applicant(applicant: Applicant, *, by) -> None:
    """With what its parties have said; the lead cannot be taken out."""
    fresh = held(applicant.application)
    if applicant.is_lead:
        raise ApplyingRefused("lead_stays")
    AuditEvent.record("admission.applicants_changed", fresh, by=by, removed=str(applicant.place))
    applicant.delete()


@transaction.atomic
def confirm_applicant(applicant: Applicant, *, by) -> None:
    """One of the others says that it stands in the application with its will.

    It is said once: a text that changes later is the local parties' to answer to again, and they are each applicant's.
    """
    _confirmed(applicant, at=timezone.now(), name=by.name, how="", by=by)


@transaction.atomic
def record_confirmation(applicant: Applicant, *, name: str, confirmed_on: date, how: str, by) -> None:
    """The leader writes down who of the other applicant confirmed, when and how; whoever confirmed before stands."""
    at = datetime.combine(confirmed_on, time(), timezone.get_default_timezone())
    _confirmed(applicant, at=at, name=name, how=how, by=by)


def _confirmed(applicant: Applicant, *, at: datetime, name: str, how: str, by) -> None:
    fresh = held(applicant.application)
    one = fresh.applicants.select_for_update().get(pk=applicant.pk)
    if one.is_lead or one.confirmed_at:
        raise ApplyingRefused("confirmed_already")
    one.confirmed_at, one.confirmed_by, one.confirmed_name, one.confirmed_how = at, by, name, how
    one.save(update_fields=["confirmed_at", "confirmed_by", "confirmed_name", "confirmed_how"])
    AuditEvent.record("admission.applicants_changed", fresh, by=by, confirmed=str(applicant.place), name=name, how=how)


@transaction.atomic
def carry_on(applicant: Applicant, *, successor, by) -> None:
    """The municipality has become another, which applies in its place; it and its parties are asked anew."""
    fresh = held(applicant.application)
    others = fresh.applicants.exclude(pk=applicant.pk)
    if already := others.filter(municipality=successor).first():
        already.is_lead = already.is_lead or applicant.is_lead
        already.save(update_fields=["is_lead"])
        applicant.delete()
    else:
        applicant.municipality, before = successor, str(applicant.municipality)
        if fresh.name == before:
            fresh.name = str(successor)
            fresh.save(update_fields=["name"])
        applicant.confirmed_at = applicant.confirmed_at if applicant.is_lead else None
        applicant.save(update_fields=["municipality", "confirmed_at"])
    AuditEvent.record("admission.applicants_changed", fresh, by=by, successor=str(successor))
