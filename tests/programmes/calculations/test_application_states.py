import pytest

from programmes.calculations.application_states import (
    APPLY,
    ASSESS,
    DECIDE,
    DECIDED,
    STATES,
    TRANSITIONS,
    WRITABLE,
    allowed,
    next_states,
    way_back,
)
from programmes.models import Application
from programmes.models.application_labels import APPLICANT_LABELS, SECRETARIAT_LABELS


def test_the_table_and_both_sets_of_labels_know_every_state():
    assert set(STATES) == set(Application.State.values) == set(APPLICANT_LABELS) == set(SECRETARIAT_LABELS)
    assert {to for targets in TRANSITIONS.values() for to in targets} <= set(STATES)


def test_only_those_who_decide_admit():
    assert allowed("recommended", "admitted", {DECIDE})
    assert not allowed("recommended", "admitted", {APPLY, ASSESS})
    assert not allowed("assessed", "admitted", {DECIDE})


def test_the_applicant_sends_in_and_withdraws_and_no_more():
    assert next_states("draft", {APPLY}) == ["submitted"]
    assert next_states("submitted", {APPLY}) == ["withdrawn"]
    assert next_states("more_asked", {APPLY}) == ["resubmitted", "withdrawn"]
    assert [next_states(state, {APPLY}) for state in DECIDED] == [[], []]


def test_what_is_written_in_is_with_the_applicant():
    assert {
        state for state in STATES if any(one in ("submitted", "resubmitted") for one in next_states(state, {APPLY}))
    } == WRITABLE


@pytest.mark.parametrize(
    ("steps", "back"),
    [
        ([("draft", "submitted"), ("submitted", "assessed")], "submitted"),
        (
            [
                ("draft", "submitted"),
                ("submitted", "more_asked"),
                ("more_asked", "resubmitted"),
                ("resubmitted", "assessed"),
            ],
            "resubmitted",
        ),
        ([], None),
    ],
)
def test_a_reversal_leads_back_to_where_it_came_from(steps, back):
    assert way_back("assessed", steps) == back


def test_what_was_sent_in_cannot_be_made_a_draft():
    assert way_back("submitted", [("draft", "submitted")]) is None
    assert way_back("withdrawn", [("recommended", "withdrawn")]) == "recommended"
