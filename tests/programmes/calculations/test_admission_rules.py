from datetime import UTC, date, datetime, timedelta

import pytest

from programmes.calculations.admission_rules import (
    Consent,
    consents_missing,
    decision_faults,
    goal_faults,
    may_send_in,
    missing,
)

PERIOD = {"starts_on": date(2007, 1, 1), "ends_on": date(2010, 6, 30), "today": date(2009, 2, 1)}
GOAL = {
    "absence_baseline_percent": "9.4",
    "absence_baseline_on": "2008-12-31",
    "absence_target_percent": "8.0",
    "absence_target_on": "2010-06-01",
}
WHOLE = GOAL | {
    "name": "Mandal",
    "focus_areas": ["presence"],
    "themes": ["care"],
    "challenges": "x",
    "wanted_results": "x",
    "work_organisation": "x",
    "decision_body": "Kommunestyret",
    "decision_on": "2009-01-10",
    "decision_case": "42/09",
    "decision_file_name": "vedtak.pdf",
    "contact_name": "Kari",
    "contact_email": "kari@example.no",
}
YES = [Consent(1, party, "yes", "text") for party in ("politicians", "management", "unions")]
CHOICES = {"focus_areas": [1], "themes": [1]}


def whys(found) -> set[tuple[str, str]]:
    return {(one.field, one.why) for one in found}


def lacking(content, consents=YES, applicants=(1,), choices=CHOICES):
    return missing(content, applicants=applicants, consents=consents, binding="text", choices=choices, **PERIOD)


def test_a_whole_application_lacks_nothing():
    assert lacking(WHOLE) == []


@pytest.mark.parametrize("field", list(WHOLE))
def test_every_field_that_is_asked_for_is_missed_when_it_is_empty(field):
    assert (field, "empty") in whys(lacking(WHOLE | {field: ""}))


def test_where_the_round_offers_no_themes_none_is_asked_for():
    assert lacking(WHOLE | {"themes": []}, choices={"focus_areas": [1], "themes": []}) == []


def test_the_goal_must_be_lower_than_the_baseline():
    assert whys(goal_faults(GOAL | {"absence_target_percent": "9.4"}, **PERIOD)) == {
        ("absence_target_percent", "not_lower")
    }
    assert goal_faults(GOAL | {"absence_target_percent": "9.3"}, **PERIOD) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"absence_target_on": "2010-07-01"}, ("absence_target_on", "outside")),
        ({"absence_target_on": "2006-12-31"}, ("absence_target_on", "outside")),
        ({"absence_target_on": "2008-12-31"}, ("absence_target_on", "not_after")),
        ({"absence_baseline_on": "2009-02-02"}, ("absence_baseline_on", "future")),
        ({"absence_target_percent": "0.0"}, ("absence_target_percent", "range")),
    ],
)
def test_a_goal_that_does_not_hold_says_why(change, fault):
    assert fault in whys(goal_faults(GOAL | change, **PERIOD))


def test_the_last_day_of_the_programme_is_within_it():
    assert goal_faults(GOAL | {"absence_target_on": "2010-06-30"}, **PERIOD) == []


def test_half_a_goal_is_no_fault_while_one_writes():
    assert goal_faults({"absence_target_percent": "8.0"}, **PERIOD) == []


def test_a_decision_of_tomorrow_is_none():
    assert whys(decision_faults({"decision_on": "2009-02-02"}, today=PERIOD["today"])) == {("decision_on", "future")}
    assert decision_faults({"decision_on": "2009-02-01"}, today=PERIOD["today"]) == []


def test_every_applicant_needs_every_party():
    found = consents_missing([1, 2], YES, "text")
    assert {(one.applicant, one.party, one.why) for one in found} == {
        (2, "politicians", "nobody"),
        (2, "management", "nobody"),
        (2, "unions", "nobody"),
    }


@pytest.mark.parametrize(
    ("answer", "text", "why"),
    [("", "", "waits"), ("no", "text", "no"), ("yes", "another text", "earlier"), ("no", "another text", "earlier")],
)
def test_one_union_of_two_is_not_enough(answer, text, why):
    found = consents_missing([1], [*YES, Consent(1, "unions", answer, text, "Delta")], "text")
    assert [(one.party, one.union, one.why) for one in found] == [("unions", "Delta", why)]


NOW = datetime(2026, 9, 1, 13, tzinfo=UTC)
OPENED = NOW - timedelta(days=1)
A_SECOND = timedelta(seconds=1)


def test_the_last_second_before_the_deadline_is_in_time_and_the_deadline_is_not():
    assert may_send_in(NOW - A_SECOND, opens_at=OPENED, closes_at=NOW)
    assert not may_send_in(NOW, opens_at=OPENED, closes_at=NOW)


def test_nobody_is_early():
    assert not may_send_in(OPENED - A_SECOND, opens_at=OPENED, closes_at=NOW)
    assert may_send_in(OPENED, opens_at=OPENED, closes_at=NOW)


def test_more_time_counts_only_when_it_is_later():
    assert may_send_in(NOW, opens_at=OPENED, closes_at=NOW, extended_until=NOW + A_SECOND)
    assert not may_send_in(NOW + A_SECOND, opens_at=OPENED, closes_at=NOW, extended_until=NOW + A_SECOND)
    assert may_send_in(NOW - A_SECOND, opens_at=OPENED, closes_at=NOW, extended_until=OPENED)
