"""The programme against the others: one line a group, named at its end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from absence.calculations.periods import Period
from absence.calculations.series import Break
from absence.charts.drawing import ACCENT, OTHER, QUIET, number, quarter_axis, rate_axis, sized, spread_out

_DASHES = ([6, 3], [2, 2], [8, 3, 2, 3], [12, 3], [1, 3])


@dataclass(frozen=True)
class Line:
    """A group's rates in percent, by period; None is a gap. ``accent``: the programme itself."""

    label: str
    values: Mapping[Period, Decimal | None]
    accent: bool = False


def programme_against_others(
    lines: Sequence[Line],
    *,
    y_title: str,
    x_title: str = "",
    breaks: Sequence[Break] = (),
    width: int = 640,
    height: int = 300,
    language: str = "nb",
) -> dict:
    """A line chart with the last value of each group written beside its name.

    All lines must hold periods of one length. A window stands at its last quarter, so ``x_title`` should say so.
    """
    periods = sorted({period for line in lines for period in line.values})
    x, y = quarter_axis(periods, x_title, language), rate_axis(y_title)
    rows = [row for line in lines for row in _rows(line, breaks)]
    labels = [line.label for line in lines]
    ends = _ends(lines, height, language)
    style = {
        "color": _scale("series", labels, [ACCENT if line.accent else OTHER for line in lines]),
        "strokeDash": _scale("series", labels, _dashes(lines)),
        "strokeWidth": _scale("series", labels, [2.6 if line.accent else 1.6 for line in lines]),
    }
    layers = [
        {"mark": {"type": "line"}, "encoding": {"x": x, "y": y, **style, "detail": {"field": "piece"}}},
        {
            "transform": [{"filter": "datum.alone"}],
            "mark": {"type": "point", "filled": True, "size": 36, "opacity": 1},
            "encoding": {"x": x, "y": y, "color": style["color"]},
        },
        _end_points(ends, style["color"]),
        _end_labels(ends),
        *_break_layers(breaks, periods),
    ]
    return {**sized(width, height), "data": {"values": rows}, "layer": layers}


def _rows(line: Line, breaks: Sequence[Break]) -> list[dict]:
    pieces: list[list[dict]] = [[]]
    previous: Period | None = None
    for period in sorted(line.values):
        value = line.values[period]
        if previous and any(previous.first < one.at <= period.first for one in breaks):
            pieces.append([])
        if value is None:
            pieces.append([])
        else:
            pieces[-1].append({"series": line.label, "last": period.last, "value": float(value)})
        previous = period
    return [
        {**row, "piece": f"{line.label} {i}", "alone": len(piece) == 1}
        for i, piece in enumerate(pieces)
        for row in piece
    ]


def _ends(lines: Sequence[Line], height: int, language: str) -> list[dict]:
    """The last value of each line, and where its label stands without covering another."""
    last = [(line, max((p for p, v in line.values.items() if v is not None), default=None)) for line in lines]
    known = [(line, period, value) for line, period in last if period and (value := line.values[period]) is not None]
    if not known:
        return []
    everything = [float(value) for line, *_ in known for value in line.values.values() if value is not None]
    share = (max(everything) - min(everything)) or 1.0
    own = [float(value) for *_, value in known]
    pixels = max(1, round(height * 0.8 * ((max(own) - min(own)) or share) / share))
    return [
        {
            "series": line.label,
            "last": period.last,
            "value": float(value),
            "label_at": at,
            "label": f"{line.label} {number(value, language)}",
            "weight": "bold" if line.accent else "normal",
        }
        for (line, period, value), at in zip(known, spread_out(own, pixels), strict=True)
    ]


def _end_points(ends: list[dict], color: dict) -> dict:
    return {
        "data": {"values": ends},
        "mark": {"type": "point", "filled": True, "size": 44, "opacity": 1},
        "encoding": {"x": _at("last"), "y": _at("value"), "color": color},
    }


def _end_labels(ends: list[dict]) -> dict:
    bold = {"condition": {"test": "datum.weight === 'bold'", "value": "bold"}, "value": "normal"}
    return {
        "data": {"values": ends},
        "mark": {"type": "text", "align": "left", "dx": 8, "baseline": "middle"},
        "encoding": {
            "x": _at("last"),
            "y": _at("label_at"),
            "text": {"field": "label"},
            "fontWeight": bold,
        },
    }


def _break_layers(breaks: Sequence[Break], periods: Sequence[Period]) -> list[dict]:
    if not breaks or not periods:
        return []
    inside = [one for one in breaks if periods[0].last < one.at <= periods[-1].last]
    data = {"values": [{"last": one.at - 0.5, "reason": one.reason} for one in inside]}
    rule = {
        "data": data,
        "mark": {"type": "rule", "strokeDash": [2, 3], "color": QUIET},
        "encoding": {"x": _at("last")},
    }
    words = {
        "data": data,
        "mark": {"type": "text", "align": "left", "baseline": "top", "dx": 4, "y": 0},
        "encoding": {"x": _at("last"), "text": {"field": "reason"}},
    }
    return [rule, words]


def _dashes(lines: Sequence[Line]) -> list[list[int]]:
    others = iter(_DASHES * len(lines))
    return [[1, 0] if line.accent else next(others) for line in lines]


def _scale(field: str, domain: list, values: list) -> dict:
    return {"field": field, "type": "nominal", "scale": {"domain": domain, "range": values}, "legend": None}


def _at(field: str) -> dict:
    return {"field": field, "type": "quantitative"}
