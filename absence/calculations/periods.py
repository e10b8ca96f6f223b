"""Periods: runs of whole quarters.

A quarter is one integer, ``year * 4 + (quarter - 1)``, so that neighbours differ by one and a window is arithmetic:
2008Q1 is 8032. A period is 1, 2 or 4 quarters; published four-quarter windows overlap, and are periods of their own.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

_QUARTER = re.compile(r"^(\d{4})Q([1-4])$")


def quarter_index(year: int, quarter: int) -> int:
    """The integer of a quarter; ``quarter`` is 1–4. ``quarter_index(2008, 1) == 8032``."""
    if quarter not in (1, 2, 3, 4):
        raise ValueError(f"quarter must be 1, 2, 3 or 4, not {quarter}")
    return year * 4 + quarter - 1


def quarter_text(index: int) -> str:
    """``8032`` → ``2008Q1``."""
    return f"{index // 4}Q{index % 4 + 1}"


def quarter_start(index: int) -> date:
    """The first day of the quarter."""
    return date(index // 4, index % 4 * 3 + 1, 1)


@dataclass(frozen=True, order=True)
class Period:
    """``quarters`` (1, 2 or 4) whole quarters from quarter ``first`` on."""

    first: int
    quarters: int = 1

    def __post_init__(self):
        if self.quarters not in (1, 2, 4):
            raise ValueError(f"a period is 1, 2 or 4 quarters, not {self.quarters}")

    @property
    def last(self) -> int:
        return self.first + self.quarters - 1

    @property
    def starts_on(self) -> date:
        return quarter_start(self.first)

    @property
    def ends_on(self) -> date:
        return quarter_start(self.last + 1) - timedelta(days=1)

    def overlaps(self, other: "Period") -> bool:
        return self.first <= other.last and other.first <= self.last

    def __str__(self) -> str:
        """``2008Q1`` or, for windows, ``2007Q4-2008Q3``."""
        if self.quarters == 1:
            return quarter_text(self.first)
        return f"{quarter_text(self.first)}-{quarter_text(self.last)}"

    @classmethod
    def parse(cls, text: str) -> "Period":
        """The inverse of ``str``; also the short window ``Q407-Q308``. Raises ValueError."""
        short = re.fullmatch(r"Q([1-4])(\d\d)-Q([1-4])(\d\d)", text)
        if short:
            q1, y1, q2, y2 = (int(part) for part in short.groups())
            first, last = quarter_index(2000 + y1, q1), quarter_index(2000 + y2, q2)
        else:
            ends = [_QUARTER.match(part) for part in text.split("-")]
            if len(ends) > 2 or not all(ends):
                raise ValueError(f"not a period: {text!r}")
            quarters = [quarter_index(int(end[1]), int(end[2])) for end in ends if end]
            first, last = quarters[0], quarters[-1]
        return cls(first, last - first + 1)

    def label(self) -> str:
        """The Norwegian form: «1. kv. 2008», «4. kv. 2007–3. kv. 2008»."""
        one = lambda index: f"{index % 4 + 1}. kv. {index // 4}"  # noqa: E731
        return one(self.first) if self.quarters == 1 else f"{one(self.first)}–{one(self.last)}"
