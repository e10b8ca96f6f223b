"""Visits as lists and pages show them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from municipalities.models import MunicipalityChange, User
from municipalities.queries.register import alphabetical, holding
from programmes.models import Participation, Programme

from ..models import Network, NetworkMembership, Visit
from ..names import by_cohort_and_name
from ..states import CANCELLED


@dataclass(frozen=True)
class VisitRow:
    """A visit with the networks that the participant was in on the day of the visit."""

    visit: Visit
    networks: tuple[Network, ...]
    advisers: tuple[User, ...]

    @property
    def network_names(self) -> str:
        return ", ".join(one.name for one in self.networks)

    @property
    def adviser_names(self) -> str:
        return ", ".join(str(one) for one in self.advisers)


SORTS: dict[str, Callable] = {
    "day": lambda row: (row.visit.day,),
    "participant": lambda row: (alphabetical(row.visit.participation.name),),
    "network": lambda row: (not row.networks, alphabetical(row.network_names)),
    "adviser": lambda row: (not row.advisers, alphabetical(row.adviser_names)),
    "state": lambda row: (row.visit.state,),
}


def visit_rows(
    visits: QuerySet[Visit],
    *,
    search: str = "",
    year: int | None = None,
    network: str = "",
    adviser: str = "",
    state: str = "",
    sort: str = "-day",
) -> list[VisitRow]:
    """By the filters of the list, in its order. Three queries."""
    found = visits.annotate(on=Coalesce("made_on", "planned_on")).select_related("participation__municipality")
    if search:
        found = found.filter(holding(search, "participation__name", "place"))
    if year:
        found = found.filter(on__year=year)
    if adviser:
        found = found.filter(pk__in=Visit.advisers.through.objects.filter(user=adviser).values("visit"))
    if state:
        found = found.filter(state=state)
    if network:
        found = found.filter(participation__in=_members(network))
    found = found.prefetch_related(
        Prefetch("advisers", User.objects.order_by("name")),
        Prefetch(
            "participation__network_memberships",
            NetworkMembership.objects.select_related("network").order_by("network__name"),
            "in_networks",
        ),
    )
    rows = [row_of(one) for one in found]
    if network:
        rows = [row for row in rows if any(one.slug == network for one in row.networks)]
    return in_order(rows, sort)


def row_of(visit: Visit) -> VisitRow:
    networks = tuple(one.network for one in visit.participation.in_networks if one.holds_on(visit.day))
    return VisitRow(visit, networks, tuple(visit.advisers.all()))


def in_order(rows: list[VisitRow], sort: str) -> list[VisitRow]:
    rows = sorted(rows, key=lambda row: (alphabetical(row.visit.participation.name), row.visit.pk))
    name = sort.removeprefix("-")
    return sorted(rows, key=SORTS.get(name, SORTS["day"]), reverse=sort.startswith("-"))


def _members(network: str):
    return NetworkMembership.objects.filter(network__slug=network).values("participation")


def visits_of_network(network: Network, visits: QuerySet[Visit]) -> list[Visit]:
    """The visits to participants while they were members, the newest first. Two queries."""
    member = Q(network=network, participation=OuterRef("participation"))
    since = Q(starts_on__isnull=True) | Q(starts_on__lte=OuterRef("on"))
    until = Q(ends_on__isnull=True) | Q(ends_on__gte=OuterRef("on"))
    memberships = NetworkMembership.objects.filter(member & since & until)
    found = visits.annotate(on=Coalesce("made_on", "planned_on")).filter(
        participation__in=memberships.values("participation")
    )
    return list(found.select_related("participation").prefetch_related("advisers").order_by("-on", "-pk"))


def visit_years(visits: QuerySet[Visit]) -> list[int]:
    """The years there are visits in, the newest first; one query."""
    found = visits.annotate(on=Coalesce("made_on", "planned_on")).order_by()
    return sorted({day.year for day in found.values_list("on", flat=True).distinct()}, reverse=True)


def visiting_advisers(visits: QuerySet[Visit]) -> list[User]:
    return list(User.objects.filter(visits__in=visits.values("pk")).distinct().order_by("name", "pk"))


def networks_to_choose(programme: Programme, user) -> list[Network]:
    found = Network.objects.visible_to(user).filter(programme=programme).select_related("cohort")
    return sorted(found, key=by_cohort_and_name)


def visits_to(participations: QuerySet[Participation] | list, visits: QuerySet[Visit], at_most: int = 0) -> list[Visit]:
    """The visits to these, the newest first, without those that were cancelled. Two queries."""
    found = (
        visits.filter(participation__in=participations)
        .exclude(state=CANCELLED)
        .annotate(on=Coalesce("made_on", "planned_on"))
        .select_related("participation__programme")
        .prefetch_related("advisers")
        .order_by("-on", "-pk")
    )
    return list(found[:at_most] if at_most else found)


def merged_later(participation: Participation, today: date) -> tuple:
    """The mergers by which the participant's municipality has become another by today; one query."""
    place = participation.municipality
    if place is None or place.valid_to is None or place.valid_to >= today:
        return ()
    mergers = place.changes_after.filter(kind=MunicipalityChange.Kind.MERGE, happened_on__lte=today)
    return tuple(mergers.select_related("successor").order_by("happened_on"))
