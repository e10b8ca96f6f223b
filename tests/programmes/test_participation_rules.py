"""Stays in cohorts: what a move, an end and an admission make of them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.calculations.participation import (
    ADDED,
    CREATED,
    KEPT,
    MOVED,
    REJOINED,
    Stay,
    admission,
    ended,
    moved,
    standing_on,
)

FIRST, MOVE = date(2007, 4, 19), date(2009, 1, 1)
days = st.dates(date(2007, 1, 1), date(2010, 12, 31))


def test_a_move_ends_the_day_before_it_begins():
    assert moved([Stay("1", FIRST, key=7)], "2", MOVE) == [Stay("1", FIRST, date(2008, 12, 31), 7), Stay("2", MOVE)]


def test_in_two_cohorts_one_may_be_left_and_the_other_kept():
    two = [Stay("1", FIRST), Stay("2", FIRST)]
    assert standing_on(moved(two, "3", MOVE, from_="1"), MOVE) == ["2", "3"]
    assert standing_on(moved(two, "3", MOVE), MOVE) == ["3"]


def test_a_stay_that_had_not_begun_is_not_left_behind():
    assert moved([Stay("1", MOVE)], "2", MOVE) == [Stay("2", MOVE)]


def test_one_cannot_move_to_where_one_stands():
    with pytest.raises(ValueError, match="already"):
        moved([Stay("1", FIRST)], "1", MOVE)


@pytest.mark.parametrize(
    ("stays", "withdrawn_on", "expected"),
    [
        (None, None, CREATED),
        ([], None, ADDED),
        ([Stay("2", FIRST)], None, KEPT),
        ([Stay("1", FIRST)], None, MOVED),
        ([Stay("1", FIRST, date(2008, 1, 1))], None, ADDED),
        ([Stay("1", FIRST)], date(2008, 1, 1), REJOINED),
        ([Stay("1", FIRST)], date(2009, 6, 1), MOVED),
    ],
)
def test_what_an_admission_makes_of_a_participant(stays, withdrawn_on, expected):
    assert admission(stays, withdrawn_on, "2", MOVE) == expected


@given(st.lists(st.tuples(st.sampled_from("abc"), days, st.one_of(st.none(), days)), max_size=4), days)
def test_after_a_move_one_stands_in_the_new_cohort_alone(rows, on):
    stays = [Stay(cohort, first, last) for cohort, first, last in rows if last is None or last >= first]
    after = moved(stays, "new", on)
    assert standing_on(after, on) == ["new"]
    before = on - timedelta(days=1)
    assert standing_on(after, before) == standing_on(stays, before)


@given(st.lists(st.tuples(st.sampled_from("abc"), days), max_size=4), days)
def test_after_the_end_one_stands_nowhere(rows, on):
    assert standing_on(ended([Stay(cohort, first) for cohort, first in rows], on), on) == []
