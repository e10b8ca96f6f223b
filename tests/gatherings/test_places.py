"""Capacity and the waiting list, against a line that is walked one person at a time."""

from hypothesis import given
from hypothesis import strategies as st

from gatherings.calculations.places import free_places, moves_up, seats_for

counts = st.integers(0, 20)
capacities = st.none() | counts


def test_the_last_place_goes_to_the_first_of_two():
    assert seats_for(10, 9, 0, 2) == 1


def test_nobody_passes_those_who_wait():
    assert seats_for(10, 9, 1, 1) == 0


def test_without_a_limit_everyone_has_a_place():
    assert seats_for(None, 500, 0, 300) == 300
    assert moves_up(None, 500, ["Anne"]) == ["Anne"]


def test_a_lowered_limit_puts_nobody_out_and_lets_nobody_in():
    assert free_places(5, 8) == 0
    assert moves_up(5, 8, ["Anne"]) == []


@given(capacities, counts, counts, counts)
def test_newcomers_get_what_is_left_when_those_before_them_are_seated(capacity, seated, waiting, newcomers):
    line = ["waits"] * waiting + ["new"] * newcomers
    given_places = []
    for person in line:
        if capacity is None or seated + len(given_places) < capacity:
            given_places.append(person)
    assert seats_for(capacity, seated, waiting, newcomers) == given_places.count("new")


@given(capacities, counts, st.lists(st.integers(), unique=True, max_size=20))
def test_the_line_moves_up_in_its_order_until_it_is_full(capacity, seated, waiting):
    moved = list(moves_up(capacity, seated, waiting))
    assert moved == waiting[: len(moved)]
    assert capacity is None or not moved or seated + len(moved) <= capacity
    assert len(moved) == len(waiting) or seated + len(moved) >= capacity
