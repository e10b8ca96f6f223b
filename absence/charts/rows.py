"""One row a group or a municipality: bars of groups, dots of municipalities, each in two periods."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from absence.charts.drawing import ACCENT, OTHER, QUIET, number, rate_axis, sized

ROW = 22  # pixels
BAR_ROW = 44
TOP = 60  # axis and legend


@dataclass(frozen=True)
class Row:
    """Rates in percent before and now; None where there is none. ``accent``: the programme, or the unit looked at."""

    label: str
    now: Decimal | None
    before: Decimal | None = None
    accent: bool = False


def group_bars(
    rows: Sequence[Row], *, x_title: str, now: str, before: str = "", width: int = 640, language: str = "nb"
) -> dict:
    """Horizontal bars from zero with their values at the end; the earlier period is hollow, above the later one.

    ``now`` and ``before`` name the periods in the legend. Without ``before`` there is one bar a group.
    """
    periods = [before, now] if before else [now]
    values = _long(rows, now, before, language)
    y = {
        "field": "label",
        "type": "nominal",
        "sort": None,
        "scale": {"paddingInner": 0.3, "paddingOuter": 0.15},
        "axis": {"title": None, "labelLimit": 260, "ticks": False, "domain": False},
    }
    offset = {"yOffset": {"field": "period", "sort": periods, "scale": {"paddingInner": 0.12}}} if before else {}
    place = {"y": y, "x": rate_axis(x_title, from_zero=True), **offset}
    bars = {
        "mark": {"type": "bar", "strokeWidth": 1.2},
        "encoding": {**place, **_filled(periods, now), "stroke": _accent("datum.accent")},
    }
    words = {
        "mark": {"type": "text", "align": "left", "dx": 4},
        "encoding": {**place, "text": {"field": "shown"}},
    }
    height = TOP + len(rows) * (BAR_ROW if before else ROW + 6)
    return {**sized(width, height), "data": {"values": values}, "layer": [bars, words, _dashes({"y": y, **offset})]}


def municipality_dots(
    rows: Sequence[Row],
    *,
    x_title: str,
    now: str,
    before: str = "",
    mean: Decimal | None = None,
    mean_label: str = "",
    width: int = 640,
    language: str = "nb",
) -> dict:
    """A dot plot, the highest rate first: a filled dot now, a hollow one before, a line between; the mean as a rule."""
    ordered = sorted(rows, key=lambda row: (-(row.now or 0), row.label))
    values = _long(ordered, now, before, language)
    names = [row.label for row in ordered]
    y = {"field": "label", "type": "nominal", "sort": names, "axis": {"title": None, "labelLimit": 200, "grid": True}}
    place = {"y": y, "x": rate_axis(x_title)}
    line = {
        "transform": [{"filter": "isValid(datum.value) && isValid(datum.other)"}],
        "mark": {"type": "rule", "color": QUIET},
        "encoding": {**place, "x2": {"field": "other"}},
    }
    dots = {
        "mark": {"type": "point", "size": 70, "filled": False, "strokeWidth": 1.6, "opacity": 1},
        "encoding": {**place, **_filled([one for one in (before, now) if one], now), "stroke": _accent("datum.accent")},
    }
    layers = [
        *(_mean_rule(mean, mean_label, language) if mean is not None else []),
        line,
        dots,
        *_beside_dots(place),
        _dashes({"y": y}),
    ]
    return {**sized(width, TOP + len(rows) * ROW), "data": {"values": values}, "layer": layers}


def _long(rows: Sequence[Row], now: str, before: str, language: str) -> list[dict]:
    """A record a row and period. A row without a value keeps its place, with «–»."""
    return [
        {
            "label": row.label,
            "period": period,
            "value": None if value is None else float(value),
            "other": None if other is None else float(other),
            "shown": number(value, language),
            "accent": row.accent,
            "is_now": period == now,
        }
        for row in rows
        for period, value, other in ((before, row.before, row.now), (now, row.now, row.before))
        if period
    ]


def _beside_dots(place: dict) -> list[dict]:
    """The present value, on the side that the line from the earlier one does not come from."""
    came_down = "isValid(datum.other) && datum.other > datum.value"
    sides = ((f"!({came_down})", "left", 9), (came_down, "right", -9))
    return [
        {
            "transform": [{"filter": f"datum.is_now && isValid(datum.value) && {test}"}],
            "mark": {"type": "text", "align": align, "dx": dx},
            "encoding": {**place, "text": {"field": "shown"}},
        }
        for test, align, dx in sides
    ]


def _dashes(place: dict) -> dict:
    """«–» where the present rate is missing: a row without a mark would look like a mistake."""
    return {
        "transform": [{"filter": "datum.is_now && !isValid(datum.value)"}],
        "mark": {"type": "text", "align": "left", "x": 4},
        "encoding": {**place, "text": {"field": "shown"}},
    }


def _filled(periods: list[str], now: str) -> dict:
    """Filled now, hollow before; the legend shows both."""
    fills = [OTHER if period == now else "#ffffff" for period in periods]
    legend = {"orient": "top", "title": None, "symbolStrokeColor": OTHER, "symbolStrokeWidth": 1.4}
    fill = {
        "condition": {"test": "datum.accent && datum.is_now", "value": ACCENT},
        "field": "period",
        "type": "nominal",
        "scale": {"domain": periods, "range": fills},
        "legend": legend if len(periods) > 1 else None,
    }
    return {"fill": fill}


def _accent(test: str) -> dict:
    return {"condition": {"test": test, "value": ACCENT}, "value": OTHER}


def _mean_rule(mean: Decimal, label: str, language: str) -> list[dict]:
    data = {"values": [{"value": float(mean), "words": f"{label} {number(mean, language)}".strip()}]}
    x = {"field": "value", "type": "quantitative"}
    return [
        {"data": data, "mark": {"type": "rule", "strokeDash": [4, 3], "color": QUIET}, "encoding": {"x": x}},
        {
            "data": data,
            "mark": {"type": "text", "align": "left", "baseline": "bottom", "dx": 4, "dy": -2, "y": 0},
            "encoding": {"x": x, "text": {"field": "words"}},
        },
    ]
