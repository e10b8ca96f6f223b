"""One attempt: progress, the commit of rows and "done" as one, and texts in the reader's language."""

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone, translation

from jobs.actions import ask, take
from jobs.errors import JobFailed, LeaseLost, NotNow
from jobs.models import Job
from jobs.registry import handler
from jobs.run import Run, run_job, run_taken

pytestmark = pytest.mark.django_db


@handler("run.write_group")
def write_group(run: Run, *, name: str, then_fail: bool = False) -> None:
    with run.finish() as result:
        result["group"] = Group.objects.create(name=name).pk
        if then_fail:
            raise RuntimeError("Kari Nordmann")


@handler("run.refuse")
def refuse(run: Run) -> None:
    raise JobFailed("It needs %(count)s rows.", count=12400)


@handler("run.wait", pauses=(30, 3600), max_attempts=4)
def wait(run: Run) -> None:
    raise NotNow("The %(what)s is away.", what="mail server")


@handler("run.report")
def report(run: Run) -> None:
    run.progress(12400, 26000, "Reading row %(done)s of %(total)s")


def test_rows_result_and_done_are_committed_together() -> None:
    job = run_job(ask("run.write_group", name="nytt").pk)
    assert job.state == "done"
    assert job.result == {"group": Group.objects.get(name="nytt").pk}


def test_when_the_handler_fails_its_rows_are_gone_with_done() -> None:
    job = run_job(ask("run.write_group", name="nytt", then_fail=True).pk)
    assert job.state == "queued"
    assert job.will_try_again
    assert not Group.objects.exists()
    assert "Nordmann" not in job.error + job.error_detail


def test_what_waits_for_something_outside_is_tried_again_at_pauses_of_its_own_and_says_why() -> None:
    job, waits = ask("run.wait"), []
    for _ in range(4):
        Job.objects.filter(pk=job.pk).update(due_at=timezone.now())
        job = run_job(job.pk)
        waits.append(round((job.due_at - timezone.now()).total_seconds()))
        assert job.trouble == "The mail server is away."
    assert waits[:3] == [30, 3600, 3600]
    assert job.state == "failed"


def test_a_run_whose_fence_is_lost_writes_nothing_and_says_nothing() -> None:
    job = take(ask("run.write_group", name="nytt").pk)
    Job.objects.filter(pk=job.pk).update(fence=job.fence + 1)
    run_taken(job)
    assert not Group.objects.exists()
    job.refresh_from_db()
    assert job.state == "running"


def test_progress_says_when_the_fence_is_lost() -> None:
    job = take(ask("run.report").pk)
    Job.objects.filter(pk=job.pk).update(fence=job.fence + 1)
    with pytest.raises(LeaseLost):
        Run(job).progress(1, 2)


def test_progress_is_written_at_most_every_now_and_then(django_assert_num_queries) -> None:
    run = Run(take(ask("run.report").pk))
    with django_assert_num_queries(1):
        for row in range(1000):
            run.progress(row, 1000, "Reading row %(done)s of %(total)s")


def test_progress_and_errors_are_read_in_the_readers_language_with_grouped_numbers() -> None:
    job = take(ask("run.report").pk)
    Run(job).progress(12400, 26000, "Reading row %(done)s of %(total)s")
    job.refresh_from_db()
    with translation.override("nb"):
        assert job.doing == "Reading row 12\xa0400 of 26\xa0000"
    with translation.override("en"):
        assert job.doing == "Reading row 12,400 of 26,000"
    assert job.percent == 47


def test_a_refusal_is_stored_untranslated_with_its_values() -> None:
    job = run_job(ask("run.refuse").pk)
    assert job.state == "failed"
    with translation.override("nn"):
        assert job.trouble == "It needs 12\xa0400 rows."


def test_a_kind_that_is_gone_fails_in_words() -> None:
    job = Job.objects.create(kind="run.gone")
    job = run_job(job.pk)
    assert job.state == "failed"
    with translation.override("nb"):
        assert job.trouble == "Denne utgaven av portalen kjenner ikke denne typen arbeid."
