"""Series of four-quarter figures: rolled from quarters, or published as windows; one or the other, never mixed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from absence.calculations.periods import Period
from absence.calculations.rates import Absence, summed

WINDOW = 4


class Kind(StrEnum):
    """Where the figures of a series come from."""

    QUARTERS = "quarters"  # quarters as the source gave them
    ROLLED = "rolled"  # four quarters summed by us
    PUBLISHED = "published"  # windows as the source published them


@dataclass(frozen=True)
class Break:
    """From quarter ``at`` on, the figures no longer measure the same; ``reason`` is shown in the gap."""

    at: int
    reason: str


@dataclass(frozen=True)
class Series:
    """Figures of one source in time order. A missing figure keeps its place as None."""

    kind: Kind
    source: str
    figures: Mapping[Period, Absence | None]
    breaks: tuple[Break, ...] = ()

    def __post_init__(self):
        lengths = {period.quarters for period in self.figures}
        if len(lengths) > 1:
            raise ValueError(f"a series has periods of one length, not of {sorted(lengths)} quarters")

    def pieces(self) -> list[dict[Period, Absence]]:
        """The runs that may be joined by a line: cut at each missing figure and at each break."""
        runs: list[dict[Period, Absence]] = [{}]
        previous: Period | None = None
        for period in sorted(self.figures):
            figure = self.figures[period]
            if previous and any(previous.first < one.at <= period.first for one in self.breaks):
                runs.append({})
            if figure is None:
                runs.append({})
            else:
                runs[-1][period] = figure
            previous = period
        return [run for run in runs if run]


def rolling(quarters: Mapping[int, Absence | None], breaks: Iterable[Break] = ()) -> dict[Period, Absence | None]:
    """Every four-quarter window that ends within the data: ΣL / ΣP, or None.

    None when a quarter of the window is missing or rate only, and when the window lies across a break. The first
    window starts at the first quarter of the data. ``quarters`` is quarter index → figure.
    """
    if not quarters:
        return {}
    cuts = [one.at for one in breaks]
    windows: dict[Period, Absence | None] = {}
    for first in range(min(quarters), max(quarters) - WINDOW + 2):
        window = Period(first, WINDOW)
        broken = any(first < cut <= window.last for cut in cuts)
        windows[window] = None if broken else summed(quarters.get(first + step) for step in range(WINDOW))
    return windows


def four_quarter_series(
    source: str,
    quarters: Mapping[int, Absence | None],
    published: Mapping[Period, Absence | None],
    breaks: Iterable[Break] = (),
) -> Series:
    """One series of four-quarter figures: rolled when the quarters give any, else as published.

    The two are never mixed: a rolled figure is unrounded and of one vintage, a published one is neither.
    """
    cuts = tuple(breaks)
    rolled = rolling(quarters, cuts)
    if any(rolled.values()):
        return Series(Kind.ROLLED, source, rolled, cuts)
    windows = {period: figure for period, figure in sorted(published.items()) if period.quarters == WINDOW}
    return Series(Kind.PUBLISHED, source, windows, cuts)


def since_entry(figures: Mapping[int, Absence | None], entered: int) -> dict[int, Absence | None]:
    """Quarters counted from entry (quarter 0 is the quarter of entry), so that cohorts can be laid over each other."""
    return {quarter - entered: figure for quarter, figure in sorted(figures.items())}
