"""Series over time: of a municipality beside its networks and the country, and of groups. One source each."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate

from django.db.models import Count, Q

from municipalities.models import Municipality, MunicipalityChange
from networks.models import Network
from programmes.models import Cohort, Programme

from ..calculations.columns import percent
from ..calculations.dimensions import ALL, TOTAL
from ..calculations.groups import GroupValue, Weighting
from ..calculations.mergers import ChangeKind
from ..calculations.periods import Period
from ..calculations.rates import Absence
from ..calculations.series import Break, Series, four_quarter_series
from ..calculations.series import since_entry as counted_from
from ..models import Figure, GroupMember, GroupWindow, Source
from .groups import ALL_KEY, quarter_of
from .units import WHOLE, published_figures, quarter_figures

WINDOW = 4


@dataclass(frozen=True)
class GroupSeries:
    """A group's figures in time order; each with its n."""

    key: str
    figures: dict[Period, GroupValue]


def municipality_series(
    municipality: Municipality,
    source: str = Source.PAI,
    *,
    as_of: date | None = None,
    sector: str = ALL,
    sex: str = ALL,
    absence_type: str = TOTAL,
) -> Series:
    """Four-quarter figures: rolled from quarters when there are any, else as the source published them.

    Quarters before a merger are the predecessors' sums; a split or a moved border is a break.
    """
    part = {"sector": sector, "sex": sex, "absence_type": absence_type}
    table = quarter_figures(source, 0, 99_999, as_of=as_of, ids={municipality.pk}, **part)
    quarters = {quarter: one[municipality.pk] for quarter, one in table.items()}
    published = {} if quarters else _published(municipality, source, as_of)
    return four_quarter_series(source, quarters, published, _breaks(municipality))


def quarter_series(municipality: Municipality, source: str = Source.PAI, **part: str) -> dict[int, Absence]:
    """Quarter → figure, for charts that may not use overlapping windows."""
    table = quarter_figures(source, 0, 99_999, ids={municipality.pk}, **part)
    return {quarter: table[quarter][municipality.pk] for quarter in sorted(table)}


def _published(municipality: Municipality, source: str, as_of: date | None) -> dict[Period, Absence | None]:
    own = Figure.objects.filter(municipality=municipality, source=source, quarters=WINDOW, **WHOLE)
    periods = {Period(*one) for one in own.values_list("first_quarter", "quarters")}
    table = published_figures(source, periods, as_of=as_of, ids={municipality.pk}) if periods else {}
    return {period: found.get(municipality.pk) for period, found in table.items()}


def _breaks(municipality: Municipality) -> tuple[Break, ...]:
    kinds = (MunicipalityChange.Kind.SPLIT, MunicipalityChange.Kind.TRANSFER)
    changes = MunicipalityChange.objects.filter(kind__in=kinds)
    found = changes.filter(Q(successor=municipality) | Q(predecessor=municipality)).distinct()
    return tuple(
        Break(quarter_of(happened_on), ChangeKind(kind))
        for happened_on, kind in found.values_list("happened_on", "kind").order_by("happened_on")
    )


def group_series(
    keys: Iterable[str],
    source: str = Source.PAI,
    *,
    quarters: int = WINDOW,
    weighting: Weighting = Weighting.WEIGHTED_DAYS,
) -> dict[str, GroupSeries]:
    """Group key → its figures, from the sums kept for it: twenty years of all groups in two queries.

    ``n_total`` is how many municipalities the group had in the last quarter of each period.
    """
    keys = list(keys)
    rows = GroupWindow.objects.filter(group_key__in=keys, source=source, quarters=quarters, **WHOLE)
    names = ("group_key", "first_quarter", "lost", "possible", "rate_sum", "n_reporting")
    totals = _group_sizes(keys)
    periods = _Periods(quarters)
    is_simple = weighting == Weighting.SIMPLE_MEAN
    found: dict[str, GroupSeries] = {}
    for key, first, lost, possible, rate_sum, n in rows.order_by("first_quarter").values_list(*names):
        period = periods[first]
        rate = percent(rate_sum) / n if is_simple else Decimal(100 * lost) / possible
        series = found.setdefault(key, GroupSeries(key, {}))
        series.figures[period] = GroupValue(rate, weighting, n, totals[key].on(period.last))
    return found


class _Periods(dict[int, Period]):
    """First quarter → period, each made once."""

    def __init__(self, quarters: int):
        super().__init__()
        self.quarters = quarters

    def __missing__(self, first: int) -> Period:
        self[first] = Period(first, self.quarters)
        return self[first]


class _Size:
    """How many municipalities a group has, quarter by quarter: counted up where some begin, down where some end."""

    def __init__(self, spans: list[tuple[int, int, int]]):
        changes: Counter[int] = Counter()
        for first, last, n in spans:
            changes[first] += n
            changes[last + 1] -= n
        self._quarters = sorted(changes)
        self._sizes = list(accumulate(changes[quarter] for quarter in self._quarters))

    def on(self, quarter: int) -> int:
        at = bisect_right(self._quarters, quarter)
        return self._sizes[at - 1] if at else 0


def _group_sizes(keys: list[str]) -> dict[str, _Size]:
    spans: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    rows = GroupMember.objects.filter(group_key__in=keys).values_list("group_key", "from_quarter", "to_quarter")
    for key, first, last, n in rows.annotate(n=Count("pk")):
        spans[key].append((first, last, n))
    return {key: _Size(spans[key]) for key in keys}


def group_keys(programme: Programme) -> dict[str, str]:
    """Key → name of the groups a programme is compared by, in the order in which they are shown."""
    slug = programme.slug
    found = {ALL_KEY: "", f"in:{slug}": "", f"outside:{slug}": ""}
    cohorts = Cohort.objects.filter(programme=programme).order_by("position")
    found |= {f"cohort:{slug}:{one}": name for one, name in cohorts.values_list("slug", "name")}
    networks = Network.objects.filter(programme=programme)
    return found | {f"network:{slug}:{one}": name for one, name in networks.values_list("slug", "name")}


def cohorts_since_entry(programme: Programme, source: str = Source.PAI) -> dict[str, dict[int, GroupValue]]:
    """Cohort slug → quarters since it began (0 is the quarter of its start) → its figure for that quarter.

    So cohorts that entered at different times can be laid over each other.
    """
    starts = dict(programme.cohorts.exclude(starts_on=None).values_list("slug", "starts_on"))
    keys = {f"cohort:{programme.slug}:{slug}": slug for slug in starts}
    series = group_series(keys, source, quarters=1)
    return {
        keys[key]: counted_from(
            {period.first: value for period, value in one.figures.items()}, quarter_of(starts[keys[key]])
        )
        for key, one in series.items()
    }


def networks_of(municipality: Municipality) -> dict[str, str]:
    """Group key → name of the networks the municipality is in, by itself or joined with others."""
    direct = Q(memberships__participation__municipality=municipality)
    joint = Q(memberships__participation__organisation__members=municipality)
    found = Network.objects.filter(direct | joint).select_related("programme").distinct()
    return {f"network:{one.programme.slug}:{one.slug}": one.name for one in found}


__all__ = [
    "GroupSeries",
    "cohorts_since_entry",
    "group_keys",
    "group_series",
    "municipality_series",
    "networks_of",
    "quarter_series",
]
