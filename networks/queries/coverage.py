"""Who has been visited and who has not: each participant with its visits of a year and the last contact."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from municipalities.models import User
from municipalities.queries.register import alphabetical, holding
from programmes.models import Participation, Programme

from ..models import Contact, Network, NetworkMembership, NetworkPost, Visit
from .contacts import LastContact, last_contacts


@dataclass(frozen=True)
class CoverageRow:
    """``days_since`` is counted to the day asked for; None when nobody is known to have been in touch."""

    participation: Participation
    networks: tuple[Network, ...]
    advisers: tuple[User, ...]
    visits: int
    last: LastContact | None
    days_since: int | None

    @property
    def network_names(self) -> str:
        return ", ".join(one.name for one in self.networks)

    @property
    def adviser_names(self) -> str:
        return ", ".join(str(one) for one in self.advisers)


SORTS = {
    "participant": lambda row: (alphabetical(row.participation.name),),
    "network": lambda row: (not row.networks, alphabetical(row.network_names)),
    "adviser": lambda row: (not row.advisers, alphabetical(row.adviser_names)),
    "visits": lambda row: (row.visits,),
    "since": lambda row: (row.days_since is not None, -(row.days_since or 0)),
}


def coverage_rows(
    participations: QuerySet[Participation],
    visits: QuerySet[Visit],
    contacts: QuerySet[Contact],
    *,
    year: int,
    day: date,
    search: str = "",
    network: str = "",
    adviser: str = "",
    without: bool = False,
    sort: str = "since",
) -> list[CoverageRow]:
    """The participants that take part on the day; visits of the year that were made by then. Five queries.

    Of the visits only those that count anywhere (``counted``) count here, also as the last contact.
    """
    found = participations.active_on(day).select_related("programme", "municipality").prefetch_related(_networks(day))
    if search:
        found = found.filter(holding(search, "name"))
    found = list(found)
    ids = [one.pk for one in found]
    counting = Visit.objects.filter(pk__in=visits.values("pk")).counted()
    made = counting.filter(participation__in=ids, made_on__year=year, made_on__lte=day)
    counts = Counter(made.order_by().values_list("participation", flat=True))
    last = last_contacts(ids, counting, contacts, day)
    rows = [_row(one, counts[one.pk], last.get(one.pk), day) for one in found]
    if network:
        rows = [row for row in rows if any(one.slug == network for one in row.networks)]
    if adviser:
        rows = [row for row in rows if any(str(one.pk) == adviser for one in row.advisers)]
    if without:
        rows = [row for row in rows if not row.visits]
    rows.sort(key=lambda row: alphabetical(row.participation.name))
    return sorted(rows, key=SORTS.get(sort.removeprefix("-"), SORTS["since"]), reverse=sort.startswith("-"))


def _networks(day: date) -> Prefetch:
    posts = NetworkPost.objects.valid_on(day).filter(kind=NetworkPost.Kind.ADVISER).select_related("user")
    times = NetworkMembership.objects.valid_on(day).select_related("network")
    return Prefetch(
        "network_memberships", times.prefetch_related(Prefetch("network__posts", posts, "advisers_then")), "times_then"
    )


def _row(participation: Participation, visits: int, last: LastContact | None, day: date) -> CoverageRow:
    networks = tuple(one.network for one in participation.times_then)
    advisers = {post.user.pk: post.user for one in networks for post in one.advisers_then}
    since = (day - last.on).days if last else None
    return CoverageRow(participation, networks, tuple(advisers.values()), visits, last, since)


@dataclass(frozen=True)
class CoverageSum:
    """Of an adviser, a network, or all: participants, those with a visit in the year, and the visits."""

    name: str
    participants: int
    visited: int
    visits: int

    @property
    def without(self) -> int:
        return self.participants - self.visited


def sums_by(rows: Iterable[CoverageRow], names) -> list[CoverageSum]:
    """One line for each name that ``names(row)`` gives; a participant in two networks counts in both."""
    grouped: dict[str, list[CoverageRow]] = defaultdict(list)
    for row in rows:
        for name in names(row) or [""]:
            grouped[name].append(row)
    ordered = sorted(grouped, key=lambda name: (not name, alphabetical(name)))
    return [
        CoverageSum(
            name,
            len(grouped[name]),
            sum(bool(row.visits) for row in grouped[name]),
            sum(row.visits for row in grouped[name]),
        )
        for name in ordered
    ]


def adviser_names(row: CoverageRow) -> list[str]:
    return [str(one) for one in row.advisers]


def network_names(row: CoverageRow) -> list[str]:
    return [one.name for one in row.networks]


def advisers_of(programme: Programme) -> list[User]:
    """Those who are or have been advisers of its networks; one query."""
    posts = NetworkPost.objects.filter(network__programme=programme, kind=NetworkPost.Kind.ADVISER)
    return list(User.objects.filter(pk__in=posts.values("user")).order_by("name", "pk"))
