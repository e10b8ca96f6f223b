"""What the checks compare a file with: the source's released figures around its periods, and the groups."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import connection

from programmes.models import Programme

from ..calculations.columns import FigureColumns
from ..calculations.periods import Period, quarter_start
from .groups import cohort_members, numbers_of, programme_members

TOTALS_BACK = 24  # quarters: each unit's own spread is judged by six years
WINDOWS_BACK = 7
AROUND = timedelta(days=730)


@dataclass
class History:
    released: FigureColumns = field(default_factory=FigureColumns)
    groups: dict[str, set[str]] = field(default_factory=dict)


def history_of(source: str, periods: Iterable[Period]) -> History:
    """Totals of six years, and all cells of the same periods and of the one before each."""
    periods = list(periods)
    if not periods:
        return History()
    return History(_released(source, periods), _groups(periods))


def _released(source: str, periods: list[Period]) -> FigureColumns:
    columns = FigureColumns()
    for quarters in sorted({period.quarters for period in periods}):
        firsts = {period.first for period in periods if period.quarters == quarters}
        cells = firsts | {first - 1 for first in firsts}
        back = max(TOTALS_BACK, WINDOWS_BACK)
        _extend(columns, source, quarters, min(firsts) - back, max(firsts), cells)
    return columns


# A figure is looked up by its municipality first: the key begins there, so this reads only what it needs.
NEWEST = """
SELECT number, first_quarter, quarters, sector, sex, absence_type, lost, possible, rate FROM (
    SELECT place.number, figure.first_quarter, figure.quarters, figure.sector, figure.sex, figure.absence_type,
        figure.lost, figure.possible, figure.rate,
        ROW_NUMBER() OVER (
            PARTITION BY figure.municipality_id, figure.first_quarter, figure.sector, figure.sex, figure.absence_type
            ORDER BY figure.vintage_on DESC
        ) AS age
    FROM municipalities_municipality place JOIN absence_figure figure ON figure.municipality_id = place.id
    WHERE figure.source = %(source)s AND figure.quarters = %(quarters)s AND {where}
) dated WHERE age = 1 AND rate IS NOT NULL
"""
TOTALS = "figure.first_quarter BETWEEN %(low)s AND %(high)s AND figure.sector = 'all' AND figure.sex = 'all'"
TOTALS += " AND figure.absence_type = 'total'"
CELLS = "figure.first_quarter IN ({firsts}) AND NOT (figure.sector = 'all' AND figure.sex = 'all'"
CELLS += " AND figure.absence_type = 'total')"


def _extend(columns: FigureColumns, source: str, quarters: int, low: int, high: int, cells: set[int]) -> None:
    values = {"source": source, "quarters": quarters, "low": low, "high": high}
    listed = CELLS.format(firsts=", ".join(str(int(first)) for first in sorted(cells)))
    for where in (TOTALS, listed):
        with connection.cursor() as cursor:
            cursor.execute(NEWEST.format(where=where), values)
            rows = cursor.fetchall()
        if rows:
            _add(columns, rows)


def _add(columns: FigureColumns, rows: list[tuple]) -> None:
    names = ("municipality", "first", "quarters", "sector", "sex", "absence_type", "lost", "possible", "rate")
    for name, values in zip(names, zip(*rows, strict=True), strict=True):
        getattr(columns, name).extend(values)
    columns.mark.extend([None] * len(rows))
    columns.row.extend([0] * len(rows))
    columns.column.extend([""] * len(rows))


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
