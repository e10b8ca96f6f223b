"""kill -9 on the embedded default: nothing is lost, nothing stands twice."""

import random
import time

import pytest

from tests.jobs.ledger.tasks import CHILD, LINES, WORKER
from tests.jobs.portal import Portal, entries_are_complete

pytestmark = pytest.mark.embedded


def test_two_workers_killed_at_random_lose_nothing_and_double_nothing(embedded: Portal) -> None:
    jobs, kills, chance = 50, 10, random.Random(2009)
    embedded.ask("ledger.write", count=jobs, pause=0.1)
    with embedded.worker() as one, embedded.worker() as other:
        for _ in range(kills):
            time.sleep(chance.uniform(0.4, 1.2))
            victim = chance.choice((one, other))
            chance.choice((victim.kill, victim.kill_leader))()
            victim.start()
        embedded.wait_for(lambda: not embedded.unfinished())
    assert embedded.states() == {"done": jobs}
    assert entries_are_complete(embedded, jobs, LINES)


@pytest.mark.parametrize("whom", [WORKER, CHILD])
def test_a_kill_at_each_point_of_a_job_leaves_its_lines_exactly_once(embedded: Portal, whom: str) -> None:
    points = ("reading", "writing", "committed")
    for point in points:
        embedded.ask("ledger.write", die=whom, at=point)
    with embedded.worker() as worker:
        while embedded.unfinished():
            if not worker.is_alive:
                worker.start()
            time.sleep(0.05)
    assert embedded.states() == {"done": len(points)}
    assert entries_are_complete(embedded, len(points), LINES)
    assert embedded.query("SELECT attempts FROM jobs_job ORDER BY id") == [(2,), (2,), (1,)]
