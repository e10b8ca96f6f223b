"""What the checks compare a file with: the source's released figures around its periods, and the groups."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import connection

from municipalities.models import Municipality
from programmes.models import Programme

from ..calculations.checks.tables import Reach, Table, looked_back, reach
from ..calculations.columns import FigureColumns
from ..calculations.periods import Period, quarter_start
from .groups import takers
from .newest import newest_figures, newest_totals, span, vintages_of

TOTALS_BACK = 24  # quarters: each unit's own spread is judged by six years
AROUND = timedelta(days=730)


@dataclass
class History:
    """``earlier`` gives one municipality's totals from before what is ``released``; few are asked for."""

    released: FigureColumns = field(default_factory=FigureColumns)
    groups: dict[str, set[str]] = field(default_factory=dict)
    earlier: Callable[[str], FigureColumns] | None = None


def history_of(source: str, file: Table, until: date | None = None) -> History:
    """Totals of the periods looked back on, and of the period before each of the file's the cells.

    ``until``: the file's own vintage. What was taken out later is no earlier vintage of it, whenever it was imported.
    """
    periods = list(file.places)
    if not periods:
        return History()
    found, earlier = _Around(source, until), []
    for quarters in sorted({period.quarters for period in periods}):
        firsts = {period.first for period in periods if period.quarters == quarters}
        oldest = min(firsts) - looked_back(quarters)
        for first in range(oldest, max(firsts) + 1):
            found.add_totals(Period(first, quarters))
        if len(firsts) == 1:
            found.add_in_reach(Period(min(firsts) - 1, quarters), reach(file.cells(Period(min(firsts), quarters))))
        else:  # what the file says of the periods between may stand nearer, so that none can be left out
            for first in sorted({first - 1 for first in firsts}):
                found.add_cells(Period(first, quarters))
        earlier.append(span(source, min(firsts) - TOTALS_BACK, oldest - 1, quarters, until))
    groups = _groups(periods, found.numbers)
    return History(found.columns, groups, lambda unit: _earlier(unit, found.numbers, earlier))


class _Around:
    """Columns of released figures, gathered period by period."""

    def __init__(self, source: str, until: date | None):
        self.source, self.until = source, until
        self.numbers: dict[int, str] = dict(Municipality.objects.order_by().values_list("pk", "number"))
        self.vintages = vintages_of(source)
        self.columns = FigureColumns()
        self.with_total: dict[Period, set[str]] = {}

    def add_totals(self, period: Period) -> None:
        start = len(self.columns)
        self._add(newest_totals(period.first, period.quarters, self.vintages), period)
        self.with_total[period] = set(self.columns.municipality[start:])

    def add_cells(self, period: Period, where: str = "1 = 1") -> None:
        newest = newest_figures(self.source, period.first, period.first, period.quarters, self.vintages)
        self._add(f"{CELLS.format(newest=newest)} AND ({where})", period)

    def add_in_reach(self, period: Period, near: Reach) -> None:
        """The cells that a check could speak of; all of the municipalities whose total must be summed, or with a 0."""
        told = self.with_total[period] - near.zeros
        ids = [str(pk) for pk, number in self.numbers.items() if number in told]
        speaking = [
            f"absence_type = '{kind}' AND (rate <= {most} OR rate >= {least})"
            for kind, (most, least) in sorted(near.limits.items())
        ]
        speaking.append(f"municipality_id NOT IN ({', '.join(ids)})" if ids else "1 = 1")
        self.add_cells(period, " OR ".join(speaking))

    def _add(self, statement: str, period: Period) -> None:
        about = span(self.source, period.first, period.first, period.quarters, self.until)
        _extend(self.columns, self.numbers, statement, about)


def _earlier(unit: str, numbers: dict[int, str], spans: list[dict]) -> FigureColumns:
    """Also figures without a number: the newest vintage hides an older one. The last of a period is the newest."""
    found = FigureColumns()
    ids = [pk for pk, number in numbers.items() if number == unit]
    statement = EARLIER.format(ids=", ".join(map(str, ids)))
    for about in spans:
        _extend(found, numbers, statement, about)
    return found


CELLS = """
SELECT * FROM ({newest}) figures
WHERE rate IS NOT NULL AND NOT (sector = 'all' AND sex = 'all' AND absence_type = 'total')
"""
EARLIER = """
SELECT municipality_id, first_quarter, sector, sex, absence_type, lost, possible, rate FROM absence_figure
WHERE municipality_id IN ({ids}) AND source = %(source)s AND first_quarter BETWEEN %(first)s AND %(last)s
    AND quarters = %(quarters)s AND sector = 'all' AND sex = 'all' AND absence_type = 'total'
    AND vintage_on <= %(vintage_on)s
ORDER BY vintage_on
"""
NAMES = ("municipality", "first", "sector", "sex", "absence_type", "lost", "possible", "rate")


def _extend(columns: FigureColumns, numbers: dict[int, str], statement: str, about: dict) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, about)
        rows = cursor.fetchall()
    if not rows:
        return
    fields = dict(zip(NAMES, zip(*rows, strict=True), strict=True))
    fields["municipality"] = [numbers[pk] for pk in fields["municipality"]]
    n = len(rows)
    empty = {"quarters": [about["quarters"]] * n, "mark": [None] * n, "row": [0] * n, "column": [""] * n}
    for name, values in (fields | empty).items():
        getattr(columns, name).extend(values)


def _groups(periods: list[Period], numbers: dict[int, str]) -> dict[str, set[str]]:
    """Programmes of the time and their cohorts, by the names people know them under."""
    earliest = quarter_start(min(period.first for period in periods)) - AROUND
    latest = quarter_start(max(period.last for period in periods)) + AROUND
    found: dict[str, set[int]] = {}
    for programme in Programme.objects.filter(starts_on__lte=latest, ends_on__gte=earliest):
        who = takers(programme)
        found[programme.short_name] = who.all()
        names = dict(programme.cohorts.values_list("slug", "name"))
        found |= {f"{programme.short_name}: {names[slug]}": ids for slug, ids in who.cohorts().items()}
    return {name: {numbers[pk] for pk in ids} for name, ids in found.items() if ids}
