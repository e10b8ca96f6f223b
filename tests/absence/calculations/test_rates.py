from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absence.calculations.columns import percent, rate_from_days, scaled_days, scaled_rate
from absence.calculations.rates import (
    Absence,
    attendance,
    format_percent,
    format_points,
    four_quarter_rate,
    points,
    rate,
    relative_change,
    rounded,
    summed,
)

QUARTERS = [Absence.from_days(*days) for days in ((600, 6000), (660, 6000), (540, 6000), (240, 3000))]


def test_four_quarters_are_summed_and_never_averaged():
    assert rounded(four_quarter_rate(QUARTERS)) == Decimal("9.7")
    assert sum(one.rate for one in QUARTERS) / 4 == Decimal("9.5")


def test_a_missing_quarter_gives_no_figure_not_zero():
    assert four_quarter_rate([*QUARTERS[:3], None]) is None


def test_a_rate_alone_never_enters_a_sum():
    assert Absence.from_rate(Decimal("9.7")).rate_only
    assert summed([QUARTERS[0], Absence.from_rate(Decimal("9.7"))]) is None
    assert not QUARTERS[0].rate_only


def test_three_quarters_are_refused():
    with pytest.raises(ValueError, match="four quarters"):
        four_quarter_rate(QUARTERS[:3])


def test_nothing_possible_has_no_rate():
    assert rate(Decimal(0), Decimal(0)) is None
    with pytest.raises(ValueError, match="above 0"):
        Absence.from_days(0, 0)


def test_a_difference_is_in_points_and_a_relative_change_is_another_number():
    assert points(Decimal("10.9"), Decimal("5.7")) == Decimal("-5.2")
    assert rounded(relative_change(Decimal("10.9"), Decimal("5.7"))) == Decimal("-47.7")
    assert points(None, Decimal(5)) is None
    assert relative_change(Decimal(0), Decimal(5)) is None


def test_the_change_of_unrounded_rates_is_rounded_once():
    assert rounded(points(Decimal("9.44"), Decimal("9.66"))) == Decimal("0.2")
    assert rounded(Decimal("9.66")) - rounded(Decimal("9.44")) == Decimal("0.3")


def test_attendance_is_what_absence_leaves():
    assert attendance(Decimal("9.7")) == Decimal("90.3")
    assert attendance(None) is None


@pytest.mark.parametrize(
    ("value", "shown"),
    [("10.25", "10,3"), ("-0.25", "−0,3"), ("-0.04", "0,0"), ("0", "0,0"), ("9.95", "10,0")],
)
def test_numbers_are_shown_in_norwegian_half_up(value, shown):
    assert format_percent(Decimal(value)) == shown


def test_a_missing_figure_is_a_dash_and_never_zero():
    assert format_percent(None) == "–"
    assert format_points(None) == "–"


def test_a_change_shows_its_sign():
    assert [format_points(Decimal(text)) for text in ("0.25", "-0.25", "0.04")] == ["+0,3", "−0,3", "0,0"]
    assert format_percent(Decimal("9.655"), 2) == "9,66"


DAYS = st.tuples(st.integers(0, 10**6), st.integers(1, 10**7))


@given(st.lists(DAYS, min_size=1, max_size=8))
def test_a_summed_rate_lies_between_its_parts(days):
    figures = [Absence.from_days(*one) for one in days]
    rates = [one.rate for one in figures]
    slack = Decimal("1e-18") * max(rates)
    assert min(rates) - slack <= summed(figures).rate <= max(rates) + slack


@given(DAYS)
def test_scaled_rates_equal_decimal_rates(days):
    lost, possible = days
    exact = Decimal(100 * lost) / possible
    assert percent(rate_from_days(lost, possible)) == rounded(exact, 4)


@given(st.integers(0, 10**12))
def test_scaling_there_and_back_changes_nothing(whole):
    assert scaled_days(Decimal(whole).scaleb(-2)) == whole
    assert scaled_rate(Decimal(whole).scaleb(-4)) == whole
