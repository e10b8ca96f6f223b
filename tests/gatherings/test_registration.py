"""Registering: who may, when, what becomes of each person, and what e-mails go out."""

from datetime import time, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from correspondence.models import Message
from gatherings.actions.errors import AlreadyRegistered, NotInvited, NotOpen, SessionFull
from gatherings.actions.gatherings import change_gathering, change_state
from gatherings.actions.registrations import (
    Person,
    cancel_registration,
    change_registration,
    clean_personal_data,
    let_in,
    register,
    take_back_entry,
)
from gatherings.models import Registration, Session
from gatherings.queries.registrations import lines_of, numbers_of, preview, standings
from municipalities.models import AuditEvent
from tests.gatherings.worlds import a_registration, another_participant, world

pytestmark = pytest.mark.django_db


def people(*kinds: str) -> list[Person]:
    return [Person(f"{kind} {n}", f"{kind}{n}@example.no", kind) for n, kind in enumerate(kinds)]


def states(gathering) -> list[str]:
    return list(gathering.registrations.order_by("number").values_list("state", flat=True))


def unchanged(gathering) -> dict:
    """What an editor sends that changes nothing."""
    gathering.refresh_from_db()
    audience = {"cohorts": gathering.cohorts.all(), "networks": gathering.networks.all()}
    return {"version": gathering.version, **audience}


def test_a_project_leader_registers_several_at_once_and_the_rule_says_who_is_paid():
    here = world()
    register(
        here.gathering,
        people("politicians", "politicians", "politicians", "unions"),
        participation=here.participation,
        by=here.leader,
    )
    standing = standings(here.gathering, here.participation)
    assert [line.is_paid for line in standing.lines] == [True, True, False, True]
    assert standing.missing == {"management": 2, "unions": 1, "project_leader": 1}


def test_the_one_who_registers_gets_a_receipt_and_each_person_a_confirmation():
    here = world()
    register(here.gathering, people("unions", "management"), participation=here.participation, by=here.leader)
    sent = Message.objects.order_by("pk")
    assert [one.kind for one in sent] == ["gatherings.receipt", "gatherings.confirmed", "gatherings.confirmed"]
    assert sent[0].to == here.leader
    assert sent[1].to_email == "unions0@example.no"


def test_when_it_is_full_the_rest_wait_in_the_order_they_came():
    here = world(capacity=2)
    register(here.gathering, people("unions", "unions", "management"), participation=here.participation, by=here.leader)
    other, leader = another_participant(here.cohort)
    register(here.gathering, [Person("Sen", "sen@example.no", "unions")], participation=other, by=leader)
    assert states(here.gathering) == ["registered", "registered", "waiting", "waiting"]
    lines = lines_of(here.gathering, here.gathering.registrations.live())
    assert [line.position for line in lines] == [None, None, 1, 2]


def test_the_longest_waiting_moves_up_when_somebody_cancels_and_is_told_once():
    here = world(capacity=1)
    first, second, third = register(
        here.gathering, people("unions", "unions", "unions"), participation=here.participation, by=here.leader
    )
    cancel_registration(first, by=here.leader)
    assert states(here.gathering) == ["cancelled", "registered", "waiting"]
    told = Message.objects.filter(kind="gatherings.place")
    assert [one.to_email for one in told] == [second.email]
    third.refresh_from_db()
    assert third.state == "waiting"


def test_the_line_moves_up_when_there_are_more_places():
    here = world(capacity=1)
    register(here.gathering, people("unions", "unions", "unions"), participation=here.participation, by=here.leader)
    change_gathering(here.gathering, values={"capacity": 2}, by=here.adviser, **unchanged(here.gathering))
    assert states(here.gathering) == ["registered", "registered", "waiting"]


def test_fewer_places_put_nobody_out():
    here = world(capacity=3)
    register(here.gathering, people("unions", "unions", "unions"), participation=here.participation, by=here.leader)
    change_gathering(here.gathering, values={"capacity": 1}, by=here.adviser, **unchanged(here.gathering))
    assert states(here.gathering) == ["registered"] * 3


def test_one_who_cancels_from_the_middle_lets_a_self_payer_be_paid():
    here = world()
    first, _second, third = register(
        here.gathering, people("unions", "unions", "unions"), participation=here.participation, by=here.leader
    )
    cancel_registration(first, by=here.leader)
    paid = {line.registration.pk for line in standings(here.gathering, here.participation).lines if line.is_paid}
    assert third.pk in paid


