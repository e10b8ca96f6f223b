from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absence.calculations.periods import Period
from absence.calculations.rates import Absence
from absence.calculations.series import Break, Kind, Series, four_quarter_series, rolling, since_entry
from tests import oracles

QUARTERS = st.dictionaries(
    st.integers(8020, 8032), st.tuples(st.integers(0, 900), st.integers(1, 9000)) | st.none(), min_size=1
)


def quarters(first=8020, n=8, lost=500, possible=5000):
    return {first + i: Absence.from_days(lost + i, possible) for i in range(n)}


@given(QUARTERS)
def test_rolling_equals_the_plain_sum_over_every_window(days):
    found = rolling({quarter: one and Absence.from_days(*one) for quarter, one in days.items()})
    expected = oracles.windows(days)
    assert {period.first for period in found} == set(expected)
    for period, figure in found.items():
        assert period.quarters == 4
        if expected[period.first] is None:
            assert figure is None
        else:
            assert abs(float(figure.rate) - float(expected[period.first])) < 1e-12


def test_a_gap_never_becomes_a_four_quarter_figure():
    known = quarters()
    known[8024] = None
    missing = {period.first for period, figure in rolling(known).items() if figure is None}
    assert missing == {8021, 8022, 8023, 8024}
    del known[8024]
    assert {period.first for period, figure in rolling(known).items() if figure is None} == missing


def test_a_window_across_a_break_is_empty():
    found = rolling(quarters(), [Break(8024, "nytt lønnssystem")])
    assert {period.first for period, figure in found.items() if figure} == {8020, 8024}


def test_published_windows_stay_as_they_are_and_are_not_mixed_with_rolled_ones():
    published = {Period(8022, 4): Absence.from_rate(Decimal("9.3")), Period(8030, 4): Absence.from_rate(Decimal("9.8"))}
    rolled = four_quarter_series("PAI", quarters(), published)
    assert rolled.kind == Kind.ROLLED
    assert not any(figure.rate_only for figure in rolled.figures.values())
    alone = four_quarter_series("PAI", quarters(n=3), published)
    assert alone.kind == Kind.PUBLISHED
    assert alone.figures == published
    rates_alone = {quarter: Absence.from_rate(one.rate) for quarter, one in quarters().items()}
    assert four_quarter_series("PAI", rates_alone, published).kind == Kind.PUBLISHED


def test_quarters_and_windows_in_one_series_are_refused():
    with pytest.raises(ValueError, match="one length"):
        Series(Kind.QUARTERS, "PAI", {Period(8020): None, Period(8020, 4): None})


def test_a_line_is_cut_at_gaps_and_at_breaks():
    figures = {Period(quarter): one for quarter, one in quarters(n=6).items()}
    figures[Period(8021)] = None
    found = Series(Kind.QUARTERS, "PAI", figures, (Break(8024, "sammenslåing"),)).pieces()
    assert [[period.first for period in piece] for piece in found] == [[8020], [8022, 8023], [8024, 8025]]


def test_quarter_zero_is_the_quarter_of_entry():
    assert list(since_entry(quarters(n=3), entered=8021)) == [-1, 0, 1]
