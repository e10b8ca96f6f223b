"""What may be told of the answers: worked by hand, held against a slow way of doing the same, and attacked."""

from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatherings.calculations.evaluation import (
    HIDDEN,
    Result,
    bars,
    choice_result,
    group_results,
    hidden_groups,
    mean,
    percent,
    scale_result,
    shown,
    yes_no_result,
)

scores = st.lists(st.integers(1, 6), max_size=60)
sizes = st.dictionaries(st.integers(0, 9), st.integers(0, 14), max_size=8)


def half_up(exact: Fraction) -> Decimal:
    """One decimal, half away from zero, by whole numbers alone."""
    tenths = (exact * 20 + 1) // 2
    return Decimal(int(tenths)) / 10


def test_the_example_of_seven_answers():
    found = scale_result([3, 4, 4, 5, 5, 6, 2])
    assert (found.n, found.mean, found.good_percent) == (7, Decimal("4.1"), Decimal("71.4"))
    assert found.counts == (0, 1, 1, 2, 2, 1)


def test_half_is_rounded_up_and_not_to_the_even():
    assert mean([4, 4, 4, 5]) == Decimal("4.3")
    assert percent(1, 8) == Decimal("12.5")
    assert percent(1, 16) == Decimal("6.3")


def test_nothing_is_missing_and_not_zero():
    found = scale_result([])
    assert (found.n, found.mean, found.good_percent) == (0, None, None)
    assert yes_no_result([]).yes_percent is None


def test_dont_know_counts_among_those_who_answered():
    found = yes_no_result(["yes", "yes", "no", "unknown"])
    assert (found.n, found.yes_percent, found.counts) == (4, Decimal("50.0"), (2, 1, 1))


def test_options_nobody_chose_are_told_as_zero():
    assert choice_result(["0", "1", "2"], ["2", "2", "0"]).counts == (1, 0, 2)


@given(scores)
def test_mean_and_share_are_those_of_exact_fractions(given_scores):
    found = scale_result(given_scores)
    assert sum(found.counts) == found.n == len(given_scores)
    if given_scores:
        assert found.mean == half_up(Fraction(sum(given_scores), len(given_scores)))
        good = len([score for score in given_scores if score in (4, 5, 6)])
        assert found.good_percent == half_up(Fraction(100 * good, len(given_scores)))


@pytest.mark.parametrize("n", [1, 4])
def test_fewer_than_five_answers_are_held_back(n):
    assert shown(scale_result([5] * n)) is HIDDEN


@pytest.mark.parametrize("n", [0, 5])
def test_none_and_five_are_told(n):
    assert shown(scale_result([5] * n)).n == n


def test_one_small_group_takes_the_smallest_of_the_others_with_it():
    assert hidden_groups({"a": 12, "b": 9, "c": 3}) == {"b", "c"}


def test_several_small_groups_that_are_enough_together_take_nobody_with_them():
    assert hidden_groups({"a": 12, "b": 3, "c": 2}) == {"b", "c"}


def test_small_groups_that_are_too_few_together_take_one_more():
    assert hidden_groups({"a": 12, "b": 7, "c": 2, "d": 2}) == {"b", "c", "d"}


def test_an_empty_group_hides_nothing_and_is_no_cover():
    assert hidden_groups({"a": 12, "b": 9, "c": 0}) == set()
    assert hidden_groups({"a": 12, "b": 3, "c": 0}) == {"a", "b"}


def naive_unsafe(groups: dict, hidden: set) -> bool:
    """Whether somebody who knows all and the shown can work out the sum of too few, or of one group."""
    filled = {group for group, size in groups.items() if size}
    if any(groups[group] < 5 for group in filled - hidden):
        return True
    rest = filled & hidden
    return bool(rest) and (len(rest) == 1 or sum(groups[group] for group in rest) < 5)


@given(sizes)
def test_what_is_hidden_cannot_be_found_by_subtraction(groups):
    hidden = hidden_groups(groups)
    everybody = sum(groups.values())
    alone = len([size for size in groups.values() if size]) == 1
    if everybody >= 5 and not alone:
        assert not naive_unsafe(groups, hidden)
    assert not any(groups[group] == 0 for group in hidden)


@given(sizes)
def test_no_smaller_number_of_groups_would_do(groups):
    """Every smaller set of groups, tried one by one, would give somebody away."""
    hidden = hidden_groups(groups)
    filled = [group for group, size in groups.items() if size]
    if sum(groups.values()) < 5 or len(filled) == 1:
        return
    for fewer in range(len(hidden)):
        assert all(naive_unsafe(groups, set(chosen)) for chosen in combinations(filled, fewer))


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 6)), min_size=5, max_size=40))
def test_the_shown_groups_are_reckoned_from_their_own_answers(pairs):
    found = group_results(pairs, "abc", scale_result)
    for group in "abc":
        own = [score for name, score in pairs if name == group]
        assert found[group] in (HIDDEN, scale_result(own))
        if 0 < len(own) < 5:
            assert found[group] is HIDDEN


def test_a_result_that_is_held_back_tells_nothing():
    assert Result(None, (), None, None, None, is_hidden=True) == HIDDEN


def test_bars_stand_on_one_line_and_the_highest_count_fills_the_height():
    found = bars("123456", (0, 1, 2, 3, 4, 8), 8)
    assert {bar.y + bar.height for bar in found} == {104}
    assert (found[0].height, found[3].height * 2 < found[5].height, found[5].y) == (0, True, 20)
    assert all(bar.height == 0 for bar in bars("12", (0, 0), 0))
