"""Handlers that write, die, eat and fill the disk: what a worker has to survive."""

import os
import resource
import signal
import tempfile
import time
from pathlib import Path

from django.db import connection, transaction

from jobs.errors import JobFailed
from jobs.registry import handler
from jobs.run import Run

from .models import Entry

LINES = 20
WORKER, CHILD = "worker", "child"


@handler("ledger.write", max_attempts=50)
def write(run: Run, *, die: str = "", at: str = "", pause: float = 0.05) -> None:
    """Read for a while, then write `LINES` entries; in the first attempt kill worker or child at a point."""
    first = run.job.attempts == 1
    for line in range(LINES):
        run.progress(line, LINES, "Reading row %(done)s of %(total)s")
        time.sleep(pause / LINES)
        if first and at == "reading" and line == LINES // 2:
            kill(die)
    with run.finish() as result:
        for line in range(LINES):
            Entry.objects.create(job_id=run.job.pk, line=line)
            if first and at == "writing" and line == LINES // 2:
                kill(die)
        result["lines"] = LINES
        if first and at == "committed":
            transaction.on_commit(lambda: kill(die))


def kill(whom: str) -> None:
    os.kill(os.getppid() if whom == WORKER else os.getpid(), signal.SIGKILL)
    time.sleep(60)  # the kernel ends this process when its parent is gone


@handler("ledger.exit", max_attempts=1)
def leave(run: Run) -> None:
    os._exit(0)


@handler("ledger.eat", memory_mb=300, max_attempts=1)
def eat(run: Run) -> None:
    food = []
    while True:
        food.append(bytearray(10_000_000))


@handler("ledger.linger", seconds=1, max_attempts=1)
def linger(run: Run) -> None:
    time.sleep(60)


@handler("ledger.linger_quietly")
def linger_quietly(run: Run, *, seconds: float) -> None:
    time.sleep(seconds)


@handler("ledger.fill_disk")
def fill_disk(run: Run) -> None:
    with run.finish():
        Entry.objects.create(job_id=run.job.pk, line=0)
        Path("/dev/full").write_text("no room")


@handler("ledger.overflow_limit")
def overflow_limit(run: Run) -> None:
    """A file that may not grow: the system's other word for no more room."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with tempfile.TemporaryFile(buffering=0) as file:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
        try:
            file.write(b"no room")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@handler("ledger.fill_database")
def fill_database(run: Run) -> None:
    """SQLite with no page left to grow: the same answer as from a disk without room."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0] + 10}")
    with run.finish():
        Entry.objects.bulk_create(Entry(job_id=run.job.pk, line=line) for line in range(10_000))


@handler("ledger.stumble", max_attempts=2)
def stumble(run: Run) -> None:
    raise ValueError("Kari Nordmann, 010203")


@handler("ledger.refuse")
def refuse(run: Run) -> None:
    raise JobFailed("The file has no column for %(what)s.", what="period")


@handler("ledger.wait")
def wait(run: Run, *, until: str) -> None:
    """Read until a file appears, saying how far it is all the time."""
    for step in range(3000):
        run.progress(step, 3000, "Reading row %(done)s of %(total)s")
        if Path(until).exists():
            break
        time.sleep(0.02)
    with run.finish():
        Entry.objects.create(job_id=run.job.pk, line=0)


@handler("ledger.query_until")
def query_until(run: Run, *, until: str) -> None:
    """Ask the database again and again until a file appears: a restart of the server is met in the middle."""
    while not Path(until).exists():
        Entry.objects.exists()
        time.sleep(0.02)
    with run.finish():
        Entry.objects.create(job_id=run.job.pk, line=0)
