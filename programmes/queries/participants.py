"""The participants of a programme as a list shows them on a date."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q

from municipalities.queries.register import alphabetical

from ..models import CohortMembership, Participation, Programme


@dataclass(frozen=True)
class ParticipantRow:
    """A participant as a list shows it on a date."""

    participation: Participation
    cohorts: str
    networks: str
    is_active: bool
    is_certain: bool
    places: int = 1

    @property
    def number(self) -> str:
        place = self.participation.municipality
        return place.number if place else ""

    @property
    def county(self) -> str:
        place = self.participation.municipality
        return place.county.name if place else ""


def participant_rows(
    programme: Programme, day: date, *, search: str = "", cohort: str = "", state: str = "", sort: str = "name"
) -> list[ParticipantRow]:
    """The participants that had begun by the day, by the filters of the list. Four queries.

    Which network a participant is in is public: the programmes print it. Who looks after it is not.
    """
    if day < programme.starts_on:
        return []
    begun = Q(starts_on__isnull=True) | Q(starts_on__lte=day)
    in_cohorts = CohortMembership.objects.filter(begun).exclude(ends_on__lt=day).select_related("cohort")
    found = (
        Participation.objects.filter(begun, programme=programme)
        .select_related("municipality__county", "organisation")
        .prefetch_related(
            Prefetch("cohort_memberships", in_cohorts.order_by("cohort__position"), to_attr="current_cohorts"),
            "network_memberships__network",
        )
    )
    if search:
        found = found.filter(
            Q(name__icontains=search)
            | Q(municipality__number__startswith=search)
            | Q(municipality__county__name__icontains=search)
        )
    rows = [_row(one, day) for one in found if not cohort or cohort in _slugs(one)]
    if state in {"active", "withdrawn"}:
        rows = [row for row in rows if row.is_active == (state == "active")]
    return in_order(rows, SORTS, sort)


def _slugs(participation: Participation) -> set[str]:
    return {one.cohort.slug for one in participation.current_cohorts}


def _row(participation: Participation, day: date) -> ParticipantRow:
    networks = [
        one.network.name
        for one in participation.network_memberships.all()
        if (one.starts_on is None or one.starts_on <= day) and (one.ends_on is None or one.ends_on >= day)
    ]
    cohorts = participation.current_cohorts
    return ParticipantRow(
        participation,
        ", ".join(one.cohort.name for one in cohorts),
        ", ".join(sorted(networks, key=alphabetical)),
        participation.withdrawn_on is None or participation.withdrawn_on > day,
        all(one.is_certain for one in cohorts),
        len(cohorts),
    )


SORTS: dict[str, Callable] = {
    "name": lambda row: (),
    "county": lambda row: (not row.county, alphabetical(row.county)),
    "cohort": lambda row: (not row.cohorts, alphabetical(row.cohorts)),
    "network": lambda row: (not row.networks, alphabetical(row.networks)),
    "starts_on": lambda row: (row.participation.starts_on or date.max,),
    "state": lambda row: (not row.is_active,),
}


def in_order(rows: list, sorts: dict[str, Callable], sort: str) -> list:
    """The rows by the column asked for («-» before it: from behind), and within it by name."""
    by_name = sorted(rows, key=lambda row: alphabetical(row.participation.name))
    name = sort.removeprefix("-")
    if name == "name" or name not in sorts:
        return by_name[::-1] if sort == "-name" else by_name
    return sorted(by_name, key=sorts[name], reverse=sort.startswith("-"))
