"""Reading across networks."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from municipalities.models import RoleAssignment, User
from municipalities.permissions import Role
from municipalities.queries.register import alphabetical
from programmes.models import Cohort, Programme

from ..models import Network, NetworkMembership, NetworkPost
from ..names import natural

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
    has_had_leader: bool = False

    @property
    def is_certain(self) -> bool:
        return all(one.is_certain for one in self.memberships)

    @property
    def names(self) -> str:
        return ", ".join(one.participation.name for one in self.memberships)

    @property
    def advisers(self) -> list[User]:
        return [post.user for post in self.posts if post.kind == NetworkPost.Kind.ADVISER]

    @property
    def counties(self) -> set[str]:
        """Names of the counties that the members lie in."""
        places = (one.participation.municipality for one in self.memberships)
        return {place.county.name for place in places if place}

    @property
    def is_without_leader(self) -> bool:
        """There has been a leader, and nobody holds the post on the day."""
        return self.has_had_leader and not any(one.kind == NetworkPost.Kind.LEADER for one in self.posts)


SORTS = {
    "name": lambda row: (),
    "cohort": lambda row: (row.network.cohort.position if row.network.cohort else LAST, row.network.number or LAST),
    "leader": lambda row: (not row.posts, [alphabetical(post.user.name) for post in row.posts]),
    "theme": lambda row: (not row.network.themes, alphabetical(row.network.theme_labels)),
    "members": lambda row: (len(row.memberships),),
}


def network_lines(networks: QuerySet[Network], day: date) -> list[NetworkLine]:
    """The networks with members and posts on the day, by name. Three queries."""
    led = NetworkPost.objects.filter(network=OuterRef("pk"), kind=NetworkPost.Kind.LEADER)
    begun = Q(starts_on__isnull=True) | Q(starts_on__lte=day)
    found = networks.select_related("cohort", "programme").annotate(had_leader=Exists(led.filter(begun)))
    lines = [_line(one) for one in found.prefetch_related(_members_on(day), _posts_on(day))]
    return sorted(lines, key=lambda row: (natural(row.network.name), row.network.pk))


def _line(network: Network) -> NetworkLine:
    return NetworkLine(network, tuple(_by_name(network.current)), tuple(network.current_posts), network.had_leader)


def chosen_lines(
    lines: list[NetworkLine],
    *,
    search: str = "",
    theme: str = "",
    cohort: str = "",
    adviser: str = "",
    county: str = "",
    sort: str = "cohort",
) -> list[NetworkLine]:
    """Those that fit the filters, in the list's order; ``county`` is one that a member lies in."""
    wanted = search.casefold()
    rows = [
        row
        for row in lines
        if (not wanted or wanted in row.network.name.casefold() or wanted in row.names.casefold())
        and (not theme or theme in row.network.themes)
        and (not cohort or (row.network.cohort and row.network.cohort.slug == cohort))
        and (not adviser or adviser in {str(one.pk) for one in row.advisers})
        and (not county or county in row.counties)
    ]
    if sort == "-name":
        rows = rows[::-1]
    return sorted(rows, key=SORTS.get(sort.removeprefix("-"), SORTS["cohort"]), reverse=sort.startswith("-"))


@dataclass(frozen=True)
class NetworkChoices:
    """What a list of networks can be filtered by: what occurs in it."""

    themes: tuple[str, ...]
    cohorts: tuple[Cohort, ...]
    advisers: tuple[User, ...]
    counties: tuple[str, ...]


def network_choices(lines: list[NetworkLine]) -> NetworkChoices:
    cohorts = {row.network.cohort for row in lines if row.network.cohort}
    advisers = {one for row in lines for one in row.advisers}
    return NetworkChoices(
        themes=tuple(dict.fromkeys(theme for row in lines for theme in row.network.themes)),
        cohorts=tuple(sorted(cohorts, key=lambda one: (one.position, one.pk))),
        advisers=tuple(sorted(advisers, key=lambda one: alphabetical(str(one)))),
        counties=tuple(sorted({name for row in lines for name in row.counties}, key=alphabetical)),
    )


@dataclass(frozen=True)
class NetworkOnPage:
    """A network on a day: the row of the list, who had left by then, who is to come, and its posts of all times."""

    line: NetworkLine
    former: tuple[NetworkMembership, ...]
    coming: tuple[NetworkMembership, ...]
    posts: tuple[NetworkPost, ...]

    @property
    def former_posts(self) -> list[NetworkPost]:
        return [one for one in self.posts if one not in self.line.posts]


def network_on(network: Network, day: date) -> NetworkOnPage:
    """Two queries."""
    members = network.memberships.select_related(
        "participation__municipality", "participation__organisation", "moved_from__network", "moved_to__network"
    )
    times = _by_name(list(members))
    posts = tuple(network.posts.select_related("user").order_by("kind", "-starts_on", "pk"))
    held = tuple(one for one in posts if one.holds_on(day))
    led = any(one.kind == NetworkPost.Kind.LEADER and (one.starts_on or day) <= day for one in posts)
    line = NetworkLine(network, tuple(one for one in times if one.holds_on(day)), held, led)
    former = [one for one in times if one.ends_on and one.ends_on < day]
    coming = [one for one in times if one.starts_on and one.starts_on > day]
    former.sort(key=lambda one: one.ends_on, reverse=True)
    return NetworkOnPage(line, tuple(former), tuple(coming), posts)


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
    members = NetworkMembership.objects.valid_on(day)
    joined = members.select_related("participation__municipality__county", "participation__organisation")
    return Prefetch("memberships", joined, "current")


def _posts_on(day: date) -> Prefetch:
    posts = NetworkPost.objects.valid_on(day)
    return Prefetch("posts", posts.select_related("user").order_by("kind"), "current_posts")


def _by_name(memberships: list[NetworkMembership]) -> list[NetworkMembership]:
    return sorted(memberships, key=lambda one: alphabetical(one.participation.name))
