"""One attempt at a job: what a handler is given, and what is done with how it ends."""

import errno
import logging
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.utils.translation import gettext_lazy as _

from jobs import actions, registry
from jobs.errors import JobFailed, LeaseLost, NotNow
from jobs.models import Job
from jobs.texts import source

logger = logging.getLogger(__name__)

PROGRESS_SECONDS = 0.4
DATABASE_PATIENCE_SECONDS = 60
DISK_FULL = _("The disk is full. Nothing was saved. Ask those who run the portal to make room, then try again.")
OUT_OF_MEMORY = _(
    "The work needed more memory than it may have (%(megabytes)s MB). Nothing was saved. "
    "Try with a smaller file or a shorter period."
)
UNEXPECTED = _("Something went wrong in the program. Nothing was saved.")
DATABASE_AWAY = _("The database did not answer. Nothing was saved.")
UNKNOWN_KIND = _("This version of the portal does not know this kind of work.")


class Run:
    """Handed to a handler: its way to say how far it is, and to commit what it made."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.is_finished = False
        self._silent_until = 0.0

    def progress(self, done: int, total: int | None = None, text: Any = "") -> None:
        """Say how far it is; call it as often as you like, outside of transactions.

        `text` is a msgid that may hold `%(done)s` and `%(total)s`. Written at most every 0.4 s,
        and also a sign of life. LeaseLost when the job was cancelled or taken by another.
        """
        if time.monotonic() < self._silent_until:
            return
        self._silent_until = time.monotonic() + PROGRESS_SECONDS
        shown = {"progress_done": min(done, total or done), "progress_total": total}
        try:
            actions.renew(self.job, **shown, progress_text=source(text)[:300])
        except DatabaseError:
            if connection.in_atomic_block:
                raise
            connection.close_if_unusable_or_obsolete()  # progress is not worth a failed job

    @contextmanager
    def finish(self) -> Iterator[dict[str, Any]]:
        """Commit rows, result and "done" as one; write the rows inside, fill the dict.

        LeaseLost, and nothing written, when another worker has the job by now.
        """
        result: dict[str, Any] = {}
        with transaction.atomic():
            actions.lock_held(self.job)
            yield result
            actions.finish(self.job, result)
        self.is_finished = True


def run_job(job_id: int) -> Job | None:
    """Take one due job and do it here, in this process; None when it is not to be had.

    Without a supervisor nobody renews the lease, so it is taken for the handler's whole time.
    """
    found = Job.objects.filter(pk=job_id).only("kind").first()
    handler = registry.known(found.kind) if found else None
    lease = timedelta(seconds=handler.seconds) if handler else None
    job = actions.take(job_id, lease=lease)
    if job is not None:
        run_taken(job)
        job.refresh_from_db()
    return job


def run_taken(job: Job) -> None:
    """Do a job that was taken, and record how it went; never raises for what a handler does."""
    try:
        _perform(job)
    except LeaseLost:
        logger.warning("job %s is no longer ours", job.pk)
    except Exception as error:
        failure, detail = error, where(error)
        logger.warning("job %s (%s) went wrong: %s", job.pk, job.kind, detail)
        patiently(lambda: _record(job, failure, detail))


def _perform(job: Job) -> None:
    handler = registry.known(job.kind)
    if handler is None:
        raise JobFailed(UNKNOWN_KIND)
    run = Run(job)
    answer = handler.function(run, **job.arguments)
    if not run.is_finished:
        with run.finish() as result:
            result.update(answer or {})


def patiently(act: Callable[[], Any]) -> None:
    """Write something down also when the database is away for a while."""
    give_up_at = time.monotonic() + DATABASE_PATIENCE_SECONDS
    while True:
        try:
            act()
            return
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block or time.monotonic() > give_up_at:
                raise
            connection.close()
            time.sleep(0.5)


def _record(job: Job, error: Exception, detail: str) -> None:
    if isinstance(error, JobFailed):
        actions.fail(job, error.text, detail=detail, **error.values)
    elif isinstance(error, NotNow):
        actions.postpone(job, error.text, detail=detail, **error.values)
    elif is_disk_full(error):
        actions.fail(job, DISK_FULL, detail=detail)
    elif isinstance(error, MemoryError):
        limit = registry.find(job.kind).memory_mb
        actions.fail(job, OUT_OF_MEMORY, detail=detail, megabytes=limit)
    elif isinstance(error, OperationalError | InterfaceError):
        actions.postpone(job, DATABASE_AWAY, detail=detail)
    else:
        actions.postpone(job, UNEXPECTED, detail=detail)


def is_disk_full(error: BaseException) -> bool:
    """Whether a file or the database had no room left, as the system, SQLite and PostgreSQL say."""
    if isinstance(error, OSError):
        no_folder_has_room = "No usable temporary directory" in str(error)  # says `tempfile`
        return error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT) or no_folder_has_room
    if isinstance(error, DatabaseError):
        cause = error.__cause__
        told = getattr(cause, "sqlite_errorname", "") or getattr(cause, "sqlstate", "")
        return told in ("SQLITE_FULL", "53100")
    return False


def where(error: BaseException) -> str:
    """The kind of error and the way to it, without its message: that may hold personal data."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{_short(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames]
    return "\n".join([type(error).__qualname__, *lines[-12:]])


def _short(path: str) -> str:
    return "/".join(path.split("/")[-3:])
