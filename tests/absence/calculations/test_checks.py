"""Each check at its borders, by hand."""

import pytest

from absence.calculations.checks import CHECKS, Level
from absence.calculations.checks.carries_group import carries_group
from absence.calculations.checks.context import (
    Figure,
    Group,
    GroupRevision,
    History,
    Known,
    Panel,
    PrintedRow,
    Spread,
    UnitSets,
)
from absence.calculations.checks.far_from_others import far_from_others
from absence.calculations.checks.large_change import large_change
from absence.calculations.checks.lost_comma import lost_comma
from absence.calculations.checks.parts import parts
from absence.calculations.checks.printed_row import printed_row
from absence.calculations.checks.ranges import impossible, unusual
from absence.calculations.checks.revised import group_revised, revised
from absence.calculations.checks.suspicion import Scope
from absence.calculations.checks.units_differ import units_differ
from absence.calculations.checks.workdays_jump import workdays_jump
from absence.calculations.checks.zero import zero
from absence.calculations.messages import TEXTS, shown
from absence.calculations.periods import Period

NOW, BEFORE, YEAR_BEFORE = Period(8032), Period(8031), Period(8028)


def total(percent, possible=None):
    return Figure(0, "0101", NOW, points(percent), possible)


def cell(percent, sex="women"):
    return Figure(0, "0101", NOW, points(percent), None, "teaching", sex, "total")


def points(percent):
    return round(percent * 10_000)


def after(percent, **others):
    return History(previous=Known(BEFORE, points(percent)), **others)


def year_after(percent, *changes):
    return History(year_before=Known(YEAR_BEFORE, points(percent)), changes_before=tuple(map(points, changes)))


def suspects(check, figure, history=None, group=None):
    found = check(figure, history or History(), group or Group())
    if found:
        assert set(shown(found.params)) == set(found.params)
        assert TEXTS[found.code] % found.params
    return bool(found)


def test_every_rule_of_the_specification_is_listed_once_a_subject():
    assert [one.id for one in CHECKS] == [*(f"V{n}" for n in range(1, 10)), "V9", "V10", "V11", "V12"]
    assert {one.id for one in CHECKS if one.level == Level.BLOCK} == {"V1", "V2", "V4", "V11"}


def test_zero_for_a_municipality_is_held_back():
    assert suspects(zero, total(0))
    assert not suspects(zero, total(0.1))
    assert zero(total(0), History(), Group()).blocking


def test_zero_in_a_part_is_held_back_only_when_the_previous_figure_was_above_two():
    assert not suspects(zero, cell(0))
    assert not suspects(zero, cell(0), after(2))
    assert suspects(zero, cell(0), after(2.0001))


@pytest.mark.parametrize(("percent", "held"), [(1.9999, True), (2, False), (20, False), (20.0001, True)])
def test_a_total_outside_two_to_twenty_is_held_back(percent, held):
    assert suspects(impossible, total(percent)) is held
    assert not suspects(impossible, cell(percent))


@pytest.mark.parametrize(("percent", "warned"), [(3.0999, True), (3.1, False), (15.9, False), (15.9001, True)])
def test_a_total_outside_what_has_been_seen_is_warned_of(percent, warned):
    assert suspects(unusual, total(percent)) is warned
    assert not (warned and unusual(total(percent), History(), Group()).blocking)


@pytest.mark.parametrize(
    ("percent", "before", "held"),
    [(57, 8.5, True), (6, 1, True), (5.9, 1, False), (15, 1, True), (15.1, 1, False), (1, 6, True), (1, 5.9, False)],
)
def test_a_number_ten_times_its_previous_one_has_lost_its_comma(percent, before, held):
    assert suspects(lost_comma, total(percent), after(before)) is held
    assert suspects(lost_comma, cell(percent), after(before)) is held


def test_a_rate_above_forty_has_lost_its_comma():
    assert suspects(lost_comma, cell(40.1))
    assert not suspects(lost_comma, cell(40))
    assert not suspects(lost_comma, total(0), after(0))


def test_types_that_do_not_add_up_are_warned_of():
    own_and_doctor = {"self_certified": points(1.2), "doctor_certified": points(7.0)}
    assert not suspects(parts, total(8.35), group=Group(**own_and_doctor))
    assert suspects(parts, total(8.36), group=Group(**own_and_doctor))
    assert not suspects(parts, total(8.36), group=Group(self_certified=points(1.2)))


