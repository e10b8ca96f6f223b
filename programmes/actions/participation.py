"""What happens to a participant: every event dated, with a reason, kept, and undone as long as nothing came after."""

from datetime import date
from typing import Any

from django.db import transaction
from django.forms.models import model_to_dict
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _

from municipalities.models import AuditEvent, Municipality, MunicipalityChange, Organisation

from ..calculations.participation import Stay, ended, moved
from ..models import Cohort, CohortMembership, Participation, ParticipationEvent, Programme
from .errors import NotPossible

Kind = ParticipationEvent.Kind
OWN = ("name", "municipality_id", "withdrawn_on", "withdrawal_reason", "merged_into_id", "merged_on", "starts_on")
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "Ae", "Ø": "O", "Å": "A", "đ": "d", "ŋ": "n"})
# What belongs to the participation itself; all else that refers to it has been built upon it.
_PARTS = {"cohort_memberships", "events", "applicants"}


@transaction.atomic
def move(participation: Participation, *, to: Cohort, on: date, reason: str, from_: Cohort | None = None, by):
    """To another cohort from the day; ``from_`` names the one to leave where the participant stands in two."""
    current = locked(participation)
    _check_takes_part(current, on)
    before = snapshot(current)
    try:
        stays = moved(stays_of(current), to.pk, on, from_=from_.pk if from_ else None)
    except ValueError:
        raise NotPossible(_("%(name)s stands in %(cohort)s already.") % {"name": current, "cohort": to}) from None
    left = {one.cohort for one in stays_of(current)} - {one.cohort for one in stays if one.ends_on is None}
    set_stays(current, stays, reason=reason)
    return _happened(current, Kind.MOVED, on, reason, by, before, cohort_to=to, cohort_from=from_ or _one_cohort(left))


@transaction.atomic
def withdraw(participation: Participation, *, on: date, reason: str, by) -> ParticipationEvent:
    """Out of the programme from the day; it keeps its place in the cohort, which counts how many were admitted."""
    current = locked(participation)
    _check_takes_part(current, on)
    before = snapshot(current)
    current.withdrawn_on, current.withdrawal_reason = on, reason
    current.save(update_fields=["withdrawn_on", "withdrawal_reason"])
    return _happened(current, Kind.WITHDRAWN, on, reason, by, before)


@transaction.atomic
def take_back_withdrawal(participation: Participation, *, on: date, reason: str, by) -> ParticipationEvent:
    """The participant stays after all, as if it had never left; the day and the reason it had given are kept."""
    current = locked(participation)
    if current.withdrawn_on is None:
        raise NotPossible(_("%(name)s has not withdrawn.") % {"name": current})
    before = snapshot(current)
    current.withdrawn_on, current.withdrawal_reason = None, ""
    current.save(update_fields=["withdrawn_on", "withdrawal_reason"])
    return _happened(current, Kind.CAME_BACK, on, reason, by, before)


