"""Small line charts: one line in the accent colour, the others grey, each named at its end."""

from dataclasses import dataclass

ACCENT, GREY, INK = "#0062ba", "#77797b", "#292c30"


@dataclass(frozen=True)
class Line:
    """``points`` are (ISO date, percent as text); the date is the last day of the window."""

    name: str
    points: tuple[tuple[str, str], ...]
    is_accent: bool = False


def line_chart(lines: list[Line], *, width: int = 640, height: int = 220, unit: str = "") -> dict:
    """A Vega-Lite specification; numbers are read from text, so that no rounding creeps in before drawing."""
    rows = [
        {"at": at, "rate": float(rate), "who": line.name, "accent": line.is_accent, "is_last": at == line.points[-1][0]}
        for line in lines
        for at, rate in line.points
    ]
    color = {"condition": {"test": "datum.accent", "value": ACCENT}, "value": GREY}
    x = {"field": "at", "type": "temporal", "title": None, "axis": {"format": "%Y", "tickCount": "year"}}
    y = {"field": "rate", "type": "quantitative", "title": unit, "scale": {"zero": False, "nice": True}}
    y["axis"] = {"format": ".1f", "tickCount": 5}
    return {
        "width": width,
        "height": height,
        "padding": {"left": 0, "right": 8, "top": 8, "bottom": 0},
        "data": {"values": rows},
        "encoding": {"x": x, "y": y, "detail": {"field": "who"}},
        "layer": [
            {"mark": {"type": "line", "strokeWidth": 2.5}, "encoding": {"color": color}},
            {
                "mark": {"type": "text", "align": "left", "dx": 6, "fontSize": 13},
                "transform": [{"filter": "datum.is_last"}],
                "encoding": {"text": {"field": "who"}, "color": color},
            },
        ],
    }
