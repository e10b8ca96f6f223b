"""What a check is given: the figure, what is known of it from before, and what stands around it.

All rates are ten-thousandths of a percent, all workdays hundredths (see `absence.calculations.columns`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from absence.calculations.dimensions import ALL, TOTAL
from absence.calculations.periods import Period


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure under judgement. ``index`` is its place in the columns; None when the total was summed by us."""

    index: int | None
    municipality: str
    period: Period
    rate: int | None
    possible: int | None = None
    sector: str = ALL
    sex: str = ALL
    absence_type: str = TOTAL

    @property
    def is_total(self) -> bool:
        """The municipality's total: all sectors, both sexes, all absence."""
        return self.sector == ALL and self.sex == ALL and self.absence_type == TOTAL


class Known(NamedTuple):
    """A figure known from before, or from an earlier period of the same file. Thousands are made: a tuple is quick."""

    period: Period
    rate: int
    lost: int | None = None
    possible: int | None = None


@dataclass(frozen=True, slots=True)
class History:
    """The same unit and dimensions at other times, in the same source.

    ``previous``: the nearest earlier period of the same length, at most four quarters back. ``year_before``: the same
    quarters a year before; for four-quarter windows the nearest window that does not overlap. ``changes_before``: the
    unit's own earlier changes between such pairs. ``revised``: the same period in the vintage before.
    """

    previous: Known | None = None
    year_before: Known | None = None
    changes_before: tuple[int, ...] = ()
    revised: Known | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """Median and median absolute deviation of a column, in quarters of a ten-thousandth: so they stay whole."""

    n: int
    median4: int
    mad4: int


@dataclass(frozen=True, slots=True)
class Panel:
    """A group's matched panel of two periods, kept as sums so that leaving one out is a subtraction.

    ``members`` is unit → (numerator, denominator) before and after: workdays when every member has them, else the
    rate and 1, which gives the simple mean.
    """

    name: str
    weighting: str
    members: Mapping[str, tuple[int, int, int, int]]
    sums: tuple[int, int, int, int]

    def change(self, without: str | None = None) -> Decimal:
        """The group's change in points, unrounded; without one member if it is named."""
        out = self.members[without] if without else (0, 0, 0, 0)
        lost, possible, lost_after, possible_after = (whole - one for whole, one in zip(self.sums, out, strict=True))
        return (Decimal(lost_after) / possible_after - Decimal(lost) / possible).scaleb(-4)


@dataclass(frozen=True, slots=True)
class Group:
    """What stands around the figure: its period's column, its parts, and the panels it is a member of."""

    column: Spread | None = None
    self_certified: int | None = None
    doctor_certified: int | None = None
    women: int | None = None
    men: int | None = None
    panels: tuple[Panel, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A total or mean row that the file itself printed, with our own recomputations, as labelled first."""

    label: str
    period: Period
    printed: int
    recomputed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitSets:
    """The units with a usable total in a period and in the period it is compared with."""

    period: Period
    compared_with: Period
    units: frozenset[str]
    units_before: frozenset[str]


@dataclass(frozen=True, slots=True)
class GroupRevision:
    """A group's rate in the vintage before and in this one, on the units that have both."""

    name: str
    period: Period
    before: int
    after: int


def spread(rates: Iterable[int]) -> Spread | None:
    """Median and MAD of a column; None for an empty one.

    >>> spread([90000, 100000, 120000])
    Spread(n=3, median4=400000, mad4=40000)
    """
    ordered = sorted(rates)
    if not ordered:
        return None
    median4 = 2 * _middle_pair(ordered)
    return Spread(len(ordered), median4, _middle_pair(sorted(abs(4 * rate - median4) for rate in ordered)) // 2)


def _middle_pair(ordered: list[int]) -> int:
    n = len(ordered)
    return ordered[(n - 1) // 2] + ordered[n // 2]
