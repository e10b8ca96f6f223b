"""Who is paid for and which party is missing, against hand-worked cases and a second, naive reckoning."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatherings.calculations.delegation import (
    DELEGATES,
    MANAGEMENT,
    OTHER,
    POLITICIANS,
    PROJECT_LEADER,
    SEVEN,
    UNIONS,
    DelegationRule,
    Sent,
    missing,
    paid_at,
    paid_keys,
)

CONFERENCE = DelegationRule(paid=4, quota={})
FULL = [POLITICIANS] * 2 + [MANAGEMENT] * 2 + [UNIONS] * 2 + [PROJECT_LEADER]

kinds = st.sampled_from(DELEGATES)
lines = st.lists(st.tuples(st.sampled_from(["Mandal", "Grue", None]), kinds), max_size=30)
rules = st.builds(
    DelegationRule, paid=st.integers(0, 9), quota=st.dictionaries(kinds, st.integers(0, 3)) | st.just(dict(SEVEN))
)


def line_of(*kinds, participant="Mandal"):
    return [Sent(number, participant, kind) for number, kind in enumerate(kinds)]


def test_two_of_each_party_and_the_project_leader_are_the_paid_seven():
    assert paid_keys(DelegationRule(), line_of(*FULL)) == set(range(7))


def test_a_third_politician_pays_even_when_nobody_else_comes():
    assert paid_keys(DelegationRule(), line_of(POLITICIANS, POLITICIANS, POLITICIANS)) == {0, 1}


def test_somebody_who_stands_for_no_party_pays():
    assert paid_keys(DelegationRule(), line_of(OTHER, PROJECT_LEADER)) == {1}


def test_at_conferences_any_four_are_paid_and_the_fifth_pays():
    assert paid_keys(CONFERENCE, line_of(OTHER, OTHER, OTHER, POLITICIANS, UNIONS)) == {0, 1, 2, 3}


def test_nobody_is_paid_where_the_programme_pays_for_none():
    assert paid_keys(DelegationRule(paid=0, quota={}), line_of(*FULL)) == set()


def test_each_participant_has_places_of_its_own_and_guests_have_none():
    line = [Sent("a", "Mandal", UNIONS), Sent("b", "Grue", UNIONS), Sent("guest", None, UNIONS)]
    assert paid_keys(DelegationRule(), line) == {"a", "b"}


def test_the_missing_are_those_who_could_still_come_and_be_paid():
    assert missing(DelegationRule(), [POLITICIANS, UNIONS, UNIONS]) == {
        POLITICIANS: 1,
        MANAGEMENT: 2,
        PROJECT_LEADER: 1,
    }
    assert missing(DelegationRule(), FULL) == {}


def test_at_a_conference_the_missing_are_the_parties_of_whom_nobody_comes():
    assert missing(CONFERENCE, [UNIONS, OTHER]) == {POLITICIANS: 1, MANAGEMENT: 1}


def naively_paid(rule, line):
    """Again from the words: walk the line, and ask each time who has been paid before."""
    paid = []
    for key, participant, kind in line:
        before = [one for one in paid if one[1] == participant]
        of_kind = [one for one in before if one[2] == kind]
        within_quota = rule.quota == {} or len(of_kind) < rule.quota.get(kind, 0)
        if participant is not None and len(before) < rule.paid and within_quota:
            paid.append((key, participant, kind))
    return {one[0] for one in paid}


@given(rules, lines)
def test_the_paid_are_the_same_by_a_naive_reckoning(rule, people):
    line = [Sent(key, *person) for key, person in enumerate(people)]
    assert paid_keys(rule, line) == naively_paid(rule, [(key, *person) for key, person in enumerate(people)])


@given(rules, lines, st.tuples(st.sampled_from(["Mandal", "Grue"]), kinds))
def test_one_more_at_the_end_of_the_line_changes_nothing_for_those_before(rule, people, late):
    line = [Sent(key, *person) for key, person in enumerate(people)]
    assert paid_keys(rule, [*line, Sent("late", *late)]) - {"late"} == paid_keys(rule, line)


@given(rules.filter(lambda rule: rule.quota and rule.paid >= sum(rule.quota.values())), st.lists(kinds, max_size=12))
def test_sending_those_who_are_missing_has_them_paid(rule, kinds_sent):
    short = missing(rule, kinds_sent)
    added = [kind for kind, count in short.items() for _one in range(count)]
    line = line_of(*kinds_sent, *added)
    assert {one.key for one in line[len(kinds_sent) :]} <= paid_keys(rule, line)
    assert missing(rule, [one.delegate for one in line]) == {}


@pytest.mark.parametrize(
    ("kind", "paid"),
    [("conference", 4), ("quality_conference", 4), ("absence_conference", 0), ("startup", 7), ("theme_day", 7)],
)
def test_conferences_pay_for_four_absence_conferences_for_none_and_the_rest_for_seven(kind, paid):
    assert paid_at(kind) == paid
