"""What may happen to a job, and what may not."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from jobs import actions
from jobs.actions import ask, cancel, give_back, keep_alive, postpone, retry, take
from jobs.errors import LeaseLost, NotPossible
from jobs.models import Job, JobEvent
from jobs.registry import handler
from jobs.run import Run, run_job

pytestmark = pytest.mark.django_db


@handler("actions.echo", title="Echo", max_attempts=3)
def echo(run: Run, *, word: str = "") -> dict:
    return {"word": word}


def lapse(job: Job) -> None:
    """Let the lease run out, as when its worker was killed a while ago."""
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def whats(job: Job) -> list[str]:
    return list(JobEvent.objects.filter(job=job).values_list("what", flat=True))


def test_a_job_is_asked_for_with_its_arguments_and_done_with_its_result() -> None:
    job = ask("actions.echo", subject="programmes.programme:1", word="hei")
    assert (job.state, job.max_attempts) == ("queued", 3)
    job = run_job(job.pk)
    assert (job.state, job.result, job.attempts) == ("done", {"word": "hei"}, 1)
    assert whats(job) == ["asked", "started", "done"]


def test_a_kind_without_a_handler_cannot_be_asked_for() -> None:
    with pytest.raises(LookupError):
        ask("actions.unheard_of")


def test_a_request_that_is_rolled_back_leaves_no_job() -> None:
    with transaction.atomic():
        ask("actions.echo")
        transaction.set_rollback(True)
    assert not Job.objects.exists()


def test_the_same_key_is_asked_for_once_until_it_is_finished() -> None:
    first = ask("actions.echo", key="report:1")
    assert ask("actions.echo", key="report:1") == first
    run_job(first.pk)
    assert ask("actions.echo", key="report:1") != first


def test_the_database_itself_refuses_a_second_unfinished_job_of_a_key() -> None:
    ask("actions.echo", key="report:1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(kind="actions.echo", unique_key="report:1")


def test_a_job_is_taken_once() -> None:
    job = ask("actions.echo")
    assert take(job.pk).fence == 1
    assert take(job.pk) is None


def test_the_job_that_has_waited_longest_is_taken_first() -> None:
    late = ask("actions.echo", due_at=timezone.now() - timedelta(minutes=1))
    early = ask("actions.echo", due_at=timezone.now() - timedelta(minutes=2))
    assert [take(), take(), take()] == [early, late, None]


def test_a_job_for_tomorrow_is_not_taken_today() -> None:
    ask("actions.echo", due_at=timezone.now() + timedelta(days=1))
    assert take() is None


def test_a_job_left_behind_is_taken_again_and_the_first_holder_can_no_longer_commit() -> None:
    job = ask("actions.echo")
    first = take(job.pk)
    lapse(first)
    second = take(job.pk)
    assert second.fence == first.fence + 1
    with pytest.raises(LeaseLost):
        actions.renew(first)
    with pytest.raises(LeaseLost), transaction.atomic():
        actions.finish(first, {})
    assert not keep_alive(first)
    assert keep_alive(second)
    assert whats(job) == ["asked", "started", "interrupted", "started"]


def test_a_job_left_behind_in_its_last_attempt_is_given_up_and_the_next_is_taken() -> None:
    poison, after = ask("actions.echo"), ask("actions.echo")
    for _ in range(3):
        lapse(take(poison.pk))
    assert take() == after
    poison.refresh_from_db()
    assert poison.state == "failed"
    assert poison.error_values == {"attempts": 3}


def test_an_attempt_that_went_wrong_is_made_again_after_a_while_until_the_last() -> None:
    job = ask("actions.echo")
    waits = []
    for _ in range(3):
        Job.objects.filter(pk=job.pk).update(due_at=timezone.now())
        postpone(take(job.pk), "It went wrong.")
        job.refresh_from_db()
        waits.append(round((job.due_at - timezone.now()).total_seconds()))
    assert waits[:2] == [2, 15]
    assert job.state == "failed"
    assert job.finished_at


def test_a_job_given_back_has_lost_no_attempt() -> None:
    job = take(ask("actions.echo").pk)
    assert give_back(job)
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("queued", 0)


def test_a_cancelled_run_can_no_longer_commit(adviser) -> None:
    running = take(ask("actions.echo").pk)
    cancel(running, by=adviser)
    with pytest.raises(LeaseLost):
        actions.finish(running, {})
    assert whats(running)[-1] == "cancelled"
    assert running.events.last().by == adviser


def test_what_is_finished_cannot_be_cancelled(adviser) -> None:
    job = run_job(ask("actions.echo").pk)
    with pytest.raises(NotPossible):
        cancel(job, by=adviser)


def test_a_failed_job_is_tried_again_with_all_its_attempts(adviser) -> None:
    job = take(ask("actions.echo").pk)
    actions.fail(job, "The file is gone.")
    retry(job, by=adviser)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.error, job.finished_at) == ("queued", 0, "", None)
    assert run_job(job.pk).state == "done"


def test_a_job_done_is_not_tried_again(adviser) -> None:
    job = run_job(ask("actions.echo").pk)
    with pytest.raises(NotPossible):
        retry(job, by=adviser)


def test_a_failed_job_is_not_tried_again_while_the_same_work_waits(adviser) -> None:
    failed = take(ask("actions.echo", key="report:1").pk)
    actions.fail(failed, "The file is gone.")
    ask("actions.echo", key="report:1")
    with pytest.raises(NotPossible):
        retry(failed, by=adviser)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "running"},
        {"state": "done"},
        {"state": "failed", "finished_at": timezone.now()},
        {"state": "queued", "lease_until": timezone.now()},
        {"state": "asleep"},
        {"progress_done": 2, "progress_total": 1},
    ],
)
def test_the_database_refuses_a_row_that_contradicts_itself(wrong: dict) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(kind="actions.echo", **wrong)


def test_the_job_goes_with_nobody_when_its_asker_is_removed(adviser) -> None:
    job = ask("actions.echo", by=adviser)
    adviser.delete()
    job.refresh_from_db()
    assert job.asked_by is None