@transaction.atomic
def enter_late(
    programme: Programme, place: Municipality | Organisation, *, cohort: Cohort, on: date, reason: str, by
) -> Participation:
    """Take one in without an application; raises NotPossible where it takes part already."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    if participation_of(programme, place) is not None:
        text = _("%(name)s has taken part before. Move it to another cohort, or take back its withdrawal.")
        raise NotPossible(text % {"name": place})
    made = create(programme, place, cohort=cohort, starts_on=on, reason=reason)
    _happened(made, Kind.LATE_ENTRY, on, reason, by, {"created": True}, cohort_to=cohort)
    return made


@transaction.atomic
def carry_on(participation: Participation, *, to: Municipality, on: date, reason: str, by) -> ParticipationEvent:
    """After a municipal merger: the new municipality carries the participation on from the day.

    Where the new municipality takes part already, because another that became part of it was carried on first, the two
    become one: this participant ends, and its history stands beside the other's.
    """
    current = locked(participation)
    _check_takes_part(current, on)
    if not _is_successor(current.municipality, to):
        text = _("The register does not know %(new)s as what became of %(old)s.")
        raise NotPossible(text % {"new": to, "old": current.municipality})
    before = snapshot(current)
    other = participation_of(current.programme, to)
    if other is not None:
        return _merge(current, other, on, reason, by, before, to)
    old = current.municipality
    current.municipality, current.name = to, to.name
    current.save(update_fields=["municipality", "name"])
    places = {"municipality_before": old, "municipality_after": to}
    return _happened(current, Kind.SUCCEEDED, on, reason, by, before, **places)


def _merge(current: Participation, other: Participation, on, reason, by, before, to) -> ParticipationEvent:
    set_stays(current, ended(stays_of(current), on), reason=reason)
    current.merged_into, current.merged_on = other, on
    current.save(update_fields=["merged_into", "merged_on"])
    places = {"municipality_before": current.municipality, "municipality_after": to}
    return _happened(current, Kind.MERGED, on, reason, by, before, other=other, **places)


@transaction.atomic
def undo(event: ParticipationEvent, *, by) -> None:
    """Put back what the event changed; only the newest, and one that a decision made is taken back as a decision."""
    current = locked(event.participation)
    newest = current.events.filter(undone_at__isnull=True).order_by("-pk").first()
    if newest is None or newest.pk != event.pk:
        raise NotPossible(_("Something has happened to %(name)s since. Undo that first.") % {"name": current})
    if newest.application_id:
        raise NotPossible(_("This was decided in a case. Take the decision back on the page of the application."))
    AuditEvent.record("participation.undone", current, by=by, kind=event.kind, on=event.happened_on.isoformat())
    put_back(newest, by=by)


def put_back(event: ParticipationEvent, *, by) -> None:
    """The participant as it was before the event; one that the event created is taken out again."""
    participation = event.participation
    if event.before.get("created"):
        built = built_upon(participation)
        if built:
            text = _("%(name)s has %(what)s already, so it cannot be undone. Let it withdraw instead.")
            raise NotPossible(text % {"name": participation, "what": ", ".join(built)})
        participation.delete()
        return
    for name in OWN:
        value = event.before["own"][name]
        setattr(participation, name, parse_date(value) if name.endswith("_on") and value else value)
    participation.save(update_fields=[name.removesuffix("_id") for name in OWN])
    kept = [one["id"] for one in event.before["stays"]]
    participation.cohort_memberships.exclude(pk__in=kept).delete()
    for one in event.before["stays"]:
        values = {name: parse_date(v) if name.endswith("_on") and v else v for name, v in one.items() if name != "id"}
        CohortMembership.objects.update_or_create(pk=one["id"], participation=participation, defaults=values)
    event.undone_at, event.undone_by = timezone.now(), by
    event.save(update_fields=["undone_at", "undone_by"])


def locked(participation: Participation) -> Participation:
    """As it is now, held until the transaction ends."""
    return (
        Participation.objects.select_for_update(of=("self",))
        .select_related("programme", "municipality")
        .get(pk=participation.pk)
    )


def participation_of(programme: Programme, place: Municipality | Organisation) -> Participation | None:
    """What stands for the place in the programme, held; one that was merged into another no longer does."""
    field = "municipality" if isinstance(place, Municipality) else "organisation"
    found = Participation.objects.select_for_update(of=("self",)).filter(
        programme=programme, merged_into__isnull=True, **{field: place}
    )
    return found.order_by("pk").first()


def create(programme: Programme, place, *, cohort: Cohort, starts_on: date, reason: str) -> Participation:
    field = "municipality" if isinstance(place, Municipality) else "organisation"
    made = Participation.objects.create(
        programme=programme,
        slug=free_slug(programme, place.name),
        name=place.name,
        starts_on=starts_on,
        **{field: place},
    )
    CohortMembership.objects.create(participation=made, cohort=cohort, starts_on=starts_on, reason=reason)
    return made


def free_slug(programme: Programme, name: str) -> str:
    """``Bø`` → ``bo``, or ``bo-2`` where another has it."""
    base = slugify(name.translate(_LETTERS))[:45] or "deltaker"
    taken = set(programme.participations.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(one for one in (base, *(f"{base}-{n}" for n in range(2, 1000))) if one not in taken)


def stays_of(participation: Participation) -> list[Stay]:
    return [
        Stay(one.cohort_id, one.starts_on, one.ends_on, key=one.pk) for one in participation.cohort_memberships.all()
    ]


def set_stays(participation: Participation, stays: list[Stay], *, reason: str) -> None:
    """Write the stays: ends that changed, those that were never begun out, new ones in with the reason."""
    keys = {one.key: one for one in stays if one.key}
    for row in participation.cohort_memberships.all():
        stay = keys.get(row.pk)
        if stay is None:
            row.delete()
        elif stay.ends_on != row.ends_on:
            row.ends_on = stay.ends_on
            row.save(update_fields=["ends_on"])
    for one in stays:
        if one.key is None:
            participation.cohort_memberships.create(cohort_id=one.cohort, starts_on=one.starts_on, reason=reason)


def snapshot(participation: Participation) -> dict[str, Any]:
    """What an undo needs: the participation's own dates and its times in cohorts, as JSON."""
    stays = [
        {"id": one.pk, "cohort_id": one.cohort_id}
        | {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in model_to_dict(one, exclude=["id", "participation", "cohort"]).items()
        }
        for one in participation.cohort_memberships.all()
    ]
    own = {name: getattr(participation, name) for name in OWN}
    return {
        "own": {name: value.isoformat() if isinstance(value, date) else value for name, value in own.items()},
        "stays": stays,
    }


def built_upon(participation: Participation) -> list[str]:
    """In words, what of any room refers to the participation; nothing where it can be taken out without a trace."""
    found = []
    for relation in Participation._meta.related_objects:
        if relation.get_accessor_name() in _PARTS or relation.related_model is ParticipationEvent:
            continue
        if relation.related_model._base_manager.filter(**{relation.field.name: participation}).exists():
            found.append(str(relation.related_model._meta.verbose_name_plural))
    return sorted(set(found))


def happened(participation: Participation, kind: str, on: date, reason: str, by, before: dict, **facts):
    """Keep the event, without an entry in the audit trail: the act it is part of writes one."""
    return ParticipationEvent.objects.create(
        participation=participation, kind=kind, happened_on=on, reason=reason, recorded_by=by, before=before, **facts
    )


def _happened(participation, kind, on, reason, by, before, **facts) -> ParticipationEvent:
    event = happened(participation, kind, on, reason, by, before, **facts)
    AuditEvent.record(f"participation.{kind}", participation, by=by, on=on.isoformat(), reason=reason)
    return event


def _check_takes_part(participation: Participation, on: date) -> None:
    first = participation.starts_on or participation.programme.starts_on
    if participation.merged_on:
        raise NotPossible(_("%(name)s has become a part of another participant.") % {"name": participation})
    if participation.withdrawn_on:
        raise NotPossible(_("%(name)s has withdrawn. Take the withdrawal back first.") % {"name": participation})
    if on < first:
        text = _("%(name)s began on %(day)s. Choose a later date.")
        raise NotPossible(text % {"name": participation, "day": date_format(first)})


def _is_successor(old: Municipality | None, new: Municipality) -> bool:
    return old is not None and MunicipalityChange.objects.filter(predecessor=old, successor=new).exists()


def _one_cohort(ids: set[int]) -> Cohort | None:
    return Cohort.objects.filter(pk__in=ids).first() if len(ids) == 1 else None
