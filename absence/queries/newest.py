"""Figures in their newest vintage, by the cheapest statement that is right."""

from collections import defaultdict
from datetime import date

from ..models import Release
from .statements import NEWEST_TOTALS, NEWEST_VINTAGE, ONLY_TOTALS, ONLY_VINTAGE

FAR_FUTURE = date(9999, 12, 31)


Vintages = dict[tuple[int, int], set[date]]


def newest_figures(source: str, first: int, last: int, quarters: int = 1, vintages: Vintages | None = None) -> str:
    """A statement with the parameters source, first, last, quarters and vintage_on; see `statements`.

    Most quarters have one vintage: then nothing needs to be sorted. ``vintages``: where they are at hand.
    """
    known = vintages_of(source) if vintages is None else vintages
    return ONLY_VINTAGE if _one_vintage(known, first, last, quarters) else NEWEST_VINTAGE


def newest_totals(first: int, quarters: int, vintages: Vintages) -> str:
    """The same of the municipalities' totals that have a rate, in the periods that begin with one quarter."""
    return ONLY_TOTALS if _one_vintage(vintages, first, first, quarters) else NEWEST_TOTALS


def vintages_of(source: str) -> Vintages:
    """(first quarter, quarters) → the vintages in which anything of the period was released."""
    found: Vintages = defaultdict(set)
    for vintage_on, periods in Release.objects.filter(source=source).order_by().values_list("vintage_on", "periods"):
        for quarter, length in periods:
            found[quarter, length].add(vintage_on)
    return found


def _one_vintage(vintages: Vintages, first: int, last: int, quarters: int) -> bool:
    return all(len(vintages.get((quarter, quarters), ())) <= 1 for quarter in range(first, last + 1))


def span(source: str, first: int, last: int, quarters: int = 1, vintage_on: date | None = None) -> dict:
    """Its parameters."""
    return {
        "source": source,
        "first": first,
        "last": last,
        "quarters": quarters,
        "vintage_on": vintage_on or FAR_FUTURE,
    }
