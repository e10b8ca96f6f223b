"""What may happen to a job. Each changes the row under a condition, so that two never win."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs import registry
from jobs.bell import ring
from jobs.errors import LeaseLost, NotPossible
from jobs.models import Job, JobEvent, JobQuerySet, lease_length
from jobs.process import is_gone, this_process
from jobs.texts import source

State, What = Job.State, JobEvent.What
KEPT_DAYS = {State.DONE: 90, State.CANCELLED: 90, State.FAILED: 365}


def ask(
    kind: str,
    *,
    subject: str = "",
    by: Any = None,
    due_at: datetime | None = None,
    key: str | None = None,
    **arguments: Any,
) -> Job:
    """Ask for work, in the caller's transaction: the job exists if and only if that commits.

    `subject` names what it is about (`absence.importbatch:12`); `arguments` are plain JSON
    values handed to the handler. While a job with the same `key` is unfinished, that one is
    returned instead of a second. LookupError when no handler does this kind.
    """
    found = registry.find(kind)
    values = {
        "kind": kind,
        "subject": subject,
        "arguments": arguments,
        "asked_by": by,
        "due_at": due_at or timezone.now(),
        "max_attempts": found.max_attempts,
    }
    with transaction.atomic():
        job, is_new = _get_or_create(key, values)
        if is_new:
            _note(job.pk, What.ASKED, by=by)
            transaction.on_commit(lambda: _ring_when_due(job))
    return job


def _get_or_create(key: str | None, values: dict[str, Any]) -> tuple[Job, bool]:
    if key is None:
        return Job.objects.create(**values), True
    return Job.objects.unfinished().get_or_create(unique_key=key, defaults=values)


def _ring_when_due(job: Job) -> None:
    if job.due_at <= timezone.now():
        ring(job.pk)


def take(job_id: int | None = None, *, lease: timedelta | None = None) -> Job | None:
    """Take a due job (this one, or the one that has waited longest), or None when there is none.

    Raises the fence, so that whoever held the job before can no longer commit. A job that was
    left behind in its last allowed attempt is not taken but failed.
    """
    due = Job.objects.due()
    if job_id is not None:
        due = due.filter(pk=job_id)
    while due.exists():  # a plain read, so that polling takes no write lock
        with transaction.atomic():
            # a row locked by someone who is committing its result right now is not ours to wait for
            job = due.select_for_update(skip_locked=True).first()
            if job is None or not _take(job, lease or lease_length()):
                return None
        job.refresh_from_db()
        if job.state == State.RUNNING:
            return job
    return None


def _take(job: Job, lease: timedelta) -> bool:
    """Whether the row was still as it was read, and so is ours now."""
    now = timezone.now()
    same = Job.objects.filter(pk=job.pk, fence=job.fence, state=job.state)
    if job.state == State.RUNNING:
        _note(job.pk, What.INTERRUPTED, _("The worker stopped without a word."))
        if job.attempts >= job.max_attempts:
            return _fail(same, job.pk, _GAVE_UP, {"attempts": job.attempts})
    taken = same.update(
        state=State.RUNNING,
        fence=F("fence") + 1,
        attempts=F("attempts") + 1,
        lease_until=now + lease,
        started_at=now,
        progress_done=0,
        progress_total=None,
        progress_text="",
    )
    if taken:
        _note(job.pk, What.STARTED, values=this_process())
    return bool(taken)


_GAVE_UP = _(
    "The work was interrupted %(attempts)s times and was given up. Try again; "
    "if it stops once more, tell those who run the portal."
)


def held(job: Job) -> JobQuerySet:
    """The row, as long as this take of it holds."""
    return Job.objects.filter(pk=job.pk, fence=job.fence, state=State.RUNNING)


def renew(job: Job, **progress: Any) -> None:
    """Give a sign of life, with progress if there is any; LeaseLost when the take is over."""
    if not held(job).update(lease_until=timezone.now() + lease_length(), **progress):
        raise LeaseLost(str(job))


@transaction.atomic
def keep_alive(job: Job) -> bool:
    """Renew the lease for the process that does the work; False when the take is over.

    Never waits for the row: who holds it locked is committing the result, and needs no lease.
    """
    row = held(job).select_for_update(skip_locked=True).first()
    if row is None:
        return held(job).exists()
    return bool(held(job).update(lease_until=timezone.now() + lease_length()))


def take_back(job: Job) -> bool:
    """Whether a running job can be taken now: its lease is out, or its process on this machine was seen to be gone."""
    started = job.events.filter(what=What.STARTED).last()
    if started and is_gone(started.values):
        held(job).update(lease_until=timezone.now())
    return Job.objects.due().filter(pk=job.pk).exists()


def lock_held(job: Job) -> None:
    """Hold the row until the transaction ends; LeaseLost when the take is over."""
    if held(job).select_for_update().first() is None:
        raise LeaseLost(str(job))


def finish(job: Job, result: dict[str, Any]) -> None:
    """Done, with its result; belongs in the transaction that writes what the work made."""
    done = held(job).update(
        state=State.DONE,
        lease_until=None,
        finished_at=timezone.now(),
        result=result,
        error="",
        error_values={},
        error_detail="",
    )
    if not done:
        raise LeaseLost(str(job))
    _note(job.pk, What.DONE)


@transaction.atomic
def give_back(job: Job) -> bool:
    """Return a job unfinished and without blame: the worker was told to stop."""
    returned = held(job).update(state=State.QUEUED, lease_until=None, attempts=F("attempts") - 1, fence=F("fence") + 1)
    if returned:
        _note(job.pk, What.INTERRUPTED, _("The worker was told to stop."))
    return bool(returned)


@transaction.atomic
def postpone(job: Job, text: Any, *, detail: str = "", **values: Any) -> bool:
    """An attempt went wrong: try again after a while, or fail when it was the last allowed."""
    if job.attempts >= job.max_attempts:
        return fail(job, text, detail=detail, **values)
    found = registry.known(job.kind)
    pauses = found.pauses if found else registry.PAUSES
    wait = pauses[min(job.attempts, len(pauses)) - 1]
    postponed = held(job).update(
        state=State.QUEUED,
        lease_until=None,
        due_at=timezone.now() + timedelta(seconds=wait),
        error=source(text),
        error_values=values,
        error_detail=detail,
    )
    if postponed:
        _note(job.pk, What.POSTPONED, text, values=values)
    return bool(postponed)


@transaction.atomic
def fail(job: Job, text: Any, *, detail: str = "", **values: Any) -> bool:
    """It did not work and trying again would not help."""
    return _fail(held(job), job.pk, text, values, detail)


def _fail(rows: JobQuerySet, job_id: int, text: Any, values: dict[str, Any], detail: str = "") -> bool:
    failed = rows.update(
        state=State.FAILED,
        lease_until=None,
        finished_at=timezone.now(),
        error=source(text),
        error_values=values,
        error_detail=detail,
    )
    if failed:
        _note(job_id, What.FAILED, text, values=values)
    return bool(failed)


@transaction.atomic
def retry(job: Job, *, by: Any) -> None:
    """A person wants a failed or cancelled job tried again, now and with all its attempts."""
    if job.unique_key and Job.objects.unfinished().filter(unique_key=job.unique_key).exists():
        raise NotPossible(_("The same work is already waiting or running."))
    again = Job.objects.filter(pk=job.pk, state__in=(State.FAILED, State.CANCELLED)).update(
        state=State.QUEUED,
        due_at=timezone.now(),
        finished_at=None,
        attempts=0,
        error="",
        error_values={},
        error_detail="",
    )
    if not again:
        raise NotPossible(_("Only work that failed or was cancelled can be tried again."))
    _note(job.pk, What.RETRIED, by=by)
    transaction.on_commit(lambda: ring(job.pk))


@transaction.atomic
def cancel(job: Job, *, by: Any) -> None:
    """A person does not want it any more; a run in progress can no longer commit."""
    cancelled = Job.objects.unfinished().filter(pk=job.pk)
    if not cancelled.update(
        state=State.CANCELLED,
        lease_until=None,
        finished_at=timezone.now(),
        fence=F("fence") + 1,
    ):
        raise NotPossible(_("The work is already finished."))
    _note(job.pk, What.CANCELLED, by=by)


def sweep(*, at_most: int = 100, expires: float | None = None) -> int:
    """Ring for every job that no one took or whose lease ran out; how many were reached."""
    waiting = Job.objects.due().values_list("pk", flat=True)[:at_most]
    return sum(ring(job_id, expires=expires) for job_id in waiting)


@transaction.atomic
def clean(*, at_most: int = 500) -> int:
    """Delete jobs that finished longer ago than they are kept, the oldest first; how many.

    Locked first: one that somebody tries again in the same moment is not deleted.
    """
    now, old = timezone.now(), Q()
    for state, days in KEPT_DAYS.items():
        old |= Q(state=state, finished_at__lt=now - timedelta(days=days))
    rows = Job.objects.filter(old).order_by("pk").select_for_update(skip_locked=True)
    numbers = list(rows.values_list("pk", flat=True)[:at_most])
    Job.objects.filter(pk__in=numbers).delete()
    return len(numbers)


def _note(
    job_id: int,
    what: str,
    text: Any = "",
    *,
    by: Any = None,
    values: dict[str, Any] | None = None,
) -> None:
    JobEvent.objects.create(job_id=job_id, what=what, by=by, text=source(text), values=values or {})
