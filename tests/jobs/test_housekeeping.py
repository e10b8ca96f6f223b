"""Finished jobs are kept for a while, then deleted with their history; unfinished ones never are."""

from datetime import timedelta

import pytest
from celery import current_app
from django.utils import timezone

from jobs import actions, tasks
from jobs.models import Job, JobEvent
from jobs.worker import Worker

pytestmark = pytest.mark.django_db


def finished(state: str, days_ago: int) -> Job:
    at = timezone.now() - timedelta(days=days_ago)
    job = Job.objects.create(kind="tests.old", state=state, asked_at=at, finished_at=at, error="The disk was full.")
    JobEvent.objects.create(job=job, what=state)
    return job


@pytest.mark.parametrize(
    ("state", "days_ago", "is_kept"),
    [
        ("done", 89, True),
        ("done", 91, False),
        ("cancelled", 89, True),
        ("cancelled", 91, False),
        ("failed", 91, True),
        ("failed", 364, True),
        ("failed", 366, False),
    ],
)
def test_done_and_cancelled_jobs_are_kept_for_90_days_and_failed_ones_for_a_year(state, days_ago, is_kept):
    job = finished(state, days_ago)
    assert actions.clean() == (0 if is_kept else 1)
    assert Job.objects.filter(pk=job.pk).exists() is is_kept
    assert JobEvent.objects.filter(job=job.pk).exists() is is_kept


def test_a_job_that_is_not_finished_is_kept_however_old():
    long_ago = timezone.now() - timedelta(days=1000)
    Job.objects.create(kind="tests.old", asked_at=long_ago, due_at=long_ago)
    running = Job.objects.create(
        kind="tests.old", state="running", asked_at=long_ago, started_at=long_ago, lease_until=long_ago
    )
    assert actions.clean() == 0
    assert Job.objects.filter(pk=running.pk).exists()


def test_no_more_than_a_batch_is_deleted_at_a_time():
    for _ in range(3):
        finished("done", 100)
    assert [actions.clean(at_most=2) for _ in range(3)] == [2, 1, 0]


def test_the_clock_of_celery_has_it_done():
    finished("done", 100)
    assert current_app.conf.beat_schedule["clean"]["task"] == tasks.clean.name
    tasks.clean.apply(throw=True)
    assert not Job.objects.exists()


def test_the_polling_worker_does_it_when_it_starts_and_then_once_an_hour():
    worker = Worker()
    kept = []
    for at in (0.0, 3599.0, 3601.0):
        finished("done", 100)
        worker.clean_when_due(at)
        kept.append(Job.objects.count())
    assert kept == [0, 1, 0]
