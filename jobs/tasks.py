"""The Celery tasks: the doorbell, the round that finds what no bell reached, and the one that clears away."""

from celery import shared_task

from jobs import actions
from jobs.supervision import run_supervised

SWEEP_SECONDS = 10


@shared_task(name="jobs.ring", ignore_result=True)
def ring(job_id: int) -> None:
    """Do the job if it is due and nobody has it; a second bell for it finds nothing to do."""
    run_supervised(int(job_id))


@shared_task(name="jobs.sweep", ignore_result=True)
def sweep() -> int:
    """Ring again for jobs that wait; the bells lapse before the next round, so they never pile up."""
    return actions.sweep(expires=SWEEP_SECONDS)


@shared_task(name="jobs.clean", ignore_result=True)
def clean() -> int:
    """Delete jobs that finished long ago; how many."""
    return actions.clean()
