"""A quarter of absence from file to released figures, beside a plain insert of its rows and a default resource.

    .venv/bin/python -m benchmarks.absence_import            SQLite, and PostgreSQL where DATABASE_URL names one
    .venv/bin/python -m benchmarks.absence_import --million  also a history of a million rows in one file (PostgreSQL)

Every way meets the same database with the same history, also the resource of django-import-export, which has a table of
its own and keeps every default. It is measured on the first rows of the file, between the imports, and scaled up: it
takes each row alone, so its time grows with their number (on SQLite the whole file once took 52–56 s, and 51 s scaled
up from 400 rows). The plain insert is COPY in PostgreSQL, executemany in SQLite. Beside the time on the clock stands
that of the processor, ours with its child's: on a busy machine it is the steadier. That of PostgreSQL itself is in
neither.
"""

import os
import resource
import statistics
import sys
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.files import File
from django.db import connection, models, transaction
from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.widgets import ForeignKeyWidget
from tablib import Dataset

from absence import actions
from absence.actions import aggregates
from absence.calculations.periods import quarter_index
from absence.models import ImportBatch
from benchmarks.data.absence import HEAD, figure_rows, file_lines
from benchmarks.data.scratch import VINTAGE, add_history, insert_plainly, on_each_database, scratch_database
from jobs.models import Job
from jobs.run import run_job
from municipalities.models import Municipality

FIRST = quarter_index(2008, 1)
HISTORY, ROUNDS, RESOURCE_ROWS = 24, 3, 2_000
MILLION_FIRST, MILLION_QUARTERS = quarter_index(2002, 1), 39
KEY = ("municipality", "quarter", "sector", "sex", "absence_type")


class PlainFigure(models.Model):
    """What one writes first: a table with a foreign key and a unique constraint."""

    municipality = models.ForeignKey(Municipality, models.PROTECT)
    quarter = models.CharField(max_length=6)
    sector = models.CharField(max_length=30)
    sex = models.CharField(max_length=10)
    absence_type = models.CharField(max_length=20)
    lost = models.DecimalField(max_digits=12, decimal_places=2)
    possible = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        app_label, db_table = "absence", "plain_figure"
        constraints = [models.UniqueConstraint(fields=KEY, name="plain_figure_once")]


class PlainResource(ModelResource):
    municipality = Field("municipality", "municipality", ForeignKeyWidget(Municipality, "number"))

    class Meta:
        model = PlainFigure
        import_id_fields = KEY
        fields = (*KEY, "lost", "possible")


def timed(act) -> tuple[float, float]:
    """Seconds on the clock, and of the processor: this process's and its children's."""
    start, work = time.perf_counter(), sum(os.times()[:4])
    act()
    return time.perf_counter() - start, sum(os.times()[:4]) - work


def write_file(path: Path, quarters) -> int:
    lines = [line for quarter in quarters for line in file_lines(quarter)]
    path.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    return len(lines)


def file_to_figures(path: Path) -> None:
    """As an upload, its job and a release are, in one process."""
    with path.open("rb") as file:
        batch = actions.upload(
            file=File(file, name=path.name),
            file_name=path.name,
            vintage_on=VINTAGE,
            source="PAI",
            revision_kind="regular",
            by=None,
        )
    run_job(Job.objects.about(batch.job_subject).get().pk)
    batch.refresh_from_db()
    assert batch.state == ImportBatch.State.STAGED, batch.errors[:1]
    actions.release(batch, by=None)


def plain_insert(quarter: int) -> tuple[float, float]:
    rows = list(figure_rows(quarter, 1, VINTAGE))
    with transaction.atomic():
        seconds = timed(lambda: insert_plainly(rows))
        transaction.set_rollback(True)
    return seconds


PLAIN_HISTORY = """
INSERT INTO plain_figure (municipality_id, quarter, sector, sex, absence_type, lost, possible)
SELECT municipality_id, {quarter}, sector, sex, absence_type, lost / 100.0, possible / 100.0 FROM absence_figure
"""


def give_the_same_history() -> None:
    quarter = "CAST(first_quarter / 4 AS text) || 'Q' || CAST(first_quarter % 4 + 1 AS text)"
    with connection.cursor() as cursor:
        cursor.execute(PLAIN_HISTORY.format(quarter=quarter))


