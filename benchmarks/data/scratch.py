"""A database for one measurement, filled with history, and gone afterwards."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from absence.models import ImportBatch, Release
from benchmarks.data.absence import FIGURE, figure_rows
from config.demo.programmes import load_programmes
from config.demo.register_records import load_register

VINTAGE = date(2005, 1, 1)
BLOCK = 20_000


def on_each_database(module: str, *arguments: str) -> None:
    """Run the module once on SQLite and, when ``DATABASE_URL`` names a PostgreSQL server, once there."""
    on_server = os.environ.get("DATABASE_URL", "").startswith("postgres")
    for address in ["sqlite:///:memory:", *([os.environ["DATABASE_URL"]] if on_server else [])]:
        environment = os.environ | {"DATABASE_URL": address, "REDIS_URL": "", "MEASURED": "1"}
        subprocess.run([sys.executable, "-m", module, *arguments], env=environment, check=True)


@contextmanager
def scratch_database() -> Iterator[Path]:
    """Make it and give a folder for files."""
    with tempfile.TemporaryDirectory(prefix="pulje-measure-") as name:
        folder = Path(name)
        settings.MEDIA_ROOT = folder / "media"
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(folder / "measure.sqlite3")
        old = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        load_register()
        load_programmes()
        try:
            yield folder
        finally:
            connection.creation.destroy_test_db(old, verbosity=0)


@transaction.atomic
def add_history(quarters: Iterable[int]) -> int:
    """Released figures of these quarters, straight into the table; how many."""
    quarters = list(quarters)
    batch = ImportBatch.objects.create(
        file_name="history.csv",
        sha256=f"{quarters[0]:064d}",
        vintage_on=VINTAGE,
        state="released",
        released_at="2005-01-01T00:00Z",
    )
    count = sum(insert_plainly(figure_rows(quarter, batch.pk, VINTAGE)) for quarter in quarters)
    Release.objects.create(
        batch=batch,
        source="PAI",
        vintage_on=VINTAGE,
        periods=[[quarter, 1] for quarter in quarters],
        figure_count=count,
    )
    return count


def insert_plainly(rows: Iterable[tuple]) -> int:
    """The reference: COPY in PostgreSQL, executemany in SQLite, into the table with its index and nothing else."""
    rows = list(rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            lines = ("\t".join("\\N" if value is None else str(value) for value in row) for row in rows)
            text = "\n".join(lines) + "\n"
            with cursor.copy(f"COPY absence_figure ({FIGURE}) FROM STDIN") as copy:
                copy.write(text)
        else:
            marks = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(f"INSERT INTO absence_figure ({FIGURE}) VALUES ({marks})", rows)
    return len(rows)
