"""kill -9 of a command that reads a file: the same command, given again, carries on at once."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.data.absence import HEAD, SECTORS, SEXES, TYPES
from tests.jobs.portal import ROOT, Portal

NUMBERS = [f"{number:04d}" for number in range(101, 121)]
PERIODS = [f"{year}K{quarter}" for year in range(2000, 2008) for quarter in (1, 2, 3, 4)]
REGISTER = f"from tests.factories import MunicipalityFactory\nfor n in {NUMBERS!r}: MunicipalityFactory(number=n)"
LEASE = "SELECT count(*) FROM jobs_job WHERE state = 'running' AND lease_until > {soon}"
COMMAND = (sys.executable, "manage.py", "pai_import", "--vintage", "2010-06-01", "--release", "--json")


def large_file(folder: Path) -> tuple[str, int]:
    """So many rows that reading them takes a while; their number."""
    parts = [f"{a};{b};{c}" for a in SECTORS.values() for b in SEXES.values() for c in TYPES.values()]
    lines = [
        f"{n};{period};{part};{i % 90 + 10};1000" for n in NUMBERS for period in PERIODS for i, part in enumerate(parts)
    ]
    path = folder / "pai.csv"
    path.write_text("\n".join([HEAD, *lines]), encoding="utf-8")
    return str(path), len(lines)


def import_again(portal: Portal, path: str) -> tuple[dict, int]:
    done = subprocess.run(
        [*COMMAND, path], cwd=ROOT, env=portal.environment, capture_output=True, text=True, check=False
    )
    return json.loads(done.stdout), done.returncode


def carries_on(portal: Portal, soon: str) -> None:
    """``soon`` is half a minute from now, in the words of the database."""
    portal.environment["DJANGO_SETTINGS_MODULE"] = "config.settings"  # its lease is a minute, not two seconds
    portal.manage("migrate", "--verbosity=0")
    portal.python(REGISTER)
    path, rows = large_file(portal.folder)
    with portal.process(*COMMAND, path) as first:
        portal.wait_for(lambda: portal.states().get("running"))
        first.kill()
    assert portal.query(LEASE.format(soon=soon)) == [(1,)]
    answer, code = import_again(portal, path)
    assert (code, answer["status"], answer["rows_read"]) == (0, "released", rows)
    assert portal.query("SELECT count(*) FROM absence_figure") == [(answer["released"],)]
    assert portal.query("SELECT state, attempts FROM jobs_job WHERE kind = 'absence.read_batch'") == [("done", 2)]
    answer, code = import_again(portal, path)
    assert (code, answer["status"]) == (4, "duplicate")


@pytest.mark.embedded
def test_an_import_killed_while_it_reads_is_carried_on_by_the_same_command(embedded: Portal) -> None:
    carries_on(embedded, "datetime('now', '+30 seconds')")


@pytest.mark.production
def test_an_import_killed_while_it_reads_is_carried_on_beside_celery(production: Portal) -> None:
    carries_on(production, "now() + interval '30 seconds'")
