"""The fast runner finds what the naive application of every rule to every figure finds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from absence.calculations.checks.printed_rows import DIFFERENCE, MEAN, SUM, UNSTATED, PrintedCell
from absence.calculations.checks.runner import run_checks
from absence.calculations.checks.suspicion import Scope
from absence.calculations.checks.tables import WHOLE, Reach, Table, reach
from absence.calculations.columns import FigureColumns, percent
from absence.calculations.dimensions import SECTORS, SEXES
from absence.calculations.periods import Period
from tests import oracles

UNITS = [f"{number:04d}" for number in range(101, 111)]
TYPES = ("total", "self_certified", "doctor_certified")
# Rates at and about every border of the rules, in ten-thousandths of a percent.
RATES = [0, 9_999, 19_999, 20_000, 20_001, 30_999, 31_000, 57_000, 90_000, 92_000, 95_000, 97_000, 98_000, 99_000]
RATES += [100_000, 101_000, 120_000, 159_000, 159_001, 200_000, 200_001, 400_000, 400_001, 570_000, 600_000]
COMMON = [90_000, 92_000, 95_000, 97_000, 98_000, 99_000, 100_000, 101_000, 103_000, 120_000]
POSSIBLE = [500_000, 574_000, 575_000, 576_000, 600_000, 1_000_000]


@st.composite
def figures(draw, periods=8):
    """A handful of municipalities over some periods: totals, totals and parts, or parts alone; rates or workdays."""
    found = FigureColumns()
    quarters = draw(st.sampled_from([1, 1, 1, 2, 4]))
    units = UNITS[: draw(st.sampled_from([2, 9, 10]))]
    most = 8 if len(units) < 9 else 4
    firsts = draw(st.lists(st.integers(8020, 8036), unique=True, min_size=1, max_size=min(periods, most)))
    slots = draw(st.sampled_from(SHAPES))
    with_days = draw(st.sampled_from([0, 1, 3]))
    for first in firsts:
        for unit in units:
            for slot in slots:
                value = draw(st.sampled_from(COMMON) | st.sampled_from(RATES) | st.none())
                if value is None:
                    found.append(unit, first, quarters, *slot, mark="missing")
                elif draw(st.integers(1, 3)) <= with_days:
                    possible = draw(st.sampled_from(POSSIBLE))
                    found.append(unit, first, quarters, *slot, lost=value * possible // 1_000_000, possible=possible)
                else:
                    found.append(unit, first, quarters, *slot, rate=value)
    return found


SHAPES = [
    [("all", "all", "total")],
    [("all", "all", kind) for kind in TYPES],
    [("all", sex, "total") for sex in SEXES],
    [("all", sex, "total") for sex in SEXES[1:]],
    [("all", "all", kind) for kind in TYPES[1:]],
    [(sector, "all", "total") for sector in SECTORS[1:]],
    [("teaching", sex, kind) for sex in SEXES for kind in TYPES],
    [("all", "all", "total"), ("teaching", "all", "total")],
]
GROUPS = {"focus": UNITS[:3], "all": UNITS, "one": UNITS[:1], "strangers": ["9999"]}


@settings(max_examples=150, deadline=None)
@given(figures(), figures())
def test_the_runner_equals_every_rule_on_every_figure(columns, released):
    found = run_checks(columns, released, groups=GROUPS).suspicions
    seen = [(one.rule, one.municipality, str(one.period), one.index, one.blocking, one.group) for one in found]
    assert len(seen) == len(set(seen))
    assert set(seen) == oracles.suspicions(columns, released, GROUPS)


@settings(max_examples=150, deadline=None)
@given(figures(periods=1), figures(periods=1))
def test_what_is_out_of_reach_of_a_files_only_period_changes_no_verdict(columns, released):
    """As `queries.history` leaves cells out: of municipalities with a total, those that could make no check speak."""
    file = Table(columns)
    (period,) = file.places
    released.first = [period.first - 1] * len(released)
    released.quarters = [period.quarters] * len(released)
    near = reach(file.cells(period))
    found = run_checks(file, in_reach(released, near), groups=GROUPS).suspicions
    assert found == run_checks(columns, released, groups=GROUPS).suspicions


def in_reach(released: FigureColumns, near: Reach) -> FigureColumns:
    rates, kept = released.effective_rates(), FigureColumns()
    told = {key[0] for key, rate in zip(released.keys(), rates, strict=True) if key[3:] == WHOLE and rate is not None}
    for place, (key, rate) in enumerate(zip(released.keys(), rates, strict=True)):
        most, least = near.limits.get(key[5], (-1, 10**9))
        speaks = key[3:] == WHOLE or key[0] not in told - near.zeros or (rate is not None and not most < rate < least)
        if speaks:
            lost, possible, printed = released.lost[place], released.possible[place], released.rate[place]
            kept.append(*key, lost=lost, possible=possible, rate=printed)
    return kept


def quarter(first, **rates):
    found = FigureColumns()
    for unit, rate in rates.items():
        found.append(unit.removeprefix("k"), first, rate=rate)
    return found


def test_a_released_figure_is_the_previous_one_of_a_new_file():
    verdict = run_checks(quarter(8032, k0101=570_000), quarter(8031, k0101=85_000))
    (found,) = [one for one in verdict.suspicions if one.rule == "V4"]
    assert found.params == {"value": "57.0", "before": "8.5", "before_period": "2007Q4"}


def test_the_file_goes_before_what_is_released():
    file = quarter(8032, k0101=570_000)
    file.append("0101", 8031, rate=560_000)
    (found,) = [one for one in run_checks(file, quarter(8031, k0101=85_000)).suspicions if one.code == "revised"]
    assert found.params["before"] == "8.5"
    assert not [one for one in run_checks(file, quarter(8031, k0101=85_000)).suspicions if one.code == "lost_comma"]


def test_a_units_own_spread_is_that_of_its_earlier_changes_only():
    swinging = [90_000, 90_000, 90_000, 90_000, 80_000, 100_000, 90_000, 80_000, 90_000]

    def released(from_first):
        found = FigureColumns()
        for first, rate in enumerate(swinging, from_first):
            found.append("0101", first, rate=rate)
        return found

    def warned(before):
        return [one.rule for one in run_checks(quarter(8032, k0101=130_000), before).suspicions if one.rule == "V7"]

    earlier = released(8023)  # changes of −1, 1, 0, −1 and 1: three points more are ordinary for it
    later = released(8033)
    later.append("0101", 8028, rate=100_000)
    assert warned(earlier) == []
    assert warned(later) == ["V7"]


def test_what_a_unit_did_long_ago_is_asked_for_only_where_its_change_is_large():
    asked = []

    def earlier(unit):
        asked.append(unit)
        found = FigureColumns()
        for first, rate in enumerate([90_000, 90_000, 90_000, 90_000, 80_000, 100_000, 90_000, 80_000, 90_000], 8019):
            found.append(unit, first, rate=rate)
        return found

    file = quarter(8032, k0101=110_000, k0104=95_000)
    before = quarter(8028, k0101=90_000, k0104=90_000)
    assert "V7" in {one.rule for one in run_checks(file, before).suspicions}
    assert "V7" not in {one.rule for one in run_checks(file, before, earlier=earlier).suspicions}
    assert asked == ["0101"]


def parts(first, lost):
    found = FigureColumns()
    for sector in SECTORS[1:]:
        for sex in SEXES[1:]:
            for kind in TYPES[1:]:
                found.append("0101", first, 1, sector, sex, kind, lost=lost, possible=1_000_000)
    return found


def test_a_total_summed_from_its_parts_is_judged_and_holds_the_whole_municipality():
    (found,) = [one for one in run_checks(parts(8032, 110_000)).suspicions if one.rule == "V2"]
    assert percent(found.value) == 22
    assert found.index is None
    assert found.scope == Scope.UNIT


def test_a_total_with_a_part_missing_is_not_summed():
    file = parts(8032, 110_000)
    file.lost[3] = None
    assert not run_checks(file).suspicions


def test_a_total_row_is_checked_against_the_weighted_figures():
    file = FigureColumns()
    file.append("0101", 8032, lost=50_000, possible=500_000)
    file.append("0104", 8032, lost=5_600, possible=80_000)

    def suspected(kind, rate):
        cell = PrintedCell("I ALT", kind, Period(8032), rate)
        return [one.rule for one in run_checks(file, printed=[cell]).suspicions]

    assert suspected(SUM, 96_000) == []
    assert suspected(SUM, 85_000) == ["V11"]
    assert suspected(MEAN, 85_000) == []
    assert suspected(MEAN, 96_000) == []
    assert suspected(MEAN, 90_000) == ["V11"]


@pytest.mark.parametrize(
    ("unstated", "printed", "recomputed"),
    [
        ({"lost": 90_000, "possible": 500_000}, 140_000, (140_000,)),
        ({"lost": 90_000, "possible": 500_000, "sex": "women"}, 100_000, (100_000,)),
        ({"rate": 180_000}, 140_000, ()),
    ],
)
def test_what_is_unstated_belongs_to_the_total_and_is_no_result_itself(unstated, printed, recomputed):
    file = FigureColumns()
    file.append("0101", 8032, lost=50_000, possible=500_000)
    cells = [
        PrintedCell("I ALT", SUM, Period(8032), printed),
        PrintedCell("Uoppgitt", UNSTATED, Period(8032), **unstated),
    ]

    verdict = run_checks(file, printed=cells)

    assert [(row.label, row.recomputed) for row in verdict.printed] == [("I ALT", recomputed)]
    assert "V11" not in [one.rule for one in verdict.suspicions]


@pytest.mark.parametrize(("rate", "rules"), [(2_000, []), (-2_000, []), (9_000, ["V11"]), (-9_000, ["V11"])])
def test_a_difference_row_is_checked_with_either_sign(rate, rules):
    file = quarter(8032, k0101=100_000, k0104=70_000)
    cell = PrintedCell("Differanse", DIFFERENCE, Period(8032), rate, difference=-2_000)

    assert [one.rule for one in run_checks(file, printed=[cell]).suspicions] == rules


def test_a_figure_for_the_whole_country_is_not_recomputed_from_rates():
    file = quarter(8032, k0101=100_000, k0104=70_000)
    cells = [PrintedCell(label, SUM, Period(8032), 97_000) for label in ("Hele landet", "Totalt")]
    verdict = run_checks(file, printed=cells)
    assert [row.recomputed for row in verdict.printed] == [(), (85_000,)]
    assert [one.params["label"] for one in verdict.suspicions] == ["Totalt"]


def test_a_chunk_of_the_reader_becomes_columns():
    chunk = {
        "sheet": [None],
        "row": [2],
        "column": ["E"],
        "municipality": ["0101"],
        "first": [8032],
        "quarters": [1],
        "sector": ["all"],
        "sex": ["all"],
        "absence_type": ["total"],
        "lost": ["600.25"],
        "possible": ["6000"],
        "rate": ["10.004167"],
        "mark": [None],
    }
    found = FigureColumns()
    found.extend(chunk)
    assert (found.lost, found.possible, found.rate) == ([60_025], [600_000], [100_042])
    assert found.effective_rates() == [100_042]


def test_a_printed_total_is_checked_also_where_the_file_gives_only_parts():
    cell = PrintedCell("I ALT", SUM, Period(8032), 96_000)
    assert [one.recomputed for one in run_checks(parts(8032, 50_000), printed=[cell]).printed] == [(100_000,)]


def test_a_printed_row_of_a_sector_is_checked_against_that_sector():
    file = quarter(8032, k0101=100_000)
    file.append("0101", 8032, 1, "teaching", rate=80_000)
    cell = PrintedCell("Snitt", MEAN, Period(8032), 80_000, sector="teaching")
    verdict = run_checks(file, printed=[cell])
    assert [one.recomputed for one in verdict.printed] == [(80_000,)]
    assert not verdict.suspicions


def test_a_held_zero_of_a_sector_is_not_counted_in_its_mean():
    file, before = FigureColumns(), FigureColumns()
    for unit, rate in (("0101", 80_000), ("0104", 0)):
        file.append(unit, 8032, 1, "teaching", rate=rate)
        before.append(unit, 8031, 1, "teaching", rate=80_000)
    cell = PrintedCell("Snitt", MEAN, Period(8032), 40_000, sector="teaching")
    verdict = run_checks(file, before, printed=[cell])
    assert [one.rule for one in verdict.suspicions if one.blocking] == ["V11", "V1"]
    assert verdict.printed[0].recomputed == (80_000,)
