"""Reading across networks."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from municipalities.queries.register import alphabetical
from programmes.models import Cohort, Programme

from .models import Network, NetworkMembership, NetworkPost


@dataclass(frozen=True)
class NetworkRow:
    """A network with the names of its members on a date; ``uncertain`` where a source leaves the grouping open."""

    network: Network
    members: tuple[str, ...]
    uncertain: bool


def networks_with_members(programme: Programme, day: date) -> list[NetworkRow]:
    """Two queries, whatever the number of networks."""
    current = (
        NetworkMembership.objects.filter(_on(day))
        .select_related("participation")
        .order_by("participation__name")
    )
    found = programme.networks.select_related("cohort").prefetch_related(
        Prefetch("memberships", queryset=current, to_attr="current")
    )
    return [
        NetworkRow(
            network,
            tuple(one.participation.name for one in network.current),
            any(not one.is_certain for one in network.current),
        )
        for network in found
    ]


def by_cohort(rows: list[NetworkRow]) -> dict[Cohort | None, list[NetworkRow]]:
    grouped = defaultdict(list)
    for row in rows:
        grouped[row.network.cohort].append(row)
    return dict(grouped)


@dataclass(frozen=True)
class NetworkLine:
    """A network as lists and pages show it on a date."""

    network: Network
    memberships: tuple[NetworkMembership, ...]
    posts: tuple[NetworkPost, ...]

    @property
    def is_certain(self) -> bool:
        return all(one.is_certain for one in self.memberships)

    @property
    def names(self) -> str:
        return ", ".join(one.participation.name for one in self.memberships)


def network_rows(networks: QuerySet[Network], day: date, *, search: str = "", sort: str = "cohort"):
    """The networks with members and posts on the day, by the list's search and order. Three queries."""
    found = networks.select_related("cohort", "programme").prefetch_related(
        Prefetch(
            "memberships",
            NetworkMembership.objects.filter(_on(day))
            .select_related("participation__municipality", "participation__organisation")
            .order_by("participation__name"),
            to_attr="current",
        ),
        Prefetch("posts", NetworkPost.objects.filter(_on(day)).select_related("user"), to_attr="current_posts"),
    )
    if search:
        found = found.filter(Q(name__icontains=search) | Q(memberships__participation__name__icontains=search)).distinct()
    rows = [NetworkLine(one, tuple(one.current), tuple(one.current_posts)) for one in found]
    keys = {
        "name": lambda row: alphabetical(row.network.name),
        "cohort": lambda row: (row.network.cohort.position if row.network.cohort else 99, row.network.number or 99),
        "leader": lambda row: [post.user.name for post in row.posts],
        "members": lambda row: len(row.memberships),
    }
    return sorted(rows, key=keys.get(sort.removeprefix("-"), keys["cohort"]), reverse=sort.startswith("-"))


def former_members(network: Network, day: date) -> QuerySet[NetworkMembership]:
    """Those who have left the network before the day."""
    return network.memberships.filter(ends_on__lt=day).select_related("participation").order_by("-ends_on")


def _on(day: date) -> Q:
    return (Q(starts_on__isnull=True) | Q(starts_on__lte=day)) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))
