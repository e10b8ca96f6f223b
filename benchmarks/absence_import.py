"""A quarter of absence from file to released figures, beside a plain insert of its rows and a default resource.

    .venv/bin/python -m benchmarks.absence_import            SQLite, and PostgreSQL where DATABASE_URL names one
    .venv/bin/python -m benchmarks.absence_import --million  also a history of a million rows in one file (PostgreSQL)

Every way meets the same database with the same history. The resource of django-import-export is measured on the first
rows of the file and scaled up: it takes each row alone, so its time grows with their number.
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
HISTORY, ROUNDS, RESOURCE_ROWS = 24, 3, 400
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


def timed(act) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


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


def plain_insert(quarter: int) -> float:
    rows = list(figure_rows(quarter, 1, VINTAGE))
    with transaction.atomic():
        seconds = timed(lambda: insert_plainly(rows))
        transaction.set_rollback(True)
    return seconds


def default_resource(path: Path) -> float:
    """Seconds for a row."""
    lines = path.read_text(encoding="utf-8").splitlines()[1 : RESOURCE_ROWS + 1]
    data = Dataset(headers=[*KEY, "lost", "possible"])
    for line in lines:
        *key, lost, possible = line.split(";")
        data.append([*key, lost.replace(",", "."), possible.replace(",", ".")])
    result = []
    seconds = timed(lambda: result.append(PlainResource().import_data(data)))
    assert not result[0].has_errors(), result[0].row_errors()[0][1][0].error
    return seconds / RESOURCE_ROWS


def measure_quarter(folder: Path) -> None:
    with connection.schema_editor() as editor:
        editor.create_model(PlainFigure)
    history = add_history(range(FIRST - HISTORY, FIRST))
    rebuild = timed(aggregates.rebuild)
    imports, inserts, refreshes, rows = [], [], [], 0
    for quarter in range(FIRST, FIRST + ROUNDS):
        path = folder / f"{quarter}.csv"
        rows = write_file(path, [quarter])
        inserts.append(plain_insert(quarter))
        imports.append(timed(lambda path=path: file_to_figures(path)))
        refreshes.append(timed(lambda quarter=quarter: aggregates.refresh("PAI", quarter, quarter)))
    of_resource = default_resource(folder / f"{FIRST}.csv") * rows
    ours, plain = statistics.median(imports), statistics.median(inserts)
    print(f"\n{connection.vendor}: {rows} rows into a history of {history}")
    print(f"{'file to released figures, all checks':44}{ours:9.2f} s")
    print(f"{'plain insert into the indexed table':44}{plain:9.2f} s   ours is {ours / plain:6.1f} × as long")
    print(f"{'default resource (scaled)':44}{of_resource:9.2f} s   ours is {of_resource / ours:6.1f} × as fast")
    print(f"{'  of which sums made anew after the release':44}{statistics.median(refreshes):9.2f} s")
    print(f"{'all sums rebuilt':44}{rebuild:9.2f} s")


def measure_million(folder: Path) -> None:
    path = folder / "million.csv"
    quarters = range(MILLION_FIRST, MILLION_FIRST + MILLION_QUARTERS)
    rows = write_file(path, quarters)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds = timed(lambda: file_to_figures(path))
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    later = [quarter + MILLION_QUARTERS for quarter in quarters]
    with transaction.atomic():
        prepared = [list(figure_rows(quarter, 1, VINTAGE)) for quarter in later]
        plain = timed(lambda: insert_plainly(row for one in prepared for row in one))
        transaction.set_rollback(True)
    print(f"\n{connection.vendor}: {rows} rows in one file of {path.stat().st_size / 1e6:.0f} MB")
    print(
        f"{'file to released figures, all checks':44}{seconds:9.2f} s   {own / 1024:.0f} MB, {before / 1024:.0f} before"
    )
    print(f"{'plain insert into the indexed table':44}{plain:9.2f} s   ours is {seconds / plain:6.1f} × as long")
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
