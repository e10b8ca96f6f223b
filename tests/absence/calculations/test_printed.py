from decimal import Decimal

import pytest

from absence.calculations.printed import counts, difference, impossible_dates, percent_for_points, total


def test_a_difference_that_the_printed_numbers_do_not_give_is_found():
    found = difference(Decimal("10.9"), Decimal("8.9"), Decimal("1.9"))
    assert (found.printed, found.expected, found.by_rounding) == ("1.9", "2.0", True)
    assert difference(Decimal("10.9"), Decimal("8.9"), Decimal("2.0")) is None


def test_a_difference_too_wrong_for_rounding_says_so():
    assert not difference(Decimal("10.9"), Decimal("8.9"), Decimal("1.8")).by_rounding


def test_a_sum_that_is_not_the_sum_of_its_parts_is_found():
    found = total([Decimal(13), Decimal(1), Decimal(10), Decimal(7)], Decimal(41))
    assert (found.expected, found.by_rounding) == ("31", False)
    assert total([Decimal(13), Decimal(11), Decimal(10), Decimal(7)], Decimal(41)) is None


def test_whole_numbers_are_never_explained_by_rounding():
    assert not total([Decimal(13), Decimal(1)], Decimal(15)).by_rounding
    assert total([Decimal("33.3")] * 3, Decimal("100.0")).by_rounding


def test_the_same_count_said_in_two_ways_is_found():
    assert counts({"text": 29, "table": 30}).printed == "table: 30; text: 29"
    assert counts({"text": 30, "table": 30}) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("31. juni", ["31. juni"]),
        ("den 31. juni 2009 og 30. juni 2009", ["31. juni 2009"]),
        ("29. februar", []),
        ("29. februar 2009", ["29. februar 2009"]),
        ("31.06.2009 og 30.06.2009", ["31.06.2009"]),
        ("2009-06-31", ["2009-06-31"]),
        ("32 Mars 2010", ["32 Mars 2010"]),
        ("31 June 2009 and 1 June 2009", ["31 June 2009"]),
        ("Tabell 4.6 og 18.–19. mai", []),
    ],
)
def test_a_date_that_no_calendar_has_is_found(text, found):
    assert [one.printed for one in impossible_dates(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Sykefraværet gikk ned med 0,2 prosent.", ["0,2 prosent"]),
        ("Fraværet økte med 0,3 % i 2009.", ["0,3 %"]),
        ("Sjukefråværet gjekk ned med 0,2 prosent.", ["0,2 prosent"]),
        ("Absence fell by 0.2 percent.", ["0.2 percent"]),
        ("Sykefraværet gikk ned med 0,2 prosentpoeng.", []),
        ("Absence fell by 0.2 percentage points.", []),
        ("Sykefraværet var 9,7 prosent.", []),
        ("Sykefraværet falt relativt med 16,1 prosent.", []),
        ("Antall deltakere økte med 10 prosent.", []),
    ],
)
def test_percent_where_points_are_meant_is_found(text, found):
    assert [one.printed for one in percent_for_points(text)] == found
