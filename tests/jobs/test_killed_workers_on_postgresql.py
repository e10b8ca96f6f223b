"""kill -9, a restarted PostgreSQL and a Redis that is away, with Celery: nothing is lost, nothing stands twice."""

import random
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.jobs.ledger.tasks import LINES
from tests.jobs.portal import Portal, Process, entries_are_complete
from tests.jobs.servers import Broker, Cluster

pytestmark = pytest.mark.production

CELERY = (sys.executable, "-m", "celery", "--app=config", "--quiet")


@pytest.fixture
def worker(production: Portal) -> Iterator[Process]:
    with production.process(*CELERY, "worker", "--concurrency=2", "--loglevel=INFO") as worker:
        yield worker


@pytest.fixture
def beat(production: Portal) -> Iterator[Process]:
    schedule = production.folder / "schedule"
    with production.process(*CELERY, "beat", f"--schedule={schedule}", "--pidfile=", "--max-interval=1") as beat:
        yield beat


def test_celery_workers_killed_at_random_lose_nothing_and_double_nothing(
    production: Portal, worker: Process, beat: Process, broker: Broker
) -> None:
    jobs, kills, chance = 60, 4, random.Random(2010)
    production.ask("ledger.write", count=jobs, pause=0.2)
    for number in range(kills):
        before = production.done()
        production.wait_for(lambda before=before: production.done() > before)
        time.sleep(chance.uniform(0.0, 0.3))
        chance.choice((worker.kill, worker.kill_leader))()
        if number == 2:
            broker.stop()  # and with it every bell that was rung
            broker.start()
        worker.start()
    production.wait_for(lambda: not production.unfinished())
    assert production.states() == {"done": jobs}
    assert entries_are_complete(production, jobs, LINES)


def test_a_job_asked_for_while_redis_is_away_is_kept_and_runs_when_it_is_back(
    production: Portal, worker: Process, beat: Process, broker: Broker
) -> None:
    broker.stop()
    job = production.ask("ledger.write")
    assert production.job(job, "state") == ("queued",)
    broker.start()
    production.wait_for(lambda: production.job(job, "state") == ("done",))
    assert entries_are_complete(production, 1, LINES)


def test_asking_does_not_wait_for_a_broker_that_never_answers(production: Portal) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:  # the call is taken, and nothing is said
        production.environment["REDIS_URL"] = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        seconds = production.python(
            "import time\nstart = time.monotonic()\nfor _ in range(5): ask('ledger.write')\n"
            "print(time.monotonic() - start)"
        )
    assert seconds < 2
    assert production.states() == {"queued": 5}


def test_a_restart_of_postgresql_in_the_middle_of_a_job_is_survived(
    production: Portal, worker: Process, beat: Process, cluster: Cluster, tmp_path: Path
) -> None:
    until = tmp_path / "go on"
    job = production.ask("ledger.query_until", until=str(until))
    production.wait_for(lambda: production.job(job, "state") == ("running",))
    cluster.restart(away=1.5)
    until.touch()
    after = production.ask("ledger.write")
    production.wait_for(lambda: not production.unfinished())
    assert production.states() == {"done": 2}
    assert production.query(f"SELECT line FROM ledger_entry WHERE job_id = {job}") == [(0,)]
    assert production.query(f"SELECT count(*) FROM ledger_entry WHERE job_id = {after}") == [(LINES,)]


def test_the_polling_worker_reconnects_too(production: Portal, cluster: Cluster) -> None:
    with production.worker() as worker:
        first = production.ask("ledger.write")
        production.wait_for(lambda: production.job(first, "state") == ("done",))
        cluster.restart(away=1.5)
        second = production.ask("ledger.write")
        production.wait_for(lambda: production.job(second, "state") == ("done",))
        assert worker.is_alive