@pytest.mark.parametrize(("percent", "warned"), [(7.0, False), (10.0, False), (6.9, True), (10.1, True)])
def test_women_and_men_on_one_side_of_the_whole_are_warned_of(percent, warned):
    group = Group(women=points(10), men=points(7))
    assert suspects(parts, cell(percent, sex="all"), group=group) is warned
    assert not suspects(parts, cell(percent, sex="women"), group=group)


def column(n=8, median=10, mad=1):
    return Group(column=Spread(n, 4 * points(median), 4 * points(mad)))


def test_a_total_far_from_the_others_is_warned_of():
    assert suspects(far_from_others, total(15.2), group=column())
    assert not suspects(far_from_others, total(15.1), group=column())
    assert not suspects(far_from_others, total(15.2), group=column(n=7))
    assert not suspects(far_from_others, cell(15.2), group=column())


def test_a_column_that_hardly_varies_is_given_three_tenths():
    assert not suspects(far_from_others, total(11.5), group=column(mad=0))
    assert suspects(far_from_others, total(11.6), group=column(mad=0))


def test_far_from_the_others_blocks_when_it_is_also_a_zero():
    assert far_from_others(total(0), History(), column()).blocking
    assert not far_from_others(total(0.1), History(), column()).blocking


def test_a_change_of_two_points_over_a_year_is_warned_of():
    assert suspects(large_change, total(10), year_after(8))
    assert suspects(large_change, total(8), year_after(10))
    assert not suspects(large_change, total(9.9999), year_after(8))
    assert not suspects(large_change, cell(10), year_after(8))


def test_a_unit_that_always_varies_is_given_more_room():
    # median 0, MAD 1: three robust standard deviations are 4,4478 points
    assert not suspects(large_change, total(12.4), year_after(8, -1, 1, 0, -1, 1))
    assert suspects(large_change, total(12.5), year_after(8, -1, 1, 0, -1, 1))
    assert suspects(large_change, total(10), year_after(8, -1, 1, -1, 1)), "four changes say nothing"


def panel(**members):
    """unit → (before, after) in percent, as a simple mean."""
    terms = {unit.removeprefix("k"): (points(a), 1, points(b), 1) for unit, (a, b) in members.items()}
    return Group(panels=(Panel("focus", "simple_mean", terms, tuple(map(sum, zip(*terms.values(), strict=True)))),))


def test_a_unit_that_moves_its_groups_change_by_two_tenths_is_warned_of():
    assert suspects(carries_group, total(10.4), group=panel(k0101=(10, 10.4), k0104=(9, 9)))
    assert not suspects(carries_group, total(10.3998), group=panel(k0101=(10, 10.3998), k0104=(9, 9)))


def test_a_unit_that_turns_the_sign_of_its_groups_change_is_warned_of():
    # +0,05 with it, −0,05 without: +0,1 and −0,1 as printed, though it moves the change by 0,1 only
    assert suspects(carries_group, total(10.15), group=panel(k0101=(10, 10.15), k0104=(9, 8.95)))
    assert not suspects(carries_group, total(10.1), group=panel(k0101=(10, 10.1), k0104=(9, 8.96)))


def test_ringerike_turns_the_weighted_change_of_the_focus_municipalities():
    # 8,1 → 9,8 among others at 11,2 → 11,0, with the share of workdays that gives the printed 10,7 → 10,8
    share = 0.1923
    others = (112_000_000, 1_000, 110_000_000, 1_000)
    ringerike = (round(81_000_000 * share), round(1_000 * share), round(98_000_000 * share), round(1_000 * share))
    sums = tuple(a + b for a, b in zip(others, ringerike, strict=True))
    group = Group(panels=(Panel("focus", "weighted_days", {"0101": ringerike, "rest": others}, sums),))
    found = carries_group(total(9.8), History(), group)
    assert (found.params["change"], found.params["without"]) == ("0.1", "-0.2")


def test_a_group_of_one_is_not_carried():
    assert not suspects(carries_group, total(12), group=panel(k0101=(10, 12)))


def test_a_revision_of_three_tenths_needs_a_note():
    assert revised(total(9.7), History(revised=Known(NOW, points(9.4))), Group()).note_required
    assert not suspects(revised, total(9.6999), History(revised=Known(NOW, points(9.4))))
    assert not suspects(revised, cell(9.7), History(revised=Known(NOW, points(9.4))))


def test_a_groups_revision_of_one_tenth_needs_a_note():
    assert suspects(group_revised, GroupRevision("all", NOW, points(9.7), points(9.8)))
    assert not suspects(group_revised, GroupRevision("all", NOW, points(9.7), points(9.7999)))


