from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from absence.calculations.comparisons import (
    band,
    change,
    leave_one_out,
    matched_panel,
    panel_values,
    size_bands,
    without,
)
from absence.calculations.groups import Weighting, group_value
from absence.calculations.periods import Period
from absence.calculations.rates import Absence, rounded
from tests import oracles
from tests.absence.calculations.focus import COMPLETE, FOCUS, PERIODS, RINGERIKE, rates

MEAN, WEIGHTED = Weighting.SIMPLE_MEAN, Weighting.WEIGHTED_DAYS
TABLE = {
    period: {unit: rates(unit)[i] and Absence.from_rate(rates(unit)[i]) for unit in FOCUS}
    for i, period in enumerate(PERIODS)
}


def test_a_group_says_how_it_was_weighted_and_from_how_many():
    figures = {"0101": Absence.from_days(500, 5000), "0104": Absence.from_days(56, 800), "0105": None}
    weighted = group_value(figures, figures, WEIGHTED)
    simple = group_value(figures, figures, MEAN)
    assert (rounded(weighted.rate), rounded(simple.rate)) == (Decimal("9.6"), Decimal("8.5"))
    assert (weighted.weighting, weighted.n_reporting, weighted.n_total) == ("weighted_days", 2, 3)


def test_a_rate_alone_never_enters_a_weighted_group():
    figures = {"0101": Absence.from_days(500, 5000), "0104": Absence.from_rate(Decimal(7))}
    weighted = group_value(figures, figures, WEIGHTED)
    assert (weighted.rate, weighted.n_reporting) == (10, 1)
    assert group_value(figures, figures, MEAN).n_reporting == 2


def test_a_group_without_figures_has_none_and_not_zero():
    assert group_value({}, ["0101"], MEAN).rate is None
    assert group_value({}, ["0101"], WEIGHTED).n_total == 1


@given(st.dictionaries(st.sampled_from("abc"), st.sets(st.integers(0, 6)), min_size=1))
def test_the_matched_panel_is_the_largest_set_that_reports_in_every_period(reporting):
    table = {
        Period(8020 + ord(name)): {str(unit): Absence.from_rate(Decimal(9)) for unit in units}
        for name, units in reporting.items()
    }
    expected = oracles.best_panel({name: [str(unit) for unit in units] for name, units in reporting.items()})
    assert set(matched_panel(table, table, map(str, range(7)), MEAN)) == expected


def test_the_appendix_has_nine_complete_rows():
    panel = matched_panel(TABLE, PERIODS, FOCUS, MEAN)
    assert set(panel) == set(COMPLETE)
    values = panel_values(TABLE, PERIODS, FOCUS, MEAN)
    assert [str(rounded(value.rate, 2)) for value in values.values()] == [
        "10.62",
        "10.17",
        "9.94",
        "10.10",
        "10.28",
        "10.44",
    ]
    assert {(value.n_reporting, value.n_total) for value in values.values()} == {(9, 12)}


def test_a_change_is_made_on_the_units_in_both_periods():
    found = change(TABLE, PERIODS[0], PERIODS[1], FOCUS, MEAN)
    assert len(found.panel) == 9, "Lillehammer is blank in the first"
    assert rounded(found.points, 2) == Decimal("-0.46")


def test_the_change_without_one_unit_stands_beside_the_whole():
    found = without(TABLE, PERIODS[1], PERIODS[2], COMPLETE, MEAN, RINGERIKE)
    assert (rounded(found.whole.points, 2), rounded(found.rest.points, 2)) == (Decimal("-0.22"), Decimal("-0.46"))
    assert rounded(found.moved, 2) == Decimal("-0.24")
    assert leave_one_out(TABLE, PERIODS[1], PERIODS[2], COMPLETE, MEAN)[0] == found


def test_a_group_of_one_has_no_change_without_it():
    assert leave_one_out(TABLE, PERIODS[0], PERIODS[1], [RINGERIKE], MEAN) == []


def test_size_bands_are_the_largest_and_the_smallest_and_never_overlap():
    population = {"0101": 28000, "0104": 30000, "0105": 900, "0106": 900, "0111": 4000}
    assert size_bands(population, 2) == (("0104", "0101"), ("0105", "0106"))
    largest, smallest = size_bands(population)
    assert not set(largest) & set(smallest)
    assert len(largest) == len(smallest) == 2


def test_a_band_has_a_mean_rate_and_a_mean_size():
    figures = {"0101": Absence.from_rate(Decimal(10)), "0104": Absence.from_rate(Decimal(11)), "0105": None}
    found = band(figures, figures, {"0101": 10, "0104": 20, "0105": 60})
    assert (found.value.rate, found.value.n_reporting, found.mean_size) == (Decimal("10.5"), 2, 30)
