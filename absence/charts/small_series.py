"""A small series for a card or a table row: no axes, one point marked and named."""

from collections.abc import Mapping
from decimal import Decimal

from absence.calculations.periods import Period
from absence.charts.drawing import ACCENT, QUIET, number, sized
from absence.charts.lines import Line, _rows


def small_series(
    values: Mapping[Period, Decimal | None],
    *,
    marked: Period | None = None,
    beside: Mapping[Period, Decimal | None] | None = None,
    width: int = 220,
    height: int = 64,
    language: str = "nb",
) -> dict:
    """The series with one point marked (the last one, unless ``marked`` says another) and its value beside it.

    ``beside`` is drawn as a dashed grey line: the network, or the country. A held value that is looked at may be far
    from the others: it is marked all the same.
    """
    rows = [{**row, "own": True} for row in _rows(Line("own", values), ())]
    rows += [{**row, "own": False} for row in _rows(Line("beside", beside or {}), ())]
    point = marked or max((period for period, value in values.items() if value is not None), default=None)
    value = values.get(point) if point else None
    x = {"field": "last", "type": "quantitative", "axis": None, "scale": {"zero": False, "nice": False, "padding": 6}}
    y = {"field": "value", "type": "quantitative", "axis": None, "scale": {"zero": False, "padding": 6}}
    line = {
        "mark": {"type": "line"},
        "encoding": {
            "x": x,
            "y": y,
            "detail": {"field": "piece"},
            "color": _either(ACCENT, QUIET),
            "strokeDash": _either([1, 0], [3, 2]),
        },
    }
    layers = [line]
    if point and value is not None:
        layers += _marked(x, y, {"last": point.last, "value": float(value), "label": number(value, language)})
    return {**sized(width, height), "data": {"values": rows}, "layer": layers}


def _marked(x: dict, y: dict, point: dict) -> list[dict]:
    encoding, data = {"x": x, "y": y}, {"values": [point]}
    mark = {"type": "point", "filled": True, "size": 60, "color": ACCENT, "opacity": 1}
    text = {"type": "text", "align": "left", "dx": 8, "fontWeight": "bold"}
    return [
        {"data": data, "mark": mark, "encoding": encoding},
        {"data": data, "mark": text, "encoding": {**encoding, "text": {"field": "label"}}},
    ]


def _either(own: object, other: object) -> dict:
    return {"condition": {"test": "datum.own", "value": own}, "value": other}
