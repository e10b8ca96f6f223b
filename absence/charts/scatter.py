"""Absence and size: one mark a municipality. What it shows is an association, not a cause; the text must say so."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from absence.charts.drawing import ACCENT, OTHER, number, rate_axis, sized


@dataclass(frozen=True)
class Place:
    """A municipality: inhabitants and rate in percent. ``named``: its name is written beside it."""

    label: str
    population: int
    rate: Decimal
    participant: bool = True
    named: bool = False


@dataclass(frozen=True)
class BandMean:
    """The mean rate of a size band, drawn as a line over the sizes it spans."""

    label: str
    smallest: int
    largest: int
    rate: Decimal


def size_scatter(
    places: Sequence[Place],
    *,
    x_title: str,
    y_title: str,
    bands: Sequence[BandMean] = (),
    width: int = 640,
    height: int = 360,
    language: str = "nb",
) -> dict:
    """Inhabitants (logarithmic) against the rate: participants filled, the others hollow; band means as lines."""
    rows = [
        {
            "label": place.label,
            "population": place.population,
            "value": float(place.rate),
            "participant": place.participant,
            "named": place.named,
        }
        for place in places
    ]
    x = {
        "field": "population",
        "type": "quantitative",
        "scale": {"type": "log", "nice": False, "padding": 10},
        "axis": {"title": x_title, "format": ",d", "values": _ticks(rows), "labelOverlap": "greedy"},
    }
    y = rate_axis(y_title)
    fill = {"condition": {"test": "datum.participant", "value": ACCENT}, "value": "#ffffff"}
    stroke = {"condition": {"test": "datum.participant", "value": ACCENT}, "value": OTHER}
    points = {
        "mark": {"type": "point", "size": 34, "filled": False, "strokeWidth": 1.2, "opacity": 0.85},
        "encoding": {"x": x, "y": y, "fill": fill, "stroke": stroke},
    }
    names = {
        "transform": [{"filter": "datum.named"}],
        "mark": {"type": "text", "align": "left", "dx": 7},
        "encoding": {"x": x, "y": y, "text": {"field": "label"}},
    }
    return {
        **sized(width, height),
        "data": {"values": rows},
        "layer": [points, names, *_band_layers(bands, x, y, language)],
    }


def _ticks(rows: list[dict]) -> list[int]:
    """1, 2 and 5 times the powers of ten, as far as there are municipalities."""
    largest = max((row["population"] for row in rows), default=1)
    smallest = min((row["population"] for row in rows), default=1)
    return [n * 10**power for power in range(2, 7) for n in (1, 2, 5) if smallest <= n * 10**power <= largest]


def _band_layers(bands: Sequence[BandMean], x: dict, y: dict, language: str) -> list[dict]:
    if not bands:
        return []
    rows = [
        {
            "population": band.smallest,
            "largest": band.largest,
            "value": float(band.rate),
            "label": f"{band.label} {number(band.rate, language)}",
        }
        for band in bands
    ]
    line = {"type": "rule", "strokeWidth": 2.4, "color": "#1a1a1a"}
    words = {"type": "text", "align": "left", "baseline": "bottom", "dy": -4, "fontWeight": "bold"}
    place = {"x": x, "y": y}
    return [
        {"data": {"values": rows}, "mark": line, "encoding": {**place, "x2": {"field": "largest"}}},
        {"data": {"values": rows}, "mark": words, "encoding": {**place, "text": {"field": "label"}}},
    ]
