"""Figures laid out so that a check finds what it compares with: by period, totals apart from cells.

A table is made once for the file and once for what is released of the same source; the file's figures go before the
released ones wherever both have one.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from absence.calculations.checks.context import Known
from absence.calculations.checks.lost_comma import LOW
from absence.calculations.columns import FigureColumns, rate_from_days
from absence.calculations.dimensions import ALL, TOTAL
from absence.calculations.periods import Period
from absence.calculations.totals import summed_total

LOOK_BACK = 4  # quarters: how old a previous figure may be
WINDOW = 4
RECENT = 2
WHOLE = (ALL, ALL, TOTAL)

# sector, sex, absence type. Figures are kept by it, and within it by municipality: 63 tables of 430 entries are made
# and compared several times as fast as one of 27 000, whose keys would be made figure by figure.
Part = tuple[str, str, str]
Places = dict[Part, dict[str, int]]
Cells = Mapping[Part, Mapping[str, int]]  # part → municipality → rate
NOTHING: dict[str, int] = {}


class Table:
    """The figures of one `FigureColumns`, by period. ``rates`` are the effective ones."""

    def __init__(self, columns: FigureColumns):
        self.columns = columns
        self.rates = columns.effective_rates()
        self.places: dict[Period, Sequence[int]] = _places(columns)
        self.totals: dict[Period, dict[str, Known]] = {}
        self.total_places: dict[Period, dict[str, int]] = {}
        self._recent: dict[Period, Places] = {}
        for period in self.places:
            self._find_totals(period, self.parts(period))

    def parts(self, period: Period) -> Places:
        """Where in the columns the figures of the period stand. Of few periods at a time: a long file stays small."""
        if period not in self._recent:
            while len(self._recent) >= RECENT:
                del self._recent[next(iter(self._recent))]
            self._recent[period] = self._by_part(period)
        return self._recent[period]

    def _by_part(self, period: Period) -> Places:
        c, places = self.columns, self.places.get(period, ())
        columns = [c.municipality, c.sector, c.sex, c.absence_type]
        if len(places) < len(c):
            columns = [[column[i] for i in places] for column in columns]
        units, *parts = columns
        found: Places = defaultdict(dict)
        for place, unit, part in zip(places, units, zip(*parts, strict=True), strict=True):
            found[part][unit] = place
        return found

    def cells(self, period: Period) -> Cells:
        """The rates of the figures of the period that have one."""
        return {part: self._rates(places) for part, places in self.parts(period).items()}

    def _rates(self, places: dict[str, int]) -> dict[str, int]:
        rates = self.rates
        return {unit: rate for unit, place in places.items() if (rate := rates[place]) is not None}

    def _find_totals(self, period: Period, parts: Places) -> None:
        c, given = self.columns, parts.get(WHOLE, NOTHING)
        self.total_places[period] = given
        totals = {
            municipality: Known(period, rate, c.lost[i], c.possible[i])
            for municipality, i in given.items()
            if (rate := self.rates[i]) is not None
        }
        self.totals[period] = totals | self._summed(period, parts, given)

    def _summed(self, period: Period, parts: Places, given: dict[str, int]) -> dict[str, Known]:
        c = self.columns
        cells: dict[str, dict[Part, tuple[int | None, int | None]]] = defaultdict(dict)
        for part, places in parts.items():
            for municipality in places.keys() - given.keys():
                i = places[municipality]
                cells[municipality][part] = (c.lost[i], c.possible[i])
        sums = ((municipality, summed_total(one)) for municipality, one in cells.items())
        return {municipality: Known(period, rate_from_days(*whole), *whole) for municipality, whole in sums if whole}


@dataclass(frozen=True)
class Reach:
    """What of an earlier period could make a check speak about the cells of a period, totals aside.

    ``limits``: type of absence → (most, least): only a rate up to ``most``, or from ``least`` on, can lie so far from a
    cell that a comma may be lost. ``zeros`` are the municipalities with a cell of 0: any earlier rate may matter.
    """

    limits: Mapping[str, tuple[int, int]]
    zeros: frozenset[str]


def reach(cells: Cells) -> Reach:
    """Of the rates of one period; the factor is that of V4 (see `lost_comma`).

    >>> reach({("all", "women", "total"): {"0101": 60_000, "0104": 90_000, "0105": 0}})
    Reach(limits={'total': (15000, 360000)}, zeros=frozenset({'0105'}))
    """
    found: dict[str, tuple[int, int]] = {}
    zeros: set[str] = set()
    for part, rates in cells.items():
        above = [rate for rate in rates.values() if rate > 0]
        if len(above) < len(rates):
            zeros.update(unit for unit, rate in rates.items() if rate <= 0)
        if part != WHOLE and above:
            most, least = found.get(part[2], (0, LOW * max(above)))
            found[part[2]] = max(most, max(above) // LOW), min(least, LOW * min(above))
    return Reach(found, frozenset(zeros))


def laid_over(own: Cells, before: Cells) -> Cells:
    """Both, and where both have a figure the first one's."""
    return {part: {**before.get(part, NOTHING), **own.get(part, NOTHING)} for part in (*before, *own)}


def previous_periods(period: Period) -> list[Period]:
    """Where a previous figure may stand: periods of the same length, nearest first."""
    return [Period(period.first - step, period.quarters) for step in range(1, LOOK_BACK + 1)]


def year_before_periods(period: Period) -> list[Period]:
    """The same quarters a year before; for four-quarter windows the nearest that do not overlap come after it."""
    steps = range(WINDOW, 2 * WINDOW) if period.quarters == WINDOW else (WINDOW,)
    return [Period(period.first - step, period.quarters) for step in steps]


def looked_back(quarters: int) -> int:
    """How many quarters before a period of this length a figure may stand that it is compared with."""
    return max(LOOK_BACK, 2 * WINDOW - 1 if quarters == WINDOW else WINDOW)


def _places(columns: FigureColumns) -> dict[Period, Sequence[int]]:
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    periods = set(zip(columns.first, columns.quarters, strict=True))
    if len(periods) == 1:
        return {Period(*periods.pop()): range(len(columns))}
    for i, period in enumerate(zip(columns.first, columns.quarters, strict=True)):
        found[period].append(i)
    return {Period(*period): found[period] for period in sorted(found, key=lambda one: (one[1], one[0]))}
