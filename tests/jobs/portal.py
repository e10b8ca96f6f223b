"""An installation of the portal beside the tests: a database of its own and real processes to kill."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 150  # for a busy machine; a good run never needs it
SETUP = "import django; django.setup()\nfrom jobs.actions import ask\nfrom jobs.models import Job\n"


class Portal:
    """Runs the portal's commands with its environment, and asks its database directly."""

    def __init__(self, folder: Path, query: Callable[[str], list[tuple]], **environment: str) -> None:
        self.folder, self.query = folder, query
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")},
            "DJANGO_SETTINGS_MODULE": "tests.jobs.settings",
            "PYTHONWARNINGS": "default",
            **environment,
        }

    def python(self, code: str) -> Any:
        """Run code with Django ready; it prints JSON, which is given back."""
        printed = self._run("-c", SETUP + code)
        return json.loads(printed) if printed.strip() else None

    def manage(self, *arguments: str) -> str:
        return self._run("manage.py", *arguments)

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            check=False,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def ask(self, kind: str, count: int = 1, **arguments: Any) -> int:
        """Ask for `count` jobs at once; the number of the last."""
        return self.python(
            f"from django.db import transaction\nwith transaction.atomic():\n"
            f"  for _ in range({count}): job = ask({kind!r}, **{arguments!r})\nprint(job.pk)"
        )

    @contextmanager
    def process(self, *command: str) -> Iterator["Process"]:
        process = Process(command, self)
        try:
            yield process
        finally:
            process.kill()

    def worker(self, *arguments: str) -> Any:
        return self.process(sys.executable, "manage.py", "work", *arguments)

    def states(self) -> dict[str, int]:
        return dict(self.query("SELECT state, count(*) FROM jobs_job GROUP BY state"))

    def done(self) -> int:
        return self.states().get("done", 0)

    def unfinished(self) -> int:
        states = self.states()
        return states.get("queued", 0) + states.get("running", 0)

    def wait_for(self, ready: Callable[[], Any], patience: float = PATIENCE_SECONDS) -> Any:
        deadline = time.monotonic() + patience
        while not (answer := ready()):
            if time.monotonic() > deadline:
                pytest.fail(f"still waiting; {self.states()}\n{self.logs()}")
            time.sleep(0.05)
        return answer

    def job(self, job_id: int, *columns: str) -> tuple:
        return self.query(f"SELECT {', '.join(columns)} FROM jobs_job WHERE id = {job_id}")[0]

    def logs(self) -> str:
        return "\n".join(path.read_text() for path in sorted(self.folder.glob("*.log")))


class Process:
    """A process in a group of its own, which can be killed whole and started again."""

    def __init__(self, command: tuple[str, ...], portal: Portal) -> None:
        self.command, self.portal = command, portal
        self.start()

    def start(self) -> None:
        with (self.portal.folder / f"{time.time_ns()}.log").open("wb") as log:
            self.popen = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.portal.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def is_alive(self) -> bool:
        return self.popen.poll() is None

    def kill(self) -> None:
        """kill -9, and its children with it."""
        with suppress(ProcessLookupError):
            os.killpg(self.popen.pid, signal.SIGKILL)
        self.popen.wait()

    def kill_leader(self) -> None:
        """kill -9 of the worker alone: what becomes of its child is the kernel's business."""
        self.popen.kill()
        self.popen.wait()

    def terminate(self) -> int:
        self.popen.terminate()
        return self.popen.wait(PATIENCE_SECONDS)


def entries_are_complete(portal: Portal, jobs: int, lines: int) -> bool:
    """Every job wrote each of its lines exactly once."""
    per_job = portal.query("SELECT job_id, count(*), count(DISTINCT line) FROM ledger_entry GROUP BY job_id")
    return len(per_job) == jobs and all(row[1:] == (lines, lines) for row in per_job)
