"""kill -9 while the PDF of a report is made: it is made by whoever comes next, and each edition gets exactly one."""

import hashlib
import random
import sys
import time
from pathlib import Path

import pytest

from tests.jobs.portal import Portal, Process

CELERY = (sys.executable, "-m", "celery", "--app=config", "--quiet")
EDITIONS, KILLS = 3, 3
ASK = f"""
from reporting.actions import ask_pdf
from tests.factories import ProgrammeFactory, person
from tests.reporting.editions import draft
adviser = person("adviser")
for at in range({EDITIONS}):
    ask_pdf(draft(adviser, programme=ProgrammeFactory()), by=adviser)
Job.objects.exclude(kind="reporting.make_pdf").delete()
"""


def with_pdfs_asked_for(portal: Portal) -> Portal:
    """The portal with all its rooms, and editions that wait for their PDF."""
    portal.environment["DJANGO_SETTINGS_MODULE"] = "tests.jobs.whole_settings"
    portal.manage("migrate", "--verbosity=0")
    portal.python(ASK)
    return portal


def kill_while_printing(portal: Portal, worker: Process, chance: random.Random) -> None:
    """Each time at another moment of a job that has begun: the whole group, or the worker alone."""
    for number in range(KILLS):
        portal.wait_for(lambda: portal.states().get("running") or not portal.unfinished())
        time.sleep(number * chance.uniform(0.1, 0.5))  # the first as soon as it has begun
        chance.choice((worker.kill, worker.kill_leader))()
        worker.start()
    portal.wait_for(lambda: not portal.unfinished())


def each_edition_has_one_pdf(portal: Portal) -> bool:
    """The file the edition names has the checksum it names, and nothing else lies beside them."""
    editions = portal.query("SELECT pdf, pdf_sha256 FROM reporting_edition")
    folder = Path(portal.environment["MEDIA_ROOT"])
    files = {f"reports/{path.name}": path.read_bytes() for path in (folder / "reports").iterdir()}
    return len(editions) == EDITIONS and dict(editions) == {
        name: hashlib.sha256(content).hexdigest() for name, content in files.items()
    }


def interruptions(portal: Portal) -> int:
    return portal.query("SELECT count(*) FROM jobs_jobevent WHERE what = 'interrupted'")[0][0]


def is_whole(portal: Portal) -> bool:
    return portal.states() == {"done": EDITIONS} and interruptions(portal) > 0 and each_edition_has_one_pdf(portal)


@pytest.mark.embedded
def test_a_polling_worker_killed_while_it_prints_leaves_one_pdf_for_each_edition(embedded: Portal) -> None:
    portal = with_pdfs_asked_for(embedded)
    with portal.worker() as worker:
        kill_while_printing(portal, worker, random.Random(2008))
    assert is_whole(portal)


@pytest.mark.production
def test_celery_workers_killed_while_they_print_leave_one_pdf_for_each_edition(production: Portal) -> None:
    portal = with_pdfs_asked_for(production)
    beat = (*CELERY, "beat", f"--schedule={portal.folder / 'schedule'}", "--pidfile=", "--max-interval=1")
    with portal.process(*CELERY, "worker", "--concurrency=2") as worker, portal.process(*beat):
        kill_while_printing(portal, worker, random.Random(2009))
    assert is_whole(portal)
