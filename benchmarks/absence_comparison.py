"""Twenty years of four-quarter figures for every group: from the sums kept for it, and by a window over the figures.

    .venv/bin/python -m benchmarks.absence_comparison     SQLite, and PostgreSQL where DATABASE_URL names one

Both give the same numbers, which is checked. Also how long it takes to make the sums anew after a release.
"""

import os
import statistics
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection

from absence.actions import aggregates
from absence.calculations.periods import quarter_index
from absence.models import GroupMember
from absence.queries import group_series
from benchmarks.data.scratch import add_history, on_each_database, scratch_database

YEARS, ROUNDS = 20, 5
FIRST = quarter_index(2000, 1)
LAST = FIRST + 4 * YEARS - 1

OF_FIGURES = """
SELECT member.group_key, unit.last - 3, SUM(unit.lost), SUM(unit.possible), COUNT(*)
FROM (
    SELECT municipality_id, first_quarter AS last, SUM(lost) OVER four AS lost, SUM(possible) OVER four AS possible,
        COUNT(*) OVER four AS n
    FROM (
        SELECT municipality_id, first_quarter, lost, possible, ROW_NUMBER() OVER (
            PARTITION BY municipality_id, first_quarter ORDER BY vintage_on DESC
        ) AS age
        FROM absence_figure
        WHERE source = 'PAI' AND quarters = 1 AND sector = 'all' AND sex = 'all' AND absence_type = 'total'
    ) dated
    WHERE age = 1
    WINDOW four AS (PARTITION BY municipality_id ORDER BY first_quarter RANGE BETWEEN 3 PRECEDING AND CURRENT ROW)
) unit
JOIN absence_groupmember member ON member.municipality_id = unit.municipality_id
    AND unit.last BETWEEN member.from_quarter AND member.to_quarter
WHERE unit.n = 4
GROUP BY member.group_key, unit.last
"""


def of_figures() -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(OF_FIGURES)
        return cursor.fetchall()


OF_SUMS = """
SELECT group_key, first_quarter, lost, possible, n_reporting FROM absence_groupwindow
WHERE source = 'PAI' AND quarters = 4 AND sector = 'all' AND sex = 'all' AND absence_type = 'total'
"""


def of_sums() -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(OF_SUMS)
        return cursor.fetchall()


def median_of(act) -> float:
    times = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def check(keys: list[str]) -> int:
    """How many figures both give, after seeing that they are the same."""
    kept = {
        (key, period.first): (round(value.rate, 6), value.n_reporting)
        for key, series in group_series(keys).items()
        for period, value in series.figures.items()
    }
    made = {(key, first): (round(100 * lost / possible, 6), n) for key, first, lost, possible, n in of_figures()}
    assert {place: (float(rate), n) for place, (rate, n) in kept.items()} == {
        place: (float(rate), n) for place, (rate, n) in made.items()
    }
    return len(kept)


def main() -> None:
    if not os.environ.get("MEASURED"):
        return on_each_database("benchmarks.absence_comparison")
    with scratch_database():
        history = sum(add_history(range(first, first + 4)) for first in range(FIRST, LAST, 4))
        aggregates.rebuild()
        keys = sorted(set(GroupMember.objects.values_list("group_key", flat=True)))
        figures = check(keys)
        kept, made = median_of(of_sums), median_of(of_figures)
        series = median_of(lambda: group_series(keys))
        refresh = median_of(lambda: aggregates.refresh("PAI", LAST, LAST))
    print(f"\n{connection.vendor}: {len(keys)} groups, {YEARS} years, {history} figures; {figures} group figures")
    print(f"{'from the kept sums':44}{kept * 1000:9.1f} ms")
    print(f"{'window over the figures':44}{made * 1000:9.1f} ms   the kept sums take 1/{made / kept:.0f}")
    print(f"{'the series as pages use them, with n':44}{series * 1000:9.1f} ms   1/{made / series:.0f}")
    print(f"{'sums made anew after a release':44}{refresh:9.2f} s")
    return None


if __name__ == "__main__":
    main()
