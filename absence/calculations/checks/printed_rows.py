"""The file's own mean and total rows beside what its figures give."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from absence.calculations.checks.context import Known, PrintedRow
from absence.calculations.checks.tables import Table
from absence.calculations.columns import rate_from_days
from absence.calculations.dimensions import ALL, TOTAL
from absence.calculations.periods import Period

MEAN = "mean"  # Snitt, Gjennomsnitt
SUM = "total"  # I alt, Totalt, Hele landet
UNSTATED = "unstated"  # Uoppgitt: no municipality's, but in the total
DIFFERENCE = "diff"  # Differanse, of two rows that stand together


@dataclass(frozen=True)
class PrintedCell:
    """One number of a row that is no unit, scaled as `FigureColumns` are; ``kind`` is one of those above.

    ``difference`` is what the two rows a DIFFERENCE stands under give; it may be printed with either sign.
    """

    label: str
    kind: str
    period: Period
    rate: int | None = None
    lost: int | None = None
    possible: int | None = None
    sector: str = ALL
    sex: str = ALL
    absence_type: str = TOTAL
    difference: int | None = None

    @property
    def about(self) -> tuple:
        """Period and slice: what the cell sums up, or is a part of."""
        return self.period, self.sector, self.sex, self.absence_type

    @property
    def printed(self) -> int | None:
        """The rate the row says, in ten-thousandths of a percent; a row of what is unstated is no result to check."""
        if self.kind == UNSTATED:
            return None
        if self.rate is None and self.lost is not None and self.possible:
            return rate_from_days(self.lost, self.possible)
        return self.rate


def recomputed_rows(cells: Iterable[PrintedCell], table: Table, left_out: Collection[int]) -> list[PrintedRow]:
    """A row for each printed cell that says a rate. ``left_out`` are the places of held zeros; blanks never count."""
    cells = list(cells)
    unstated: dict[tuple, list[PrintedCell]] = defaultdict(list)
    for cell in cells:
        if cell.kind == UNSTATED:
            unstated[cell.about].append(cell)
    return [
        PrintedRow(cell.label, cell.period, printed, _recomputed(cell, table, left_out, unstated[cell.about]))
        for cell in cells
        if (printed := cell.printed) is not None
    ]


def _recomputed(
    cell: PrintedCell, table: Table, left_out: Collection[int], unstated: Collection[PrintedCell]
) -> tuple[int, ...]:
    """As labelled first: a mean row may be simple or weighted; a total is weighted, simple when there are no workdays.

    Workdays that are unstated belong to the total, not to the mean. Of the whole country nothing can be said from
    rates alone, nor of any total where only the rate of the unstated is known.
    """
    if cell.kind == DIFFERENCE:
        return _either_sign(cell)
    known = _behind(cell, table, left_out)
    if not known:
        return ()
    simple = (2 * sum(one.rate for one in known) + len(known)) // (2 * len(known))
    days = [(one.lost, one.possible) for one in known if one.lost is not None and one.possible]
    if len(days) < len(known):
        country = cell.kind == SUM and "landet" in cell.label.lower()
        return () if country else (simple,)
    if cell.kind == SUM:
        more = [(one.lost, one.possible) for one in unstated if one.lost is not None and one.possible is not None]
        if len(more) < len(unstated):
            return ()
        days += more
    weighted = rate_from_days(sum(lost for lost, _ in days), sum(possible for _, possible in days))
    return (simple, weighted) if cell.kind == MEAN else (weighted,)


def _either_sign(cell: PrintedCell) -> tuple[int, ...]:
    """The difference with the sign that was printed first: a table may take the lower row from the upper or back."""
    if cell.difference is None:
        return ()
    same_sign = (cell.rate or 0) * cell.difference >= 0
    return (cell.difference, -cell.difference) if same_sign else (-cell.difference, cell.difference)


def _behind(cell: PrintedCell, table: Table, left_out: Collection[int]) -> list[Known]:
    """The figures a printed cell should sum up; totals also where the file gives only their parts."""
    wanted = (cell.sector, cell.sex, cell.absence_type)
    if wanted == (ALL, ALL, TOTAL):
        places = table.total_places.get(cell.period, {})
        totals = table.totals.get(cell.period, {})
        return [known for unit, known in totals.items() if known.rate and places.get(unit) not in left_out]
    c, places = table.columns, table.parts(cell.period).get(wanted, {})
    return [
        Known(cell.period, rate, c.lost[i], c.possible[i])
        for i in places.values()
        if i not in left_out and (rate := table.rates[i]) is not None
    ]
