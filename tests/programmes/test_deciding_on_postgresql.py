"""A batch decision killed half-way leaves nothing half done, and of two at once one records it."""

import os
import subprocess
import sys
import threading
import time
from datetime import date
from pathlib import Path

import pytest
from django.db import connection, transaction

from programmes.actions import deciding as actions
from programmes.actions.deciding import AlreadyDecided, Ruling
from programmes.models import (
    AdmissionRound,
    AgendaItem,
    Application,
    ApplicationStep,
    Participation,
    ParticipationEvent,
)
from tests.factories import person
from tests.programmes.records_assessment import political_case, recommended, sent_round

pytestmark = [pytest.mark.production, pytest.mark.django_db(transaction=True)]

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 60
BATCH = 6
DECIDE = """
import django; django.setup()
from tests.programmes.test_deciding_on_postgresql import decide_all
from municipalities.models import User
decide_all(by=User.objects.get(email="{email}"))
"""


def decide_all(*, by, admit: bool = True) -> actions.Decided:
    round, item = AdmissionRound.objects.get(), AgendaItem.objects.get()
    rulings = [Ruling(one.pk, admit) for one in round.applications.order_by("pk")]
    days = {"decided_on": date(2008, 11, 20), "starts_on": date(2009, 1, 1)}
    return actions.decide(round, item=item, rulings=rulings, by=by, **days)


@pytest.fixture
def applications() -> list[Application]:
    round, adviser = sent_round(), person("adviser")
    political_case(round.programme)
    return [recommended(round, by=adviser) for _n in range(BATCH)]


def another_process(adviser) -> subprocess.Popen:
    url = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**connection.settings_dict)
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-c", DECIDE.format(email=adviser.email)]
    return subprocess.Popen(command, cwd=ROOT, env=environment)


def blocked() -> list[int]:
    """The sessions that wait for a row that somebody holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_locks WHERE NOT granted")
        return [pid for (pid,) in cursor.fetchall()]


def wait_until(true) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_killed_in_the_middle_nothing_of_it_stands_and_it_can_be_done_again(applications):
    adviser = person("adviser")
    with transaction.atomic():
        # The last participation is written into this row: by then all the rest is written, and not committed.
        applications[-1].applicants.select_for_update().get()
        process = another_process(adviser)
        try:
            wait_until(blocked)
        finally:
            process.kill()
            process.wait(PATIENCE_SECONDS)
    wait_until(lambda: not blocked())
    assert set(Application.objects.values_list("state", flat=True)) == {"recommended"}
    assert not Participation.objects.exists()
    assert not ParticipationEvent.objects.exists()
    assert not ApplicationStep.objects.filter(to_state="admitted").exists()
    assert len(decide_all(by=adviser).now) == BATCH
    assert Participation.objects.count() == BATCH
    assert len(decide_all(by=adviser).before) == BATCH


def test_of_two_advisers_at_once_one_records_it_and_the_other_sees_that(applications):
    advisers, outcomes, start = [person("adviser"), person("adviser")], [], threading.Barrier(2)

    def act(adviser, admit):
        try:
            start.wait()
            outcomes.append(len(decide_all(by=adviser, admit=admit).now))
        except AlreadyDecided as told:
            outcomes.append(len(told.applications))
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=pair) for pair in zip(advisers, (True, False), strict=True)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(PATIENCE_SECONDS)
    assert outcomes == [BATCH, BATCH]
    states = set(Application.objects.values_list("state", flat=True))
    assert len(states) == 1
    assert Participation.objects.count() == (BATCH if states == {"admitted"} else 0)
    assert ApplicationStep.objects.filter(to_state__in=("admitted", "declined")).count() == BATCH


def test_of_two_who_decide_the_same_the_second_finds_it_done(applications):
    outcomes, start, adviser = [], threading.Barrier(2), person("adviser")

    def act():
        try:
            start.wait()
            done = decide_all(by=adviser)
            outcomes.append((len(done.now), len(done.before)))
        finally:
            connection.close()

    threads = [threading.Thread(target=act) for _n in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(PATIENCE_SECONDS)
    assert sorted(outcomes) == [(0, BATCH), (BATCH, 0)]
    assert Participation.objects.count() == BATCH
