"""manage.py work: run jobs as they come; the worker of an installation without Redis."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from jobs.models import Job
from jobs.supervision import GRACE_SECONDS
from jobs.worker import Worker


class Command(BaseCommand):
    help = "Run jobs that are due, as they come."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="run those that are due now, then stop")
        parser.add_argument(
            "--grace",
            type=float,
            default=GRACE_SECONDS,
            metavar="SECONDS",
            help="how long a running job may go on after SIGTERM",
        )

    def handle(self, *args: Any, once: bool, grace: float, **options: Any) -> None:
        worker = Worker(grace=grace, tell=self._tell)
        worker.stop_on_signals()
        if once:
            count = worker.run_due()
            self.stdout.write(f"{count} jobs run")
        else:
            self.stdout.write("Waiting for jobs; Ctrl-C stops.")
            self.stdout.flush()
            worker.run_forever()

    def _tell(self, job: Job) -> None:
        job.refresh_from_db(fields=["state"])
        self.stdout.write(f"{job.kind} {job.pk}: {job.state}")
        self.stdout.flush()
