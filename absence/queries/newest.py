"""Figures in their newest vintage, by the cheapest statement that is right."""

from collections import defaultdict
from datetime import date

from ..models import Release
from .statements import NEWEST_TOTALS, NEWEST_VINTAGE, ONLY_TOTALS, ONLY_VINTAGE

FAR_FUTURE = date(9999, 12, 31)


def newest_figures(source: str, first: int, last: int, quarters: int = 1) -> str:
    """A statement with the parameters source, first, last, quarters and vintage_on; see `statements`.

    Most quarters have one vintage: then nothing needs to be sorted.
    """
    return ONLY_VINTAGE if _one_vintage(source, first, last, quarters) else NEWEST_VINTAGE


def newest_totals(source: str, first: int, quarters: int = 1) -> str:
    """The same of the municipalities' totals that have a rate, in the periods that begin with one quarter."""
    return ONLY_TOTALS if _one_vintage(source, first, first, quarters) else NEWEST_TOTALS


def _one_vintage(source: str, first: int, last: int, quarters: int) -> bool:
    vintages: dict[int, set[date]] = defaultdict(set)
    for vintage_on, periods in Release.objects.filter(source=source).values_list("vintage_on", "periods"):
        for quarter, length in periods:
            if length == quarters and first <= quarter <= last:
                vintages[quarter].add(vintage_on)
    return all(len(found) == 1 for found in vintages.values())


def span(source: str, first: int, last: int, quarters: int = 1, vintage_on: date | None = None) -> dict:
    """Its parameters."""
    return {
        "source": source,
        "first": first,
        "last": last,
        "quarters": quarters,
        "vintage_on": vintage_on or FAR_FUTURE,
    }
