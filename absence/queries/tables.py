"""What a table of absence is: rows of values, with how they were made, on how many municipalities and which vintage.

Values are Decimal and unrounded, in percent (changes in percentage points, sizes in inhabitants).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..calculations.periods import Period
from .ground import Ground
from .vintages import source_line


@dataclass(frozen=True)
class Row:
    """``n`` municipalities of ``n_total`` stand behind the values. ``basis``: rolled, published or printed."""

    key: str
    label: str
    values: tuple[Decimal | None, ...]
    n: int | None = None
    n_total: int | None = None
    basis: str = "rolled"


@dataclass(frozen=True)
class AbsenceTable:
    """``columns`` are the headings of the values: a `Period` as text, ``change``, ``mean_rate`` or ``mean_size``."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    weighting: str
    source: str
    vintage: date | None
    source_line: str
    periods: tuple[Period, ...] = ()
    n_reporting: int = 0
    n_total: int = 0
    notes: tuple[str, ...] = ()

    def row(self, key: str) -> Row:
        return next(row for row in self.rows if row.key == key)


def made_table(
    ground: Ground,
    columns: Iterable[str],
    rows: Iterable[Row],
    weighting: str,
    periods: tuple[Period, ...],
    *,
    n: int,
    total: int,
    notes: Iterable[str],
    lengths: tuple[int, ...] = (1,),
) -> AbsenceTable:
    """The table with its source line. ``lengths`` are the lengths of the figures it is made of, in quarters."""
    vintage = ground.vintage_of(periods, lengths)
    line = source_line(ground.source, _span(periods), vintage, n=n, total=total, weighting=weighting)
    return AbsenceTable(
        columns=tuple(columns),
        rows=tuple(rows),
        weighting=str(weighting),
        source=str(ground.source),
        vintage=vintage,
        source_line=line,
        periods=tuple(periods),
        n_reporting=n,
        n_total=total,
        notes=tuple(notes),
    )


def _span(periods: tuple[Period, ...]) -> str:
    if not periods:
        return ""
    if len(periods) == 1:
        return periods[0].label()
    ends = Period(periods[0].first).label(), Period(max(one.last for one in periods)).label()
    return "–".join(ends)
