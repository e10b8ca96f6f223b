"""Who is compared with whom: all, in and outside a programme, cohorts, networks, bands of size.

A group has a key, the same in the sums, in addresses and in commands: ``all``, ``in:<programme>``,
``outside:<programme>``, ``cohort:<programme>:<cohort>``, ``network:<programme>:<network>``, ``size:<band>``.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, OuterRef, Subquery

from municipalities.models import Municipality, MunicipalityChange, Population
from networks.models import NetworkMembership
from programmes.models import CohortMembership, Participation, Programme
from programmes.queries import last_day
from programmes.queries.counts import JOINT

from ..calculations.periods import quarter_index

ALL_KEY = "all"
# The bands of Statistics Norway: fewer than 5 000 inhabitants, 5 000–19 999, 20 000 and more.
BANDS = (("small", 0), ("medium", 5_000), ("large", 20_000))
ALWAYS, EVER = 0, 99_999
CARRIED_ON = (MunicipalityChange.Kind.RECODE, MunicipalityChange.Kind.RENAME)
JOINED = (MunicipalityChange.Kind.MERGE, *CARRIED_ON)


def quarter_of(day: date) -> int:
    return quarter_index(day.year, (day.month + 2) // 3)


@dataclass(frozen=True)
class Takers:
    """Who takes part in a programme on a day. ``whole``: participation id → ids of the municipalities it stands for.

    Directly or joined with others; a city district does not bring its city, an unidentified participant brings none.
    """

    programme: Programme
    day: date
    whole: dict[int, set[int]]

    def all(self) -> set[int]:
        return set().union(*self.whole.values())

    def cohorts(self) -> dict[str, set[int]]:
        """Cohort slug → municipality ids. Who is printed in two cohorts stands in both."""
        rows = CohortMembership.objects.filter(cohort__programme=self.programme).exclude(ends_on__lt=self.day)
        return self._by_key(rows.values_list("cohort__slug", "participation_id"))

    def networks(self) -> dict[str, set[int]]:
        """Network slug → municipality ids."""
        rows = NetworkMembership.objects.filter(network__programme=self.programme).exclude(ends_on__lt=self.day)
        return self._by_key(rows.values_list("network__slug", "participation_id"))

    def _by_key(self, rows: Iterable[tuple[str, int]]) -> dict[str, set[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for key, participation in rows:
            if ids := self.whole.get(participation):
                found[key] |= ids
        return dict(found)


def takers(programme: Programme, day: date | None = None) -> Takers:
    """On the programme's last day (or today) unless told another; one query."""
    day = day or last_day(programme, date.today())
    active = Participation.objects.filter(programme=programme).active_on(day).order_by()
    whole: dict[int, set[int]] = defaultdict(set)
    for pk, own, kind, joined in active.values_list(
        "pk", "municipality_id", "organisation__kind", "organisation__members"
    ):
        whole[pk] |= {one for one in (own, joined if kind in JOINT else None) if one}
    return Takers(programme, day, whole)


def programme_members(programme: Programme, day: date | None = None) -> set[int]:
    """The whole municipalities that take part, by id (see `Takers`)."""
    return takers(programme, day).all()


def cohort_members(programme: Programme, day: date | None = None) -> dict[str, set[int]]:
    """Cohort slug → municipality ids, the withdrawn left out."""
    return takers(programme, day).cohorts()


def network_members(programme: Programme, day: date | None = None) -> dict[str, set[int]]:
    """Network slug → municipality ids, the withdrawn left out."""
    return takers(programme, day).networks()


def group_members() -> Iterator[tuple[str, int, int, int]]:
    """(group, municipality, first quarter, last quarter) of every group.

    With a municipality come those it was made of and those that carry it on under a new number, each in its own time.
    Outside a programme is who has nothing to do with a participant, before or after.
    """
    spans = _spans()
    for key, members in _groups(set(spans)):
        for municipality in members:
            yield key, municipality, *spans[municipality]


def _groups(everybody: set[int]) -> Iterator[tuple[str, set[int]]]:
    before, carried_on, after = _chains()
    yield ALL_KEY, everybody
    for programme in Programme.objects.all():
        who = takers(programme)
        members = who.all()
        named = {f"in:{programme.slug}": members} if members else {}
        named |= {f"cohort:{programme.slug}:{slug}": ids for slug, ids in who.cohorts().items()}
        named |= {f"network:{programme.slug}:{slug}": ids for slug, ids in who.networks().items()}
        for key, ids in named.items():
            yield key, _followed(ids, carried_on) | _followed(ids, before)
        if members:
            yield f"outside:{programme.slug}", everybody - _followed(members, after) - _followed(members, before)
    for band, members in size_band_members().items():
        yield f"size:{band}", members


def size_band_members() -> dict[str, set[int]]:
    """Band → municipality ids, by the newest population known of each."""
    found: dict[str, set[int]] = defaultdict(set)
    for municipality, count in population_of().items():
        band = max((low, name) for name, low in BANDS if count >= low)[1]
        found[band].add(municipality)
    return found


def population_of(day: date | None = None) -> dict[int, int]:
    """Municipality id → inhabitants on the newest count up to ``day`` (or of all counts)."""
    counts = Population.objects.filter(municipality=OuterRef("municipality"))
    if day:
        counts = counts.filter(counted_on__lte=day)
    newest = counts.order_by("-counted_on").values("counted_on")[:1]
    rows = Population.objects.filter(municipality__isnull=False, counted_on=Subquery(newest))
    return dict(rows.values_list("municipality_id").annotate(count=Max("inhabitants_count")))


def _spans() -> dict[int, tuple[int, int]]:
    """Municipality id → the quarters in which it exists."""
    rows = Municipality.objects.values_list("pk", "valid_from", "valid_to")
    return {
        pk: (quarter_of(first) if first else ALWAYS, quarter_of(last) if last else EVER) for pk, first, last in rows
    }


def _chains() -> tuple[dict[int, set[int]], dict[int, set[int]], dict[int, set[int]]]:
    """Municipality → what it was made of; → what carries it on under another number or name; → what it became."""
    before: dict[int, set[int]] = defaultdict(set)
    carried_on: dict[int, set[int]] = defaultdict(set)
    after: dict[int, set[int]] = defaultdict(set)
    for kind, old, new in MunicipalityChange.objects.values_list("kind", "predecessor_id", "successor_id"):
        after[old].add(new)
        if kind in JOINED:
            before[new].add(old)
        if kind in CARRIED_ON:
            carried_on[old].add(new)
    return before, carried_on, after


def _followed(members: set[int], chain: dict[int, set[int]]) -> set[int]:
    """The members and everything the chain leads to from them."""
    found, open_ = set(members), list(members)
    while open_:
        further = chain.get(open_.pop(), set()) - found
        found |= further
        open_ += further
    return found
