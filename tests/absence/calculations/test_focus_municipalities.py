"""The calibration of the checks on the programme's own appendix."""

from decimal import Decimal
from itertools import pairwise
from statistics import fmean, stdev

import pytest

from absence.calculations.checks.context import spread
from absence.calculations.checks.far_from_others import modified_z
from absence.calculations.checks.runner import run_checks
from absence.calculations.columns import percent, scaled_rate
from absence.calculations.rates import rounded
from tests.absence.calculations.focus import COMPLETE, FOCUS, KRISTIANSUND, PERIODS, RINGERIKE, columns, printed, rates

LAST = PERIODS[-1]


@pytest.fixture(scope="module")
def verdict():
    return run_checks(columns(), groups={"focus": list(FOCUS)}, printed=printed())


def rules(verdict, unit, period):
    return {one.rule for one in verdict.suspicions if one.municipality == unit and one.period == period}


def test_the_zero_of_kristiansund_is_caught_by_v1_and_v6_and_blocked_by_both(verdict):
    found = {one.rule: one for one in verdict.suspicions if one.municipality == KRISTIANSUND}
    assert found["V1"].blocking
    assert found["V6"].blocking
    assert found["V6"].params["z"] == "-5.2"
    assert set(found) == {"V1", "V2", "V3", "V6"}


def test_an_ordinary_z_score_misses_the_zero():
    last = [float(rates(unit)[-1]) for unit in FOCUS if rates(unit)[-1] is not None]
    assert round((0 - fmean(last)) / stdev(last), 2) == -2.76
    median = spread(scaled_rate(Decimal(str(rate))) for rate in last)
    assert rounded(modified_z(0, median)) == Decimal("-5.2")


def test_ringerike_is_caught_by_v8_only(verdict):
    assert rules(verdict, RINGERIKE, PERIODS[2]) == {"V8"}
    (found,) = [one for one in verdict.suspicions if one.municipality == RINGERIKE and one.period == PERIODS[2]]
    assert (found.params["change"], found.params["without"]) == ("-0.2", "-0.4")
    assert not found.blocking


def test_no_other_municipality_carries_the_change_of_2008(verdict):
    assert {one.municipality for one in verdict.suspicions if one.rule == "V8" and one.period == PERIODS[2]} == {
        RINGERIKE
    }


def ordinary_changes():
    windows = [0, 1, 2, 5]  # those that do not overlap
    return [rates(unit)[after] - rates(unit)[before] for unit in COMPLETE for before, after in pairwise(windows)]


def test_v7_flags_none_of_the_27_ordinary_changes_at_two_points_and_five_at_one_and_a_half(verdict):
    assert len(ordinary_changes()) == 27
    assert sum(abs(change) >= 2 for change in ordinary_changes()) == 0
    assert sum(abs(change) >= Decimal("1.5") for change in ordinary_changes()) == 5
    assert not [one for one in verdict.suspicions if one.rule == "V7"]


def test_the_printed_mean_of_the_last_period_waits_for_an_explanation(verdict):
    (found,) = [one for one in verdict.suspicions if one.rule == "V11"]
    assert found.blocking
    assert found.period == LAST
    assert (found.params["value"], found.params["recomputed"]) == ("9.6", "10.6")


def test_the_other_printed_means_agree_with_the_rows_that_can_be_read(verdict):
    recomputed = [str(rounded(percent(row.recomputed[0]), 2)) for row in verdict.printed]
    assert recomputed == ["10.62", "10.30", "10.08", "10.12", "10.36", "10.62"]


def test_the_zero_counted_would_give_the_printed_mean():
    last = [rates(unit)[-1] for unit in FOCUS if rates(unit)[-1] is not None]
    assert rounded(sum(last) / len(last), 2) == Decimal("9.65")


def test_blanks_force_the_matched_panel(verdict):
    forced = {one.period for one in verdict.suspicions if one.rule == "V12"}
    assert forced == {PERIODS[1], PERIODS[5]}


def test_nothing_else_is_suspected(verdict):
    others = [one for one in verdict.suspicions if one.municipality not in (KRISTIANSUND, None)]
    assert {one.rule for one in others} <= {"V8"}
