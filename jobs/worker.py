"""The polling worker: it needs nothing but the database."""

import logging
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

from django.db import InterfaceError, OperationalError, close_old_connections, connections

from jobs import actions
from jobs.models import Job
from jobs.supervision import GRACE_SECONDS, run_supervised

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.5
CLEAN_SECONDS = 3600.0


class Worker:
    """Runs due jobs one after the other until it is told to stop."""

    def __init__(self, *, grace: float = GRACE_SECONDS, tell: Callable[[Job], Any] = lambda job: None) -> None:
        self.grace, self.tell = grace, tell
        self._stop = threading.Event()
        self._clean_at = 0.0

    def stop(self, *_: Any) -> None:
        """Take no more jobs; the one that runs may finish within the grace, or is given back."""
        self._stop.set()

    def stop_on_signals(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)

    def run_due(self) -> int:
        """Run every job that is due now, also those asked for meanwhile; how many."""
        count = 0
        while not self._stop.is_set() and (job := self._run_next()):
            self.tell(job)
            count += 1
        return count

    def run_forever(self) -> None:
        """Run jobs as they come; a database that is away is waited for."""
        while not self._stop.is_set():
            try:
                self.run_due()
                self.clean_when_due(time.monotonic())
            except (OperationalError, InterfaceError) as error:
                logger.warning("the database does not answer: %s", type(error).__name__)
                connections.close_all()
            self._stop.wait(POLL_SECONDS)

    def clean_when_due(self, now: float) -> None:
        """When it starts, and then once an hour, clear away jobs that finished long ago."""
        if now >= self._clean_at:
            self._clean_at = now + CLEAN_SECONDS
            actions.clean()

    def _run_next(self) -> Job | None:
        close_old_connections()
        return run_supervised(stopping=self._stop.is_set, grace=self.grace)


def run_now(job: Job, *, patience: float = 3600) -> Job:
    """For commands: do this job at once, or wait for the worker that has it; the job as it ended.

    Comes back with a job that still waits when an attempt went wrong and will be made again later.
    """
    give_up_at = time.monotonic() + patience
    while time.monotonic() < give_up_at:
        run_supervised(job.pk)
        job.refresh_from_db()
        if job.is_finished or job.will_try_again:
            break
        time.sleep(0.1)
    return job
