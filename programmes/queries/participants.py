"""The participants of a programme as a list shows them on a date."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q
from django.db.models.functions import Coalesce

from municipalities.permissions import may
from municipalities.queries.register import alphabetical, holding

from ..models import Cohort, CohortMembership, Participation, Programme
from .counts import Place, Records


@dataclass(frozen=True)
class ParticipantRow:
    """A participant as a list shows it on a date; ``memberships`` are its times in cohorts on that date."""

    participation: Participation
    memberships: tuple[CohortMembership, ...]
    networks: str
    is_active: bool

    @property
    def cohorts(self) -> str:
        return ", ".join(one.cohort.name for one in self.memberships)

    @property
    def is_certain(self) -> bool:
        return all(one.is_certain for one in self.memberships)

    @property
    def places(self) -> int:
        return len(self.memberships)

    @property
    def number(self) -> str:
        place = self.participation.municipality
        return place.number if place else ""

    @property
    def county(self) -> str:
        place = self.participation.municipality
        return place.county.name if place else ""

    def is_in(self, cohort: str) -> bool:
        return any(one.cohort.slug == cohort for one in self.memberships)


def participant_rows(
    programme: Programme,
    day: date,
    *,
    user=None,
    search: str = "",
    cohort: str = "",
    state: str = "",
    sort: str = "name",
) -> list[ParticipantRow]:
    """The participants that had begun by the day, by the filters of the list. Three queries.

    With ``user`` only those that the person may see; without, all there are. Of one that took part before and was
    admitted anew, a cohort it moves to is shown from its day, told or not: the list is of days.

    Which network a participant is in is public: the programmes print it. Who looks after it is not.
    """
    if day < programme.starts_on:
        return []
    begun = Q(starts_on__isnull=True) | Q(starts_on__lte=day)
    # The networks are a room above; it is known here by the name it gave the relation.
    in_networks = Participation._meta.get_field("network_memberships").related_model.objects.select_related("network")
    in_cohorts = CohortMembership.objects.select_related("cohort").order_by("cohort__position", "pk")
    found = (
        (Participation.objects.all() if user is None or may(user, "admission.view") else Participation.objects.told())
        .filter(begun, programme=programme)
        .select_related("programme", "municipality__county", "organisation", "merged_into")
        .prefetch_related(Prefetch("cohort_memberships", in_cohorts), Prefetch("network_memberships", in_networks))
    )
    if search:
        found = found.filter(
            holding(search, "name", "municipality__county__name") | Q(municipality__number__startswith=search)
        )
    rows = [_row(one, day) for one in found]
    if cohort:
        rows = [row for row in rows if row.is_in(cohort)]
    if state in {"active", "withdrawn"}:
        rows = [row for row in rows if row.is_active == (state == "active")]
    return in_order(rows, SORTS, sort)


def later_beginnings(programme: Programme, day: date, *, user) -> list[tuple[date, int]]:
    """The days after ``day`` on which participants that the person may see begin, with how many. One query."""
    everyone = Participation.objects.all() if may(user, "admission.view") else Participation.objects.told()
    found = everyone.filter(programme=programme)
    begins_on = Coalesce("starts_on", "programme__starts_on")
    found = found.annotate(begins_on=begins_on).filter(begins_on__gt=day).order_by("begins_on")
    return list(found.values_list("begins_on").annotate(count=Count("pk")))


def records_in_rows(rows: list[ParticipantRow], programme: Programme, cohort: Cohort) -> Records:
    """The records of one cohort, from the rows of the whole programme that are read already."""
    places = tuple(
        Place(cohort.pk, one.pk, one.name, time.starts_on or programme.starts_on, time.ends_on, one.withdrawn_on)
        for one in (row.participation for row in rows)
        for time in one.cohort_memberships.all()
        if time.cohort_id == cohort.pk
    )
    return Records((cohort,), places)


def _holds(one, day: date) -> bool:
    return (one.starts_on is None or one.starts_on <= day) and (one.ends_on is None or one.ends_on >= day)


def _row(participation: Participation, day: date) -> ParticipantRow:
    networks = [one.network.name for one in participation.network_memberships.all() if _holds(one, day)]
    return ParticipantRow(
        participation,
        tuple(one for one in participation.cohort_memberships.all() if _holds(one, day)),
        ", ".join(sorted(networks, key=alphabetical)),
        (participation.withdrawn_on is None or participation.withdrawn_on > day)
        and (participation.merged_on is None or participation.merged_on > day),
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
