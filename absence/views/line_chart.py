"""Lines over time as SVG: one in the accent colour, the others grey, each named where it ends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ..calculations.periods import Period
from ..calculations.rates import format_percent

WIDTH, HEIGHT = 760, 260
LEFT, RIGHT, TOP, BOTTOM = 34, 230, 14, 26
ACCENT, GREY = "#0062ba", "#6d7378"
NAME_HEIGHT, NAME_LENGTH = 15, 28


@dataclass(frozen=True)
class Line:
    """A period without a rate is a gap; it is never bridged."""

    name: str
    rates: Mapping[Period, Decimal | None]
    is_accent: bool = False


def line_chart(lines: Sequence[Line], title: str) -> SafeString:
    """Empty when there is nothing to draw. ``title`` says what it shows, for those who do not see it."""
    lines = [line for line in lines if any(rate is not None for rate in line.rates.values())]
    if not lines:
        return SafeString("")
    frame = _Frame(lines)
    return format_html(
        '<svg role="img" viewBox="0 0 {} {}" xmlns="http://www.w3.org/2000/svg" font-size="13"><title>{}</title>'
        "{}{}{}{}</svg>",
        WIDTH, HEIGHT, title, frame.grid(), frame.years(), frame.drawn(), frame.names(),
    )  # fmt: skip


class _Frame:
    def __init__(self, lines: Sequence[Line]):
        self.lines = lines
        lasts = [period.last for line in lines for period in line.rates]
        rates = [rate for line in lines for rate in line.rates.values() if rate is not None]
        self.first, self.last = min(lasts), max(max(lasts), min(lasts) + 1)
        self.low, self.high = int(min(rates)), int(max(rates)) + 1

    def x(self, quarter: int) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (quarter - self.first) / (self.last - self.first), 1)

    def y(self, rate) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * float((rate - self.low) / (self.high - self.low)), 1)

    def grid(self) -> SafeString:
        step = max(1, (self.high - self.low) // 4)
        marks = [(self.y(Decimal(rate)), str(rate)) for rate in range(self.low, self.high + 1, step)]
        return format_html_join(
            "",
            f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{{}}" y2="{{}}" stroke="#dcdcdc"/>'
            f'<text x="{LEFT - 8}" y="{{}}" text-anchor="end" fill="{GREY}">{{}}</text>',
            ((y, y, y + 4, rate) for y, rate in marks),
        )

    def years(self) -> SafeString:
        quarters = [quarter for quarter in range(self.first, self.last + 1) if quarter % 4 == 3]
        every = max(1, len(quarters) // 8)
        return format_html_join(
            "",
            f'<text x="{{}}" y="{HEIGHT - 6}" text-anchor="middle" fill="{GREY}">{{}}</text>',
            ((self.x(quarter), str(quarter // 4)) for quarter in quarters[::every]),
        )

    def drawn(self) -> SafeString:
        ordered = sorted(self.lines, key=lambda line: line.is_accent)
        return format_html_join(
            "",
            '<polyline fill="none" stroke="{}" stroke-width="{}" points="{}"/>',
            (
                (ACCENT if line.is_accent else GREY, "2.5" if line.is_accent else "1.5", self._points(run))
                for line in ordered
                for run in _runs(line.rates)
            ),
        )

    def _points(self, run: list[tuple[Period, Decimal]]) -> str:
        return " ".join(f"{self.x(period.last)},{self.y(rate)}" for period, rate in run)

    def names(self) -> SafeString:
        """Each at the end of its line, pushed apart where two would lie over each other."""
        ends = sorted(((self.y(_last(line.rates)), line) for line in self.lines), key=lambda one: one[0])
        placed, lowest = [], float(TOP)
        for y, line in ends:
            lowest = max(y, lowest)
            placed.append((lowest + 4, line))
            lowest += NAME_HEIGHT
        x = WIDTH - RIGHT + 8
        return format_html_join(
            "",
            f'<text x="{x}" y="{{}}" fill="{{}}">{{}} {{}}</text>',
            (
                (round(y, 1), ACCENT if line.is_accent else GREY, _short(line.name), format_percent(_last(line.rates)))
                for y, line in placed
            ),
        )


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