def test_after_the_deadline_only_an_adviser_registers():
    here = world(registration_closes_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(NotOpen):
        register(here.gathering, people("unions"), participation=here.participation, by=here.leader)
    register(here.gathering, people("unions"), participation=here.participation, by=here.adviser)
    assert here.gathering.registrations.get().registered_by == here.adviser


def test_nobody_registers_for_a_draft_or_for_what_is_cancelled():
    here = world(state="draft")
    for state in ("draft", "cancelled", "held"):
        here.gathering.state = state
        here.gathering.save()
        with pytest.raises(NotOpen):
            register(here.gathering, people("unions"), participation=here.participation, by=here.adviser)


def test_those_who_are_not_invited_cannot_register():
    here = world(is_for_all=False)
    with pytest.raises(NotInvited):
        register(here.gathering, people("unions"), participation=here.participation, by=here.leader)
    here.gathering.networks.add(here.network)
    register(here.gathering, people("unions"), participation=here.participation, by=here.leader)


def test_a_person_is_registered_once_whatever_capitals_are_used_and_then_nobody_is():
    here = world()
    register(
        here.gathering, [Person("Åse Ås", "ase@example.no", "unions")], participation=here.participation, by=here.leader
    )
    twice = [Person("Ny", "ny@example.no", "unions"), Person("åse  ÅS", "ASE@example.no", "unions")]
    with pytest.raises(AlreadyRegistered):
        register(here.gathering, twice, participation=here.participation, by=here.leader)
    assert here.gathering.registrations.count() == 1


def test_one_who_has_cancelled_can_come_after_all_at_the_end_of_the_line():
    here = world()
    (first,) = register(here.gathering, people("unions"), participation=here.participation, by=here.leader)
    cancel_registration(first, by=here.leader)
    (again,) = register(here.gathering, people("unions"), participation=here.participation, by=here.leader)
    assert (first.number, again.number) == (1, 2)


def test_the_preview_says_what_the_registration_then_does():
    here = world(capacity=4)
    register(here.gathering, people("unions"), participation=here.participation, by=here.leader)
    kinds = ["unions", "unions", "management", "project_leader", "politicians"]
    shown = preview(here.gathering, here.participation, kinds)
    register(
        here.gathering,
        [Person(f"P{n}", f"p{n}@example.no", kind) for n, kind in enumerate(kinds)],
        participation=here.participation,
        by=here.leader,
    )
    standing = standings(here.gathering, here.participation)
    made = standing.lines[1:]
    assert [(one.is_paid, one.position) for one in shown.outcomes] == [(one.is_paid, one.position) for one in made]
    assert shown.missing == standing.missing


def test_a_parallel_session_takes_as_many_as_it_has_places():
    here = world()
    session = Session.objects.create(
        gathering=here.gathering,
        kind="parallel",
        held_on=here.gathering.starts_on,
        starts_time=time(10),
        title={"nb": "Nærvær"},
        capacity=1,
    )
    wanted = [Person(f"P{n}", f"p{n}@example.no", "unions", sessions=(session,)) for n in range(2)]
    with pytest.raises(SessionFull, match=r"“Nærvær” .+ is full, so there is no place for P1\."), override("en"):
        register(here.gathering, wanted, participation=here.participation, by=here.leader)
    assert here.gathering.registrations.count() == 0
    register(here.gathering, wanted[:1], participation=here.participation, by=here.leader)


def test_a_changed_registration_keeps_its_number():
    here = world()
    (one,) = register(here.gathering, people("unions"), participation=here.participation, by=here.leader)
    changed = change_registration(one, Person("Ny", "ny@example.no", "management", "vegan"), by=here.leader)
    assert (changed.number, changed.name, changed.delegate, changed.needs) == (1, "Ny", "management", "vegan")


def test_at_the_door_a_second_tap_changes_nothing_and_undo_takes_it_back():
    here = world()
    one = a_registration(here.gathering, here.participation)
    first = let_in(one, by=here.adviser).attended_at
    assert let_in(one, by=here.network_leader).attended_at == first
    assert numbers_of(here.gathering).present == 1
    take_back_entry(one, by=here.adviser)
    assert numbers_of(here.gathering).present == 0


def test_those_registered_are_told_of_old_and_new_time_and_keep_their_place():
    here = world(place="Bodø")
    register(here.gathering, people("unions"), participation=here.participation, by=here.leader)
    old = here.gathering.starts_on
    later = {"starts_on": old + timedelta(days=7), "ends_on": old + timedelta(days=8)}
    session = Session.objects.create(
        gathering=here.gathering, held_on=old + timedelta(days=1), starts_time="09:00", title={"nb": "Andre dag"}
    )
    moved = change_gathering(here.gathering, values=later, by=here.adviser, **unchanged(here.gathering))
    (told,) = Message.objects.filter(kind="gatherings.moved")
    assert str(old.day) in told.body
    assert str(later["starts_on"].day) in told.body
    session.refresh_from_db()
    assert session.held_on == later["ends_on"]
    assert moved.sequence == here.gathering.sequence + 1
    assert states(moved) == ["registered"]


def test_what_does_not_move_it_leaves_calendars_alone():
    here = world()
    saved = change_gathering(here.gathering, values={"capacity": 9}, by=here.adviser, **unchanged(here.gathering))
    assert saved.sequence == here.gathering.sequence
    assert not Message.objects.filter(kind="gatherings.moved").exists()


def test_those_registered_are_told_when_it_is_cancelled():
    here = world()
    register(here.gathering, people("unions"), participation=here.participation, by=here.leader)
    cancelled = change_state(here.gathering, "cancel", by=here.adviser)
    assert Message.objects.filter(kind="gatherings.cancelled").count() == 1
    assert cancelled.sequence == here.gathering.sequence + 1


def test_needs_are_deleted_afterwards_and_that_leaves_a_trace():
    here = world()
    one = a_registration(here.gathering, here.participation, needs="allergi")
    clean_personal_data(here.gathering)
    one.refresh_from_db()
    assert (one.needs, one.cleaned_at is not None) == ("", True)
    assert AuditEvent.objects.filter(action="gatherings.clean").exists()
    assert Registration.objects.get().name == one.name
