"""A small series as SVG, the doubted point marked. No script, no style: it stands under the strictest rules."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..queries.desk import Point
from ..queries.shown import format_percent

WIDTH, HEIGHT, EDGE = 224, 64, 6


def sparkline(points: Sequence[Point]) -> SafeString:
    """Empty for fewer than two figures: one point is no series."""
    shown = [one for one in points if one.rate is not None]
    if len(shown) < 2:
        return SafeString("")
    place = _scale(points)
    marked = next((one for one in shown if one.is_marked), None)
    lines = format_html_join(
        "",
        '<polyline fill="none" stroke="#6d7378" stroke-width="1.5" points="{}"/>',
        ((" ".join(f"{x},{y}" for x, y in map(place, run)),) for run in _runs(points) if len(run) > 1),
    )
    dots = format_html_join(
        "", '<circle cx="{}" cy="{}" r="1.8" fill="#6d7378"/>', (place(one) for one in shown if not one.is_marked)
    )
    ring = _ring(place(marked)) if marked else ""
    return format_html(
        '<svg role="img" viewBox="0 0 {} {}" width="{}" height="{}" xmlns="http://www.w3.org/2000/svg">'
        "<title>{}</title>{}{}{}</svg>",
        WIDTH, HEIGHT, WIDTH, HEIGHT, _in_words(shown), lines, dots, ring,
    )  # fmt: skip


def _ring(place: tuple[float, float]) -> SafeString:
    return format_html(
        '<circle cx="{}" cy="{}" r="4.5" fill="none" stroke="#c01b1b" stroke-width="2"/>'
        '<circle cx="{}" cy="{}" r="1.8" fill="#c01b1b"/>',
        *place, *place,
    )  # fmt: skip


def _scale(points: Sequence[Point]):
    firsts = [one.period.first for one in points]
    rates = [one.rate for one in points if one.rate is not None]
    low, high = min(rates), max(rates)
    span, width = (high - low) or 1, (max(firsts) - min(firsts)) or 1

    def place(one: Point) -> tuple[float, float]:
        x = EDGE + (WIDTH - 2 * EDGE) * (one.period.first - min(firsts)) / width
        y = HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * float((one.rate - low) / span)
        return round(x, 1), round(y, 1)

    return place


def _runs(points: Sequence[Point]) -> list[list[Point]]:
    """Cut where a figure is missing: a gap is never bridged by a line."""
    runs: list[list[Point]] = [[]]
    for one in points:
        if one.rate is None:
            runs.append([])
        else:
            runs[-1].append(one)
    return runs


def _in_words(shown: Sequence[Point]) -> str:
    ends = shown[0], shown[-1]
    values = {
        "first": ends[0].period.label(),
        "last": ends[1].period.label(),
        "from": format_percent(ends[0].rate),
        "to": format_percent(ends[1].rate),
    }
    return _("From %(from)s percent in %(first)s to %(to)s in %(last)s") % values
