"""Reading across networks."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from municipalities.models import RoleAssignment
from municipalities.permissions import Role
from municipalities.queries.register import alphabetical, holding
from programmes.models import Cohort, Programme

from ..models import Network, NetworkMembership, NetworkPost

LAST = 99


@dataclass(frozen=True)
class NetworkRow:
    """A network with the names of its members on a date; ``uncertain`` where a source leaves the grouping open."""

    network: Network
    members: tuple[str, ...]
    uncertain: bool


def networks_with_members(programme: Programme, day: date) -> list[NetworkRow]:
    """Two queries, whatever the number of networks."""
    found = programme.networks.select_related("cohort").prefetch_related(_members_on(day))
    return [
        NetworkRow(
            network,
            tuple(one.participation.name for one in _by_name(network.current)),
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


SORTS = {
    "name": lambda row: (),
    "cohort": lambda row: (row.network.cohort.position if row.network.cohort else LAST, row.network.number or LAST),
    "leader": lambda row: (not row.posts, [alphabetical(post.user.name) for post in row.posts]),
    "members": lambda row: (len(row.memberships),),
}


def network_rows(
    networks: QuerySet[Network], day: date, *, search: str = "", sort: str = "cohort"
) -> list[NetworkLine]:
    """The networks with members and posts on the day, by the list's search and order. Three queries."""
    found = networks.select_related("cohort", "programme").prefetch_related(_members_on(day), _posts_on(day))
    if search:
        members = NetworkMembership.objects.filter(_on(day), holding(search, "participation__name"))
        found = found.filter(holding(search, "name") | Q(pk__in=members.values("network")))
    rows = [NetworkLine(one, tuple(_by_name(one.current)), tuple(one.current_posts)) for one in found]
    rows.sort(key=lambda row: (alphabetical(row.network.name), row.network.pk), reverse=sort == "-name")
    return sorted(rows, key=SORTS.get(sort.removeprefix("-"), SORTS["cohort"]), reverse=sort.startswith("-"))


def network_on(network: Network, day: date) -> tuple[NetworkLine, list[NetworkMembership]]:
    """One network on the day, and those who had left it by then, the latest first. Two queries."""
    members = network.memberships.select_related("participation__municipality", "participation__organisation")
    times = _by_name(list(members))
    posts = network.posts.valid_on(day).select_related("user").order_by("kind")
    line = NetworkLine(network, tuple(one for one in times if one.holds_on(day)), tuple(posts))
    former = [one for one in times if one.ends_on and one.ends_on < day]
    return line, sorted(former, key=lambda one: one.ends_on, reverse=True)


def project_leaders(municipality_ids: set[int], today: date) -> dict[int, list[RoleAssignment]]:
    """By municipality, those who lead its project today: one query."""
    found = RoleAssignment.objects.valid_on(today).filter(
        role=Role.PROJECT_LEADER, municipality__in=municipality_ids, user__is_active=True
    )
    grouped = defaultdict(list)
    for one in found.select_related("user").order_by("user__name"):
        grouped[one.municipality_id].append(one)
    return dict(grouped)


def _members_on(day: date) -> Prefetch:
    members = NetworkMembership.objects.filter(_on(day))
    return Prefetch(
        "memberships", members.select_related("participation__municipality", "participation__organisation"), "current"
    )


def _posts_on(day: date) -> Prefetch:
    return Prefetch("posts", NetworkPost.objects.valid_on(day).select_related("user").order_by("kind"), "current_posts")


def _by_name(memberships: list[NetworkMembership]) -> list[NetworkMembership]:
    return sorted(memberships, key=lambda one: alphabetical(one.participation.name))


def _on(day: date) -> Q:
    return (Q(starts_on__isnull=True) | Q(starts_on__lte=day)) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))
