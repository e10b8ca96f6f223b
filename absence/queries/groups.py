"""Who is compared with whom: all, in and outside a programme, cohorts, networks, bands of size.

A group has a key, the same in the sums, in addresses and in commands: ``all``, ``in:<programme>``,
``outside:<programme>``, ``cohort:<programme>:<cohort>``, ``network:<programme>:<network>``, ``size:<band>``.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Max, OuterRef, Subquery

from municipalities.models import Municipality, MunicipalityChange, Organisation, Population
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


def programme_members(programme: Programme, day: date | None = None) -> set[int]:
    """The whole municipalities that take part, by id; on the programme's last day (or today) unless told another.

    Directly or joined with others; a city district does not bring its city, an unidentified participant brings none.
    """
    active = Participation.objects.filter(programme=programme).active_on(day or last_day(programme, date.today()))
    return set().union(*_municipalities_of(active.values_list("pk", flat=True)).values())


def cohort_members(programme: Programme, day: date | None = None) -> dict[str, set[int]]:
    """Cohort slug → municipality ids, the withdrawn left out. Who is printed in two cohorts stands in both."""
    day = day or last_day(programme, date.today())
    active = Participation.objects.filter(programme=programme).active_on(day)
    rows = CohortMembership.objects.filter(cohort__programme=programme, participation__in=active)
    rows = rows.exclude(ends_on__lt=day)
    return _by_key(rows.values_list("cohort__slug", "participation_id"))


def network_members(programme: Programme, day: date | None = None) -> dict[str, set[int]]:
    """Network slug → municipality ids, the withdrawn left out."""
    day = day or last_day(programme, date.today())
    active = Participation.objects.filter(programme=programme).active_on(day)
    rows = NetworkMembership.objects.filter(network__programme=programme, participation__in=active)
    rows = rows.exclude(ends_on__lt=day)
    return _by_key(rows.values_list("network__slug", "participation_id"))


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
        members = programme_members(programme)
        named = {f"in:{programme.slug}": members} if members else {}
        named |= {f"cohort:{programme.slug}:{slug}": ids for slug, ids in cohort_members(programme).items()}
        named |= {f"network:{programme.slug}:{slug}": ids for slug, ids in network_members(programme).items()}
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


def numbers_of(ids: Iterable[int]) -> dict[int, str]:
    """Municipality id → number."""
    return dict(Municipality.objects.filter(pk__in=list(ids)).values_list("pk", "number"))


def _by_key(rows: Iterable[tuple[str, int]]) -> dict[str, set[int]]:
    pairs = list(rows)
    municipalities = _municipalities_of({participation for _, participation in pairs})
    found: dict[str, set[int]] = defaultdict(set)
    for key, participation in pairs:
        found[key] |= municipalities.get(participation, set())
    return {key: ids for key, ids in found.items() if ids}


def _municipalities_of(participations: Iterable[int]) -> dict[int, set[int]]:
    """Participation id → ids of the whole municipalities it stands for."""
    wanted = list(participations)
    found: dict[int, set[int]] = defaultdict(set)
    direct = Participation.objects.filter(pk__in=wanted, municipality__isnull=False)
    for participation, municipality in direct.values_list("pk", "municipality_id"):
        found[participation].add(municipality)
    joint = Participation.objects.filter(pk__in=wanted, organisation__in=Organisation.objects.filter(kind__in=JOINT))
    for participation, municipality in joint.values_list("pk", "organisation__members"):
        if municipality:
            found[participation].add(municipality)
    return found


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
