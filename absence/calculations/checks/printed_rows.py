"""The file's own mean and total rows beside what its figures give."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from absence.calculations.checks.context import PrintedRow
from absence.calculations.checks.tables import Table
from absence.calculations.columns import rate_from_days
from absence.calculations.dimensions import ALL, TOTAL
from absence.calculations.periods import Period

MEAN = "mean"  # Snitt, Gjennomsnitt
SUM = "total"  # I alt, Totalt, Hele landet


@dataclass(frozen=True)
class PrintedCell:
    """One number of a mean or total row, scaled as `FigureColumns` are; ``kind`` is MEAN or SUM."""

    label: str
    kind: str
    period: Period
    rate: int | None = None
    lost: int | None = None
    possible: int | None = None
    sector: str = ALL
    sex: str = ALL
    absence_type: str = TOTAL

    @property
    def printed(self) -> int | None:
        """The rate the row says, in ten-thousandths of a percent."""
        if self.rate is None and self.lost is not None and self.possible:
            return rate_from_days(self.lost, self.possible)
        return self.rate


def recomputed_rows(cells: Iterable[PrintedCell], table: Table, left_out: Collection[int]) -> list[PrintedRow]:
    """A row for each printed cell that says a rate. ``left_out`` are the places of held zeros; blanks never count."""
    return [
        PrintedRow(cell.label, cell.period, cell.printed, _recomputed(cell, table, left_out))
        for cell in cells
        if cell.printed is not None
    ]


def _recomputed(cell: PrintedCell, table: Table, left_out: Collection[int]) -> tuple[int, ...]:
    """As labelled first: a mean row may be simple or weighted; a total is weighted, simple when there are no workdays.

    Of the whole country nothing can be said from rates alone.
    """
    c, wanted = table.columns, (cell.sector, cell.sex, cell.absence_type)
    slots = zip(table.slots(cell.period), table.places.get(cell.period, ()), strict=True)
    places = [i for slot, i in slots if slot[1:] == wanted and i not in left_out and table.rates[i] is not None]
    if not places:
        return ()
    rates, days = [table.rates[i] for i in places], [(c.lost[i], c.possible[i]) for i in places]
    simple = (2 * sum(rates) + len(rates)) // (2 * len(rates))
    if any(lost is None or not possible for lost, possible in days):
        country = cell.kind == SUM and "landet" in cell.label.lower()
        return () if country else (simple,)
    weighted = rate_from_days(sum(lost for lost, _ in days), sum(possible for _, possible in days))
    return (simple, weighted) if cell.kind == MEAN else (weighted,)
