"""What the charts share: inks, the time axis, labels beside lines."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from absence.calculations.periods import Period
from absence.calculations.rates import format_percent

ACCENT, OTHER, QUIET = "#0b4f6c", "#6b6b6b", "#8c8c8c"
LINE_HEIGHT = 14  # pixels between two labels
MANY = 8  # ticks; with more, only one a year
_EXPRESSIONS = {
    "nb": "(datum.value % 4 + 1) + '. kv. ' + floor(datum.value / 4)",
    "en": "'Q' + (datum.value % 4 + 1) + ' ' + floor(datum.value / 4)",
}


def sized(width: int, height: int) -> dict:
    """The outer size in pixels: labels beside the lines are inside it."""
    padding = {"left": 0, "right": 2, "top": 4, "bottom": 5}  # below: room for the descenders of an axis title
    return {"width": width, "height": height, "autosize": {"type": "fit", "contains": "padding"}, "padding": padding}


def quarter_axis(periods: Sequence[Period], title: str, language: str) -> dict:
    """A time axis in true spacing. A period stands at its last quarter; with many, each year's fourth is labelled."""
    lasts = sorted({period.last for period in periods})
    shown = lasts if len(lasts) <= MANY else [last for last in lasts if last % 4 == 3]
    return {
        "field": "last",
        "type": "quantitative",
        "scale": {"nice": False, "zero": False, "padding": 8},
        "axis": {
            "values": shown,
            "labelExpr": _EXPRESSIONS["en" if language == "en" else "nb"],
            "labelOverlap": "greedy",
            "grid": False,
            "title": title or None,
        },
    }


def rate_axis(title: str, *, from_zero: bool = False) -> dict:
    """A percent axis. Lines and dots need no zero; bars do, since their length is read."""
    scale = {"zero": from_zero, "nice": from_zero} | ({} if from_zero else {"padding": 12})
    return {"field": "value", "type": "quantitative", "scale": scale, "axis": {"title": title, "tickCount": 5}}


def number(value: Decimal | None, language: str) -> str:
    """A rate as a label: «10,2», in English «10.2»; «–» for none."""
    shown = format_percent(value)
    return shown.replace(",", ".") if language == "en" else shown


def spread_out(values: Sequence[float], pixels: int) -> list[float]:
    """Where labels at these values stand so that none covers another, on an axis ``pixels`` high.

    Keeps their order; each lies at least a line below the one above it.

    >>> [round(value, 1) for value in spread_out([10.0, 9.9, 8.0], 28)]
    [10.0, 9.0, 8.0]
    """
    span = (max(values) - min(values)) or 1.0
    gap = span * min(LINE_HEIGHT / pixels, 1 / max(len(values) - 1, 1))
    order = sorted(range(len(values)), key=lambda i: -values[i])
    placed = list(values)
    for above, below in pairwise(order):
        placed[below] = min(placed[below], placed[above] - gap)
    overflow = min(values) - min(placed)
    return [value + overflow / 2 for value in placed] if overflow > 0 else placed
