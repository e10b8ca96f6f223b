"""A job runs in a child process of its own, so that neither a crash nor greed takes the worker with it.

The child is forked from a process without threads, with a limit on memory; the parent keeps the clock, renews the
lease, and notices when the job was cancelled. Should the parent be killed, the kernel kills the child too.
"""

import ctypes
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn

from django.db import DatabaseError, InterfaceError, connections
from django.utils.translation import gettext_lazy as _

from jobs import actions, registry
from jobs.models import Job, lease_length
from jobs.run import patiently, run_taken

CHECK_SECONDS = 1.0
GRACE_SECONDS = 8.0
_PR_SET_PDEATHSIG = 1
TOO_LONG = _(
    "The work took longer than it may (%(minutes)s minutes) and was stopped. Nothing was saved. "
    "Try with a smaller file or a shorter period."
)
CRASHED = _("The work stopped unexpectedly. Nothing was saved.")


def run_supervised(
    job_id: int | None = None, *, stopping: Callable[[], bool] = lambda: False, grace: float = GRACE_SECONDS
) -> Job | None:
    """Take a due job (this one or the next), do it in a child process and return it; None when there is none.

    When `stopping()` turns true the child has `grace` seconds to finish before the job is given back.
    """
    job = actions.take(job_id)
    if job is None:
        return None
    handler = registry.known(job.kind)
    connections.close_all()  # a connection must not be shared with the child
    pid = os.fork()
    if pid == 0:
        _be_the_child(job, handler.memory_mb if handler else registry.MEMORY_MB)
    _Watch(job, pid, handler.seconds if handler else registry.SECONDS, stopping, grace).until_the_end()
    return job


def _be_the_child(job: Job, memory_mb: int) -> NoReturn:
    code = 1
    try:
        os.setpgid(0, 0)  # with whatever programs it starts, so that all of them can be stopped at once
        _die_with_the_parent()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides
        _limit(resource.RLIMIT_CORE, 0)
        # Not RLIMIT_AS: the engine that draws charts reserves 64 GB of addresses that it never uses.
        _limit(resource.RLIMIT_DATA, memory_mb * 1024 * 1024)
        run_taken(job)
        connections.close_all()
        code = 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _limit(what: int, most: int) -> None:
    hard = resource.getrlimit(what)[1]
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(what, (most, most))


def _die_with_the_parent() -> None:
    """Linux only; elsewhere an orphan works on, and its fence keeps it from committing."""
    if sys.platform == "linux":
        parent = os.getppid()
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent or parent == 1:
            os._exit(1)


class _Watch:
    """The parent's eye on one child."""

    def __init__(self, job: Job, pid: int, seconds: float, stopping: Callable[[], bool], grace: float) -> None:
        self.job, self.pid, self.seconds = job, pid, seconds
        self.stopping, self.grace = stopping, grace
        self.deadline = time.monotonic() + seconds
        self.check_at = time.monotonic() + CHECK_SECONDS
        self.renew_at = time.monotonic() + lease_length().total_seconds() / 3
        self.stop_at: float | None = None

    def until_the_end(self) -> None:
        """Return when the child is gone and the row says what became of the job."""
        pause = 0.002
        while (code := self._exit_code()) is None:
            if end := self._reason_to_stop():
                self._kill()
                patiently(end)
                return
            time.sleep(pause)
            pause = min(pause * 1.5, 0.1)
        patiently(lambda: self._record_exit(code))

    def _exit_code(self) -> int | None:
        pid, status = os.waitpid(self.pid, os.WNOHANG)
        return os.waitstatus_to_exitcode(status) if pid else None

    def _reason_to_stop(self) -> Callable[[], Any] | None:
        now = time.monotonic()
        if now > self.deadline:
            return self._fail_as_too_long
        if self.stop_at is None and self.stopping():
            self.stop_at = now + self.grace
        if self.stop_at is not None and now > self.stop_at:
            return lambda: actions.give_back(self.job)
        if now > self.check_at and not self._is_ours(now):
            return lambda: None
        return None

    def _is_ours(self, now: float) -> bool:
        self.check_at = now + CHECK_SECONDS
        try:
            if now < self.renew_at:
                return actions.held(self.job).exists()
            self.renew_at = now + lease_length().total_seconds() / 3
            return actions.keep_alive(self.job)
        except (DatabaseError, InterfaceError):  # away or busy: the fence still guards the result
            connections.close_all()
            return True

    def _kill(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
            os.killpg(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)

    def _fail_as_too_long(self) -> None:
        actions.fail(self.job, TOO_LONG, minutes=max(1, round(self.seconds / 60)))

    def _record_exit(self, code: int) -> None:
        """Whatever the exit code says, a job that is still ours was left in the middle."""
        if actions.held(self.job).exists():
            actions.postpone(self.job, CRASHED, detail=f"exit code {code}")
