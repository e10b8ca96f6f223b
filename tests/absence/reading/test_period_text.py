from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absence.calculations.periods import Period
from absence.reading.period_text import looks_like_period, parse_period, parse_quarter_of_year
from absence.reading.problems import Problem

Q108, Q407 = 8032, 8031


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2008K1", (Q108, 1)),
        ("2008k1", (Q108, 1)),
        ("2008 K1", (Q108, 1)),
        ("2008Q1", (Q108, 1)),
        ("K1 2008", (Q108, 1)),
        ("1. kvartal 2008", (Q108, 1)),
        ("1.kvartal 2008", (Q108, 1)),
        ("1 kvartal 2008", (Q108, 1)),
        ("1. kv. 2008", (Q108, 1)),
        ("1.kv.2008", (Q108, 1)),
        ("2008 1. kvartal", (Q108, 1)),
        ("Q108", (Q108, 1)),
        ("Q407-Q308", (Q407, 4)),
        ("Q407 – Q308", (Q407, 4)),
        ("4.kv.2007-3.kv.2008", (Q407, 4)),
        ("4. kvartal 2007 til 3. kvartal 2008", (Q407, 4)),
        ("2007Q4-2008Q3", (Q407, 4)),
        ("Q108-Q208", (Q108, 2)),
        ("1. halvår 2008", (Q108, 2)),
        ("2. halvår 2008", (Q108 + 2, 2)),
        ("2008", (Q108, 4)),
        (2008.0, (Q108, 4)),
        (2008, (Q108, 4)),
    ],
)
def test_periods_are_read_as_people_write_them(text, period):
    assert parse_period(text) == period


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("1. kvartal 20091", (8036, 1)),
        ("1. kvartal 2009¹", (8036, 1)),
        ("1. kvartal 2009 1)", (8036, 1)),
        ("2009K12", (8036, 1)),
        ("Q408-Q3091", (8035, 4)),
        (20091.0, (8036, 4)),
        ("2009*", (8036, 4)),
    ],
)
def test_a_footnote_glued_to_a_heading_is_seen_through(text, period):
    assert parse_period(text, header=True) == period


def test_a_footnote_is_no_excuse_in_a_cell_of_data():
    assert parse_period("1. kvartal 20091") == Problem("not_a_period")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not_a_period"),
        (None, "not_a_period"),
        ("5. kvartal 2008", "not_a_period"),
        ("2008K5", "not_a_period"),
        ("i fjor", "not_a_period"),
        ("1", "not_a_period"),
        ("Q408-", "not_a_period"),
        ("Q309-Q408", "window_reversed"),
        ("2008-03-31", "date_as_period"),
        ("31.03.2008", "date_as_period"),
        (date(2008, 3, 31), "date_as_period"),
        (datetime(2008, 3, 31), "date_as_period"),
    ],
)
def test_what_is_no_period_is_refused(text, code):
    assert parse_period(text).code == code


def test_a_window_must_be_one_two_or_four_whole_quarters():
    assert parse_period("Q408-Q209") == Problem("window_length", {"quarters": 3})
    assert parse_period("4.kv.2006-3.kv.2008") == Problem("window_length", {"quarters": 8})


@pytest.mark.parametrize(
    ("year", "quarter", "period"),
    [("2008", "1", (Q108, 1)), (2008.0, 1.0, (Q108, 1)), ("2008", "1. kvartal", (Q108, 1)), ("2008", "K1", (Q108, 1))],
)
def test_year_and_quarter_may_stand_in_two_columns(year, quarter, period):
    assert parse_quarter_of_year(year, quarter) == period


def test_a_quarter_that_names_another_year_is_refused():
    assert parse_quarter_of_year("2008", "2008K1") == (Q108, 1)
    assert parse_quarter_of_year("2007", "2008K1") == Problem("year_differs", {"year": "2007"})
    assert parse_quarter_of_year("i år", "1") == Problem("not_a_year")
    assert parse_quarter_of_year("2008", date(2008, 1, 1)) == Problem("date_as_period")


@pytest.mark.parametrize("heading", ["Q408-", "-Q309", "3. kvartal 20", "2008", "Q408-Q209", date(2008, 1, 1)])
def test_a_heading_that_is_nearly_a_period_must_not_be_overlooked(heading):
    assert looks_like_period(heading)


@pytest.mark.parametrize("heading", ["", "Kommune", "Endring 2008-2009", "Nr", "1", "12", None])
def test_other_headings_are_no_periods(heading):
    assert not looks_like_period(heading)


@given(st.integers(1990 * 4, 2049 * 4), st.sampled_from([1, 2, 4]))
def test_every_period_comes_back_from_the_forms_the_portal_writes(first, quarters):
    period = Period(first, quarters)

    assert parse_period(str(period)) == (first, quarters)
    assert parse_period(period.label()) == (first, quarters)


@given(st.integers(2000 * 4, 2079 * 4 + 3), st.integers(0, 7))
def test_short_windows_come_back_or_are_refused_by_their_length(first, more):
    short = [f"Q{index % 4 + 1}{index // 4 % 100:02d}" for index in (first, min(first + more, 2079 * 4 + 3))]
    quarters = min(first + more, 2079 * 4 + 3) - first + 1

    found = parse_period("-".join(short))

    assert found == ((first, quarters) if quarters in (1, 2, 4) else Problem("window_length", {"quarters": quarters}))