def default_resource(path: Path) -> tuple[float, float]:
    """Seconds for the whole file, from so many of its rows; what was written is taken back."""
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    with transaction.atomic():
        seconds = timed(lambda: import_plainly(lines[:RESOURCE_ROWS]))
        transaction.set_rollback(True)
    return seconds[0] / RESOURCE_ROWS * len(lines), seconds[1] / RESOURCE_ROWS * len(lines)


def import_plainly(lines: list[str]) -> None:
    data = Dataset(headers=[*KEY, "lost", "possible"])
    for line in lines:
        *key, lost, possible = line.split(";")
        data.append([*key, lost.replace(",", "."), possible.replace(",", ".")])
    result = PlainResource().import_data(data)
    assert not result.has_errors(), result.row_errors()[0][1][0].error


def measure_quarter(folder: Path) -> None:
    with connection.schema_editor() as editor:
        editor.create_model(PlainFigure)
    history = add_history(range(FIRST - HISTORY, FIRST))
    give_the_same_history()
    rebuild = timed(aggregates.rebuild)[0]
    imports, inserts, resources, refreshes, rows = [], [], [], [], 0
    for quarter in range(FIRST, FIRST + ROUNDS):
        path = folder / f"{quarter}.csv"
        rows = write_file(path, [quarter])
        inserts.append(plain_insert(quarter))
        resources.append(default_resource(path))
        imports.append(timed(lambda path=path: file_to_figures(path)))
        refreshes.append(timed(lambda quarter=quarter: aggregates.refresh("PAI", quarter, quarter))[0])
    print(f"\n{connection.vendor}: {rows} rows into a history of {history}; the clock, and the processor")
    for name, runs in (("file to released figures, all checks", imports), (PLAIN_WAY[connection.vendor], inserts)):
        print(f"{name:44}{middle(runs, 0):9.2f} s {middle(runs, 1):9.2f} s")
    print(f"{'default resource (scaled)':44}{middle(resources, 0):9.2f} s {middle(resources, 1):9.2f} s")
    print(f"{'ours takes, of the plain insert':44}{of_pairs(imports, inserts, 0):9.1f} ×")
    fast = [f"{of_pairs(resources, imports, at):9.1f} ×" for at in (0, 1)]
    print(f"{'ours is faster than the resource':44}{'  '.join(fast)}")
    print(f"{'  of which sums made anew after the release':44}{statistics.median(refreshes):9.2f} s")
    print(f"{'all sums rebuilt':44}{rebuild:9.2f} s")


PLAIN_WAY = {"postgresql": "COPY into the indexed table", "sqlite": "executemany into the indexed table"}


def middle(runs: list[tuple[float, float]], at: int) -> float:
    return statistics.median(one[at] for one in runs)


def of_pairs(runs: list[tuple[float, float]], others: list[tuple[float, float]], at: int) -> float:
    """The median of the ratios of runs that stood beside each other."""
    return statistics.median(one[at] / other[at] for one, other in zip(runs, others, strict=True))


def measure_million(folder: Path) -> None:
    path = folder / "million.csv"
    quarters = range(MILLION_FIRST, MILLION_FIRST + MILLION_QUARTERS)
    rows = write_file(path, quarters)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds = timed(lambda: file_to_figures(path))[0]
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    later = [quarter + MILLION_QUARTERS for quarter in quarters]
    with transaction.atomic():
        prepared = [list(figure_rows(quarter, 1, VINTAGE)) for quarter in later]
        plain = timed(lambda: insert_plainly(row for one in prepared for row in one))[0]
        transaction.set_rollback(True)
    print(f"\n{connection.vendor}: {rows} rows in one file of {path.stat().st_size / 1e6:.0f} MB")
    print(
        f"{'file to released figures, all checks':44}{seconds:9.2f} s   {own / 1024:.0f} MB, {before / 1024:.0f} before"
    )
    print(f"{PLAIN_WAY[connection.vendor]:44}{plain:9.2f} s   ours is {seconds / plain:6.1f} × as long")
    print(f"{'the child that reads':44}{'':9}     {child / 1024:.0f} MB")


def main() -> None:
    if not os.environ.get("MEASURED"):
        return on_each_database("benchmarks.absence_import", *sys.argv[1:])
    with scratch_database() as folder:
        if "--million" in sys.argv and connection.vendor == "postgresql":
            measure_million(folder)
        else:
            measure_quarter(folder)
    return None


if __name__ == "__main__":
    main()
