"""Lines over time as SVG: one in the accent colour, the others grey and dashed, each named where it ends.

Drawn twice, and the page shows one: wide with the names beside the ends, and for a phone with the names below.
A figure of several quarters stands at its last one, and the axis names those quarters.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ..calculations.periods import Period
from ..queries.shown import format_percent

ACCENT, GREY, BAND = "#0062ba", "#6d7378", "#e9f1f8"
DASHES = ("6 3", "2 3", "9 3 2 3", "12 3")
NAME_HEIGHT, NAME_LENGTH = 15, 28


@dataclass(frozen=True)
class Format:
    """``right`` is kept for what stands at the ends; ``ticks`` is how many quarters the axis has room to name."""

    name: str
    width: int
    height: int
    right: int
    ticks: int
    left: int = 34
    top: int = 24
    bottom: int = 26


DESK = Format("for-desk", 760, 270, right=230, ticks=6)
PHONE = Format("for-phone", 350, 240, right=42, ticks=3)


@dataclass(frozen=True)
class Line:
    """A period without a rate is a gap; it is never bridged."""

    name: str
    rates: Mapping[Period, Decimal | None]
    is_accent: bool = False


def line_chart(lines: Sequence[Line], title: str, *, mark_last: bool = False) -> SafeString:
    """Empty when there is nothing to draw. ``title`` says what it shows, for those who do not see it.

    ``mark_last``: the quarters of the last figure stand in a band of their own, named above it.
    """
    lines = [line for line in lines if any(rate is not None for rate in line.rates.values())]
    if not lines:
        return SafeString("")
    return format_html("{}{}", *(_drawing(lines, title, form, mark_last) for form in (DESK, PHONE)))


def _drawing(lines: Sequence[Line], title: str, form: Format, mark_last: bool) -> SafeString:
    frame = _Frame(lines, form)
    below = NAME_HEIGHT * len(lines) + 8 if form is PHONE else 0
    return format_html(
        '<svg class="{}" role="img" viewBox="0 0 {} {}" xmlns="http://www.w3.org/2000/svg" font-size="13">'
        "<title>{}</title>{}{}{}{}{}{}</svg>",
        form.name, form.width, form.height + below, title, frame.last_window() if mark_last else "",
        frame.grid(), frame.quarters(), frame.drawn(), frame.names(), frame.names_below() if below else "",
    )  # fmt: skip


class _Frame:
    def __init__(self, lines: Sequence[Line], form: Format):
        self.lines, self.form = lines, form
        lasts = [period.last for line in lines for period in line.rates]
        rates = [rate for line in lines for rate in line.rates.values() if rate is not None]
        self.first, self.last = min(lasts), max(max(lasts), min(lasts) + 1)
        self.low, self.high = int(min(rates)), int(max(rates)) + 1

    def x(self, quarter: int) -> float:
        form = self.form
        across = form.width - form.left - form.right
        return round(form.left + across * (quarter - self.first) / (self.last - self.first), 1)

    def y(self, rate) -> float:
        form = self.form
        up = form.height - form.top - form.bottom
        return round(form.height - form.bottom - up * float((rate - self.low) / (self.high - self.low)), 1)

    def last_window(self) -> SafeString:
        """A band from the beginning of the last figure's quarters to where it stands, as far as the chart reaches."""
        window = max((period for line in self.lines for period in line.rates), key=lambda one: one.last)
        left, right = self.x(max(window.first - 1, self.first)), self.x(window.last)
        top, bottom = self.form.top, self.form.height - self.form.bottom
        return format_html(
            '<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>'
            '<text x="{}" y="{}" text-anchor="end" font-size="12" fill="{}">{}</text>',
            left, top, round(right - left, 1), bottom - top, BAND, right, top - 8, GREY, window.label(),
        )  # fmt: skip

    def grid(self) -> SafeString:
        step = max(1, (self.high - self.low) // 4)
        marks = [(self.y(Decimal(rate)), str(rate)) for rate in range(self.low, self.high + 1, step)]
        left, right = self.form.left, self.form.width - self.form.right
        return format_html_join(
            "",
            f'<line x1="{left}" x2="{right}" y1="{{}}" y2="{{}}" stroke="#dcdcdc"/>'
            f'<text x="{left - 8}" y="{{}}" text-anchor="end" fill="{GREY}">{{}}</text>',
            ((y, y, y + 4, rate) for y, rate in marks),
        )

    def quarters(self) -> SafeString:
        """The newest quarter, and the same one of years before it."""
        named = list(range(self.last, self.first - 1, -4))
        every = -(-len(named) // self.form.ticks)
        return format_html_join(
            "",
            f'<text x="{{}}" y="{self.form.height - 6}" text-anchor="middle" fill="{GREY}">{{}}</text>',
            ((self.x(quarter), Period(quarter).label()) for quarter in named[::every]),
        )

    def drawn(self) -> SafeString:
        ordered = sorted(self.lines, key=lambda line: line.is_accent)
        return format_html_join(
            "",
            '<polyline fill="none" stroke="{}" stroke-width="{}"{} points="{}"/>',
            (
                (_color(line), "2.5" if line.is_accent else "1.5", self._dashes(line), self._points(run))
                for line in ordered
                for run in _runs(line.rates)
            ),
        )

    def _dashes(self, line: Line) -> SafeString:
        """Told apart without colour: the accent line is whole, each of the others is broken in its own way."""
        if line.is_accent:
            return SafeString("")
        others = [one.name for one in self.lines if not one.is_accent]
        return format_html(' stroke-dasharray="{}"', DASHES[others.index(line.name) % len(DASHES)])

    def _points(self, run: list[tuple[Period, Decimal]]) -> str:
        return " ".join(f"{self.x(period.last)},{self.y(rate)}" for period, rate in run)

    def names(self) -> SafeString:
        """Each at the end of its line, pushed apart where two would lie over each other."""
        ends = sorted(((self.y(_last(line.rates)), line) for line in self.lines), key=lambda one: one[0])
        placed, lowest = [], float(self.form.top)
        for y, line in ends:
            lowest = max(y, lowest)
            placed.append((lowest + 4, line))
            lowest += NAME_HEIGHT
        x = self.form.width - self.form.right + 8
        return format_html_join(
            "",
            f'<text x="{x}" y="{{}}" fill="{{}}">{{}}</text>',
            ((round(y, 1), _color(line), self._end(line)) for y, line in placed),
        )

    def _end(self, line: Line) -> str:
        rate = format_percent(_last(line.rates))
        return rate if self.form is PHONE else f"{_short(line.name)} {rate}"

    def names_below(self) -> SafeString:
        """Whole names in the order of the ends, each with the figure that stands there."""
        ordered = sorted(self.lines, key=lambda line: self.y(_last(line.rates)))
        top = self.form.height + NAME_HEIGHT
        return format_html_join(
            "",
            f'<text x="{self.form.left}" y="{{}}" fill="{{}}">{{}} {{}}</text>',
            (
                (top + at * NAME_HEIGHT, _color(line), format_percent(_last(line.rates)), line.name)
                for at, line in enumerate(ordered)
            ),
        )


def _color(line: Line) -> str:
    return ACCENT if line.is_accent else GREY


def _short(name: str) -> str:
    return name if len(name) <= NAME_LENGTH else f"{name[: NAME_LENGTH - 1].rstrip()}…"


def _last(rates: Mapping[Period, Decimal | None]) -> Decimal:
    return next(rates[period] for period in sorted(rates, reverse=True) if rates[period] is not None)


def _runs(rates: Mapping[Period, Decimal | None]) -> list[list[tuple[Period, Decimal]]]:
    runs: list[list[tuple[Period, Decimal]]] = [[]]
    for period in sorted(rates):
        if rates[period] is None:
            runs.append([])
        else:
            runs[-1].append((period, rates[period]))
    return [run for run in runs if run]
