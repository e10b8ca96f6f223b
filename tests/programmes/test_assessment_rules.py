"""How scores agree, by hand and against a naive second way."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.calculations.assessment import (
    Agreement,
    advice_disagrees,
    agreement,
    by_criterion,
    disagrees,
    missing_before_hand_in,
    overall_mean,
)

scores = st.lists(st.one_of(st.none(), st.integers(1, 6)), max_size=6)


@pytest.mark.parametrize(
    ("given_scores", "expected"),
    [
        ([], Agreement(0, None, None)),
        ([None, None], Agreement(0, None, None)),
        ([4], Agreement(1, Decimal("4.0"), 0)),
        ([3, 5, None], Agreement(2, Decimal("4.0"), 2)),
        ([3, 4, 4, 4], Agreement(4, Decimal("3.8"), 1)),
    ],
)
def test_who_has_not_scored_is_not_counted(given_scores, expected):
    assert agreement(given_scores) == expected


def test_two_points_apart_is_a_disagreement_and_one_is_not():
    assert [agreement([2, other]).disagrees for other in (2, 3, 4, 6)] == [False, False, True, True]


@given(scores)
def test_a_disagreement_is_two_that_are_two_apart(given_scores):
    known = [one for one in given_scores if one is not None]
    assert agreement(given_scores).disagrees == any(abs(a - b) >= 2 for a in known for b in known)


@given(scores)
def test_the_order_of_the_advisers_does_not_matter(given_scores):
    assert agreement(given_scores) == agreement(reversed(given_scores))


def test_unsure_contradicts_nobody():
    assert advice_disagrees(["admit", "decline", "unsure"])
    assert not advice_disagrees(["admit", "unsure", ""])
    assert not advice_disagrees(["decline", "decline"])


def test_contrary_advice_is_a_disagreement_though_the_scores_are_alike():
    same = {1: {"a": 4}, 2: {"a": 4}}
    assert disagrees(same, ["admit", "decline"])
    assert not disagrees(same, ["admit", "admit"])
    assert disagrees({1: {"a": 4}, 2: {"a": 6}}, ["admit", "admit"])


def test_an_adviser_who_skipped_a_criterion_weighs_as_much_as_another():
    assert overall_mean({1: {"a": 2, "b": 2}, 2: {"a": 6}}) == Decimal("4.0")
    assert overall_mean({}) is None
    assert by_criterion({1: {"a": 2, "b": 2}, 2: {"a": 6}})["a"] == Agreement(2, Decimal("4.0"), 4)


def test_what_is_missing_is_named_in_the_order_of_the_form():
    assert missing_before_hand_in(["a", "b", "c"], ["b"], "") == ["a", "c", "advice"]
    assert missing_before_hand_in(["a"], ["a"], "unsure") == []