@pytest.mark.parametrize(("possible", "warned"), [(115, False), (116, True), (85, False), (84, True)])
def test_possible_workdays_that_jump_are_warned_of(possible, warned):
    history = History(previous=Known(BEFORE, points(9), 9, 100))
    assert suspects(workdays_jump, total(9, possible), history) is warned


def test_a_printed_mean_that_the_figures_do_not_give_is_held_back():
    assert suspects(printed_row, PrintedRow("Snitt", NOW, points(9.6), (points(9.7001),)))
    assert not suspects(printed_row, PrintedRow("Snitt", NOW, points(9.6), (points(9.7),)))
    assert not suspects(printed_row, PrintedRow("Snitt", NOW, points(9.6), (points(10.6), points(9.6))))
    assert not suspects(printed_row, PrintedRow("Snitt", NOW, points(9.6)))


def test_other_units_than_before_force_the_matched_panel():
    assert suspects(units_differ, UnitSets(NOW, BEFORE, frozenset({"0101"}), frozenset({"0104"})))
    assert not suspects(units_differ, UnitSets(NOW, BEFORE, frozenset({"0101"}), frozenset({"0101"})))


def test_a_figure_without_a_number_is_suspected_of_nothing():
    for check in CHECKS:
        if check.subject in ("figure", "total"):
            blank = Figure(0, "0101", NOW, None)
            assert check.judge(blank, after(9.7), panel(k0101=(9, 12), k0104=(9, 9))) is None


def test_texts_are_shown_with_the_marks_of_the_language():
    params = {"value": "9.7", "change": "-0.2", "period": "2008Q1", "n": "12", "group": "Pulje 1.2"}
    bokmål = {"value": "9,7", "change": "−0,2", "period": "1. kv. 2008", "n": "12", "group": "Pulje 1.2"}
    assert shown(params, "nb") == bokmål
    assert shown(params, "en") == {**params, "change": "−0.2", "period": "Q1 2008"}
    assert shown({"period": "2007Q4-2008Q3"}, "en") == {"period": "Q4 2007–Q3 2008"}


BLOCKED = [
    (zero, total(0), History()),
    (zero, cell(0), after(2.1)),
    (impossible, total(1.9), History()),
    (lost_comma, total(57), after(8.5)),
    (lost_comma, cell(40.1), History()),
    (printed_row, PrintedRow("Snitt", NOW, points(9.6), (points(10.6),)), History()),
]
LET_THROUGH = [
    (unusual, total(3), History(), Group()),
    (parts, total(8.4), History(), Group(self_certified=points(1.2), doctor_certified=points(7.0))),
    (parts, cell(6.9, sex="all"), History(), Group(women=points(10), men=points(7))),
    (far_from_others, total(15.2), History(), column()),
    (large_change, total(10), year_after(8), Group()),
    (carries_group, total(10.4), History(), panel(k0101=(10, 10.4), k0104=(9, 9))),
    (revised, total(9.7), History(revised=Known(NOW, points(9.4))), Group()),
    (group_revised, GroupRevision("all", NOW, points(9.7), points(9.8)), History(), Group()),
    (workdays_jump, total(9, 116), History(previous=Known(BEFORE, points(9), 9, 100)), Group()),
    (units_differ, UnitSets(NOW, BEFORE, frozenset({"0101"}), frozenset({"0104"})), History(), Group()),
]


@pytest.mark.parametrize(("check", "figure", "history"), BLOCKED)
def test_what_blocks_holds_the_figure(check, figure, history):
    assert check(figure, history, Group()).blocking


@pytest.mark.parametrize(("check", "figure", "history", "group"), LET_THROUGH)
def test_what_warns_lets_the_figure_through(check, figure, history, group):
    assert not check(figure, history, group).blocking


def test_only_revisions_ask_for_a_note():
    asking = {check for check, *given in LET_THROUGH if check(*given).note_required}
    assert asking == {revised, group_revised}
    assert not any(check(*given, Group()).note_required for check, *given in BLOCKED)


def test_a_printed_mean_that_differs_holds_the_whole_period_and_other_units_are_about_it():
    assert printed_row(*BLOCKED[-1][1:], Group()).scope == Scope.PERIOD
    assert units_differ(*LET_THROUGH[-1][1:]).scope == Scope.PERIOD
    assert group_revised(*LET_THROUGH[7][1:]).scope == Scope.GROUP
