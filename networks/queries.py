"""Reading across networks."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from municipalities.models import Municipality, RoleAssignment
from municipalities.permissions import Role
from municipalities.queries.register import alphabetical
from programmes.models import Cohort, CohortMembership, Participation, Programme
from programmes.queries import last_day

from .models import Network, NetworkMembership, NetworkPost

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
        members = NetworkMembership.objects.filter(_on(day), participation__name__icontains=search)
        found = found.filter(Q(name__icontains=search) | Q(pk__in=members.values("network")))
    rows = [NetworkLine(one, tuple(_by_name(one.current)), tuple(one.current_posts)) for one in found]
    rows.sort(key=lambda row: (alphabetical(row.network.name), row.network.pk), reverse=sort == "-name")
    return sorted(rows, key=SORTS.get(sort.removeprefix("-"), SORTS["cohort"]), reverse=sort.startswith("-"))


def former_members(network: Network, day: date) -> QuerySet[NetworkMembership]:
    """Those who have left the network before the day, the latest first."""
    return network.memberships.filter(ends_on__lt=day).select_related("participation").order_by("-ends_on")


def project_leaders(municipality_ids: set[int], today: date) -> dict[int, list[RoleAssignment]]:
    """By municipality, those who lead its project today: one query."""
    found = RoleAssignment.objects.valid_on(today).filter(
        role=Role.PROJECT_LEADER, municipality__in=municipality_ids, user__is_active=True
    )
    grouped = defaultdict(list)
    for one in found.select_related("user").order_by("user__name"):
        grouped[one.municipality_id].append(one)
    return dict(grouped)


@dataclass(frozen=True)
class PartTaken:
    """A municipality in a programme, itself or ``through`` an organisation; only what the reader may see."""

    participation: Participation
    through: str
    cohorts: tuple[CohortMembership, ...]
    networks: tuple[NetworkLine, ...]


def parts_taken(municipality: Municipality, user, today: date) -> list[PartTaken]:
    """In order of programme: five queries, whatever the number of programmes and networks.

    Who looks after a network is as of the programme's last day, or of today while it runs.
    """
    own = Q(municipality=municipality) | Q(organisation__members=municipality)
    memberships = NetworkMembership.objects.filter(network__in=Network.objects.visible_to(user)).select_related(
        "network"
    )
    found = (
        Participation.objects.visible_to(user)
        .filter(own)
        .select_related("programme", "organisation")
        .prefetch_related(
            Prefetch(
                "cohort_memberships", CohortMembership.objects.select_related("cohort").order_by("cohort__position")
            ),
            Prefetch("network_memberships", memberships.order_by("network__cohort__position", "network__name")),
            Prefetch("network_memberships__network__posts", NetworkPost.objects.select_related("user")),
        )
        .order_by("programme__starts_on", "pk")
        .distinct()
    )
    return [_part_taken(one, last_day(one.programme, today)) for one in found]


def _part_taken(one: Participation, day: date) -> PartTaken:
    networks = [
        NetworkLine(
            membership.network,
            (membership,),
            tuple(post for post in membership.network.posts.all() if post.holds_on(day)),
        )
        for membership in one.network_memberships.all()
    ]
    through = one.organisation.name if one.organisation else ""
    return PartTaken(one, through, tuple(one.cohort_memberships.all()), tuple(networks))


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
