"""Five hundred register at the same moment: nobody gets a place that is not there, and nobody is lost.

Real threads, each with a connection of its own, on SQLite in a file and on PostgreSQL.
"""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection, connections

from correspondence.models import Message
from gatherings.actions.errors import NotPossible
from gatherings.actions.registrations import Person, cancel_registration, let_in, register
from gatherings.models import Registration
from municipalities.models import AuditEvent
from tests.gatherings.worlds import a_registration, another_participant, world

THREADS = 8
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def at_once(tmp_path: Path) -> Callable[[list[Callable]], list]:
    """Give a function that runs acts in many threads; what each gave, or the refusal it met. Other errors end the test.

    Threads cannot share a database in memory, so on SQLite its copy in a file is what they meet.
    """

    def run(acts: list[Callable]) -> list:
        if connection.vendor != "sqlite":
            return in_threads(acts)
        file, name = sqlite3.connect(tmp_path / "shared.sqlite3"), connection.settings_dict["NAME"]
        connection.connection.backup(file)
        connection.settings_dict["NAME"] = str(tmp_path / "shared.sqlite3")
        try:
            return in_threads(acts)
        finally:
            connection.settings_dict["NAME"] = name
            file.backup(connection.connection)
            file.close()

    return run


def in_threads(acts: list[Callable]) -> list:
    def alone(act):
        try:
            return act()
        except NotPossible as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(alone, acts))


def counted(gathering) -> tuple[int, int]:
    return gathering.registrations.seated().count(), gathering.registrations.waiting().count()


def test_five_hundred_at_once_fill_the_places_and_the_rest_wait_in_one_line(at_once):
    here = world(capacity=120)
    groups = [[Person(f"P{n}-{at}", f"p{n}-{at}@example.no", "unions") for at in range(5)] for n in range(100)]
    gave = at_once(
        [
            lambda group=group: register(here.gathering, group, participation=here.participation, by=here.leader)
            for group in groups
        ]
    )
    assert [len(one) for one in gave] == [5] * 100
    assert counted(here.gathering) == (120, 380)
    numbers = list(here.gathering.registrations.order_by("number").values_list("number", "state"))
    assert [number for number, _state in numbers] == list(range(1, 501))
    assert [state for _number, state in numbers] == ["registered"] * 120 + ["waiting"] * 380
    assert Message.objects.filter(kind="gatherings.receipt").count() == 100
    assert Message.objects.filter(kind="gatherings.confirmed").count() == 500


def test_the_last_place_asked_for_by_many_goes_to_one(at_once):
    here = world(capacity=1)
    acts = [
        lambda n=n: register(
            here.gathering,
            [Person(f"P{n}", f"p{n}@example.no", "unions")],
            participation=here.participation,
            by=here.leader,
        )
        for n in range(THREADS)
    ]
    at_once(acts)
    assert counted(here.gathering) == (1, THREADS - 1)


def test_the_same_person_sent_by_many_is_registered_once(at_once):
    here = world()
    person = Person("Kari", "kari@example.no", "unions")
    gave = at_once(
        [
            lambda: register(here.gathering, [person], participation=here.participation, by=here.leader)
            for _n in range(THREADS)
        ]
    )
    assert sum(isinstance(one, NotPossible) for one in gave) == THREADS - 1
    assert counted(here.gathering) == (1, 0)


def test_as_many_move_up_as_cancel_and_others_register_meanwhile(at_once):
    here = world(capacity=10)
    seated = [a_registration(here.gathering, here.participation) for _n in range(10)]
    waiting = [a_registration(here.gathering, here.participation, state="waiting") for _n in range(10)]
    other, leader = another_participant(here.cohort)
    cancels = [lambda one=one: cancel_registration(one, by=here.leader) for one in seated[:6]]
    new = [
        lambda n=n: register(
            here.gathering, [Person(f"Ny {n}", f"ny{n}@example.no", "unions")], participation=other, by=leader
        )
        for n in range(6)
    ]
    at_once([act for pair in zip(cancels, new, strict=True) for act in pair])
    assert counted(here.gathering) == (10, 10)
    moved = Registration.objects.filter(pk__in=[one.pk for one in waiting], state="registered")
    assert sorted(moved.values_list("number", flat=True)) == [one.number for one in waiting[:6]]
    assert Message.objects.filter(kind="gatherings.place").count() == 6


def test_two_who_tap_the_same_name_let_one_person_in_once(at_once):
    here = world()
    one = a_registration(here.gathering, here.participation)
    at_once([lambda: let_in(one, by=here.adviser)] * THREADS)
    assert AuditEvent.objects.filter(action="gatherings.let_in").count() == 1
