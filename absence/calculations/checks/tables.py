"""Figures laid out so that a check finds what it compares with: by period, totals apart from cells.

A table is made once for the file and once for what is released of the same source; the file's figures go before the
released ones wherever both have one.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from absence.calculations.checks.context import Known
from absence.calculations.columns import FigureColumns, rate_from_days
from absence.calculations.dimensions import ALL, TOTAL
from absence.calculations.periods import Period
from absence.calculations.totals import summed_total

LOOK_BACK = 4  # quarters: how old a previous figure may be
WINDOW = 4

Slot = tuple[str, str, str, str]  # municipality, sector, sex, absence type
Cells = dict[Slot, int]  # slot → rate


class Table:
    """The figures of one `FigureColumns`, by period. ``rates`` are the effective ones."""

    def __init__(self, columns: FigureColumns):
        self.columns = columns
        self.rates = columns.effective_rates()
        self.places: dict[Period, Sequence[int]] = _places(columns)
        self.totals: dict[Period, dict[str, Known]] = {}
        self.total_places: dict[Period, dict[str, int]] = {}
        for period, places in self.places.items():
            self._find_totals(period, places)

    def slots(self, period: Period) -> Iterator[Slot]:
        """What the figures of the period are about, in the order of ``places``."""
        c = self.columns
        parts = (self._of(period, column) for column in (c.municipality, c.sector, c.sex, c.absence_type))
        return zip(*parts, strict=True)

    def cells(self, period: Period) -> Cells:
        """Slot → rate, for the figures of the period that have one."""
        rates = self._of(period, self.rates)
        if None not in rates:
            return dict(zip(self.slots(period), rates, strict=True))
        return {slot: rate for slot, rate in zip(self.slots(period), rates, strict=True) if rate is not None}

    def _of(self, period: Period, column: list) -> list:
        """The column's values in the period; a file of one period is not copied."""
        places = self.places.get(period, ())
        return column if len(places) == len(column) else [column[i] for i in places]

    def _find_totals(self, period: Period, places: Sequence[int]) -> None:
        c, whole = self.columns, (ALL, ALL, TOTAL)
        slots = zip(places, self.slots(period), strict=True)
        given = {slot[0]: i for i, slot in slots if slot[1:] == whole}
        self.total_places[period] = given
        totals = {
            municipality: Known(period, rate, c.lost[i], c.possible[i])
            for municipality, i in given.items()
            if (rate := self.rates[i]) is not None
        }
        self.totals[period] = totals | self._summed(period, places, given)

    def _summed(self, period: Period, places: Sequence[int], given: dict[str, int]) -> dict[str, Known]:
        if len(given) == len(places):
            return {}
        c = self.columns
        cells: dict[str, dict[tuple[str, str, str], tuple[int | None, int | None]]] = defaultdict(dict)
        for i in places:
            if (municipality := c.municipality[i]) not in given:
                cells[municipality][c.sector[i], c.sex[i], c.absence_type[i]] = (c.lost[i], c.possible[i])
        sums = ((municipality, summed_total(one)) for municipality, one in cells.items())
        return {municipality: Known(period, rate_from_days(*whole), *whole) for municipality, whole in sums if whole}


def previous_periods(period: Period) -> list[Period]:
    """Where a previous figure may stand: periods of the same length, nearest first."""
    return [Period(period.first - step, period.quarters) for step in range(1, LOOK_BACK + 1)]


def year_before_periods(period: Period) -> list[Period]:
    """The same quarters a year before; for four-quarter windows the nearest that do not overlap come after it."""
    steps = range(WINDOW, 2 * WINDOW) if period.quarters == WINDOW else (WINDOW,)
    return [Period(period.first - step, period.quarters) for step in steps]


def _places(columns: FigureColumns) -> dict[Period, Sequence[int]]:
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    periods = set(zip(columns.first, columns.quarters, strict=True))
    if len(periods) == 1:
        return {Period(*periods.pop()): range(len(columns))}
    for i, period in enumerate(zip(columns.first, columns.quarters, strict=True)):
        found[period].append(i)
    return {Period(*period): found[period] for period in sorted(found, key=lambda one: (one[1], one[0]))}
