"""The file's own mean and total rows beside what its figures give."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from absence.calculations.checks.context import Known, PrintedRow
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
        PrintedRow(cell.label, cell.period, printed, _recomputed(cell, table, left_out))
        for cell in cells
        if (printed := cell.printed) is not None
    ]


def _recomputed(cell: PrintedCell, table: Table, left_out: Collection[int]) -> tuple[int, ...]:
    """As labelled first: a mean row may be simple or weighted; a total is weighted, simple when there are no workdays.

    Of the whole country nothing can be said from rates alone.
    """
    known = _behind(cell, table, left_out)
    if not known:
        return ()
    simple = (2 * sum(one.rate for one in known) + len(known)) // (2 * len(known))
    days = [(one.lost, one.possible) for one in known if one.lost is not None and one.possible]
    if len(days) < len(known):
        country = cell.kind == SUM and "landet" in cell.label.lower()
        return () if country else (simple,)
    weighted = rate_from_days(sum(lost for lost, _ in days), sum(possible for _, possible in days))
    return (simple, weighted) if cell.kind == MEAN else (weighted,)


def _behind(cell: PrintedCell, table: Table, left_out: Collection[int]) -> list[Known]:
    """The figures a printed cell should sum up; totals also where the file gives only their parts."""
    wanted = (cell.sector, cell.sex, cell.absence_type)
    if wanted == (ALL, ALL, TOTAL):
        places = table.total_places.get(cell.period, {})
        totals = table.totals.get(cell.period, {})
        return [known for unit, known in totals.items() if known.rate and places.get(unit) not in left_out]
    c, slots = table.columns, zip(table.slots(cell.period), table.places.get(cell.period, ()), strict=True)
    return [
        Known(cell.period, rate, c.lost[i], c.possible[i])
        for slot, i in slots
        if slot[1:] == wanted and i not in left_out and (rate := table.rates[i]) is not None
    ]
