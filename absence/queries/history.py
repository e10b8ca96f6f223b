"""What the checks compare a file with: the source's released figures around its periods, and the groups."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import connection

from municipalities.models import Municipality
from programmes.models import Programme

from ..calculations.columns import FigureColumns
from ..calculations.periods import Period, quarter_start
from .groups import cohort_members, numbers_of, programme_members
from .newest import newest_figures, span

TOTALS_BACK = 24  # quarters: each unit's own spread is judged by six years
AROUND = timedelta(days=730)


@dataclass
class History:
    released: FigureColumns = field(default_factory=FigureColumns)
    groups: dict[str, set[str]] = field(default_factory=dict)


def history_of(source: str, periods: Iterable[Period], until: date | None = None) -> History:
    """Totals of six years, and all cells of the same periods and of the one before each.

    ``until``: the file's own vintage. What was taken out later is no earlier vintage of it, whenever it was imported.
    """
    periods = list(periods)
    if not periods:
        return History()
    return History(_released(source, periods, until), _groups(periods))


def _released(source: str, periods: list[Period], until: date | None) -> FigureColumns:
    columns = FigureColumns()
    numbers = dict(Municipality.objects.values_list("pk", "number"))
    for quarters in sorted({period.quarters for period in periods}):
        firsts = {period.first for period in periods if period.quarters == quarters}
        _extend(columns, numbers, TOTALS, source, min(firsts) - TOTALS_BACK, max(firsts), quarters, until)
        for first in sorted({first - 1 for first in firsts}):
            _extend(columns, numbers, CELLS, source, first, first, quarters, until)
    return columns


TOTALS = "sector = 'all' AND sex = 'all' AND absence_type = 'total'"
CELLS = f"NOT ({TOTALS})"
NAMES = ("municipality", "first", "sector", "sex", "absence_type", "lost", "possible", "rate")


def _extend(columns: FigureColumns, numbers: dict[int, str], which: str, *span_of) -> None:
    source, first, last, quarters, until = span_of
    newest = newest_figures(source, first, last, quarters)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM ({newest}) figures WHERE rate IS NOT NULL AND {which}",
            span(source, first, last, quarters, until),
        )
        rows = cursor.fetchall()
    if not rows:
        return
    fields = dict(zip(NAMES, zip(*rows, strict=True), strict=True))
    fields["municipality"] = [numbers[pk] for pk in fields["municipality"]]
    n = len(rows)
    empty = {"quarters": [quarters] * n, "mark": [None] * n, "row": [0] * n, "column": [""] * n}
    for name, values in (fields | empty).items():
        getattr(columns, name).extend(values)


def _groups(periods: list[Period]) -> dict[str, set[str]]:
    """Programmes of the time and their cohorts, by the names people know them under."""
    earliest = quarter_start(min(period.first for period in periods)) - AROUND
    latest = quarter_start(max(period.last for period in periods)) + AROUND
    found: dict[str, set[int]] = {}
    for programme in Programme.objects.filter(starts_on__lte=latest, ends_on__gte=earliest):
        found[programme.short_name] = programme_members(programme)
        names = dict(programme.cohorts.values_list("slug", "name"))
        found |= {f"{programme.short_name}: {names[slug]}": ids for slug, ids in cohort_members(programme).items()}
    numbers = numbers_of(set().union(*found.values()))
    return {name: {numbers[pk] for pk in ids} for name, ids in found.items() if ids}
