from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absence.reading.numbers import (
    SCALE,
    Number,
    parse_number,
    plain_column,
    ratio_percent,
    ratio_percents,
    times_hundred,
)
from absence.reading.problems import Problem

SPACES = " \u00a0\u202f\u2009"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("9,7", "9.7"),
        ("9.7", "9.7"),
        ("57", "57"),
        ("0", "0"),
        ("0,0", "0.0"),
        (" 9,7 ", "9.7"),
        ("1 234", "1234"),
        ("1\u00a0234,5", "1234.5"),
        ("1\u202f234\u202f567", "1234567"),
        ("-1,2", "-1.2"),
        ("\u22121,2", "-1.2"),
        ("-0,0", "0.0"),
        ("9,7 %", "9.7"),
        (9.7, "9.7"),
        (9.700000000000001, "9.7"),
        (101.0, "101"),
        (7, "7"),
    ],
)
def test_numbers_are_read_as_they_are_written_in_norway(cell, text):
    number = parse_number(cell)

    assert (number.text, number.mark) == (text, None)
    assert number.scaled == Decimal(text) * SCALE


@pytest.mark.parametrize(
    ("cell", "mark", "blank"),
    [
        (":", "suppressed", False),
        ("..", "missing", False),
        (".", "not_possible", False),
        ("-", "nil", False),
        ("\u2212", "nil", False),
        ("", "missing", True),
        ("  ", "missing", True),
        (None, "missing", True),
    ],
)
def test_a_mark_and_a_blank_are_no_number(cell, mark, blank):
    assert parse_number(cell) == Number(None, None, mark, blank=blank)


@pytest.mark.parametrize(
    "cell", ["11,Q", "10|7", "1O,2", "1 23", "1.234,5", "9,", ",5", "1e3", "+5", "--5", "٣", "…", "...", True, 1e300]
)
def test_what_is_not_clearly_a_number_is_refused(cell):
    assert parse_number(cell) == Problem("not_a_number")


@given(
    st.integers(-(10**9), 10**9),
    st.integers(0, 4),
    st.sampled_from(",."),
    st.sampled_from(SPACES),
    st.sampled_from("-\u2212"),
)
def test_a_number_written_with_any_spaces_and_marks_comes_back(value, places, mark, space, minus):
    decimal = Decimal(value).scaleb(-places)
    written = f"{decimal:,.{places}f}".replace("-", minus).replace(".", mark if mark == "." else "#")
    written = written.replace(",", space).replace("#", mark)

    assert Decimal(parse_number(written).text) == decimal


@given(st.decimals(0, 10**6, places=4))
def test_a_float_of_a_spreadsheet_is_the_decimal_that_was_typed(typed):
    assert Decimal(parse_number(float(typed)).text) == typed


@given(st.lists(st.decimals(0, 10**6, places=2), min_size=1))
def test_the_quick_way_through_a_column_agrees_with_the_slow(values):
    cells = [str(value).replace(".", ",") for value in values]

    texts = plain_column(cells, ",")

    assert texts == [parse_number(cell).text for cell in cells]


@pytest.mark.parametrize("cell", ["", ":", "1 234", "9.7", "-1", "007", "11,Q", "9,7%", "1\n2"])
def test_the_quick_way_leaves_everything_unusual_to_the_slow(cell):
    assert plain_column(["9,7", cell], ",") is None


def test_a_rate_is_computed_from_its_workdays():
    assert ratio_percent(2040 * SCALE, 21000 * SCALE) == "9.714286"
    assert ratio_percent(600, 6000) == "10"
    assert ratio_percent(5, 0) is None


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_computed_rate_lies_within_a_millionth_of_the_exact_one(lost, possible):
    exact = Decimal(100) * lost / possible

    assert abs(Decimal(ratio_percents([lost], [possible])[0]) - exact) <= Decimal("0.0000011")


@pytest.mark.parametrize(("fraction", "percent"), [("0.097", "9.7"), ("0.1", "10"), ("0.12345", "12.345"), ("0", "0")])
def test_a_fraction_becomes_a_percent_exactly(fraction, percent):
    assert times_hundred(fraction) == percent
