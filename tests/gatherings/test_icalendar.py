"""Calendar files as the standard wants them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatherings.calculations.icalendar import TIMEZONE, Event, calendar, escaped, folded

OSLO = ZoneInfo("Europe/Oslo")
STAMP = datetime(2009, 1, 2, 3, 4, 5, tzinfo=UTC)


def event(**values):
    days = {"first": date(2009, 11, 4), "last": date(2009, 11, 5)}
    return Event(**({"uid": "one", "sequence": 0, "stamp": STAMP, "summary": "Samling"} | days | values))


def lines_of(*events):
    return calendar("Samlinger", events).split("\r\n")


def test_whole_days_end_before_the_day_after_the_last():
    lines = lines_of(event())
    assert "DTSTART;VALUE=DATE:20091104" in lines
    assert "DTEND;VALUE=DATE:20091106" in lines


def test_hours_are_those_of_oslo_and_the_zone_is_defined():
    hours = {"first": datetime(2009, 7, 1, 10, tzinfo=OSLO), "last": datetime(2009, 7, 1, 16, 30, tzinfo=OSLO)}
    lines = lines_of(event(**hours))
    assert "DTSTART;TZID=Europe/Oslo:20090701T100000" in lines
    assert "DTEND;TZID=Europe/Oslo:20090701T163000" in lines
    assert "TZID:Europe/Oslo" in lines


@pytest.mark.parametrize("year", [1996, 2007, 2010, 2026])
def test_the_zone_changes_on_the_last_sundays_of_march_and_october(year):
    """The rule of the file against the rule of the system's own table."""
    assert [line for line in TIMEZONE if line.startswith("RRULE")] == [
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    ]
    for month, hours in ((3, (1, 2)), (10, (2, 1))):
        last = max(day for day in range(25, 32) if date(year, month, day).weekday() == 6)
        offsets = [datetime(year, month, last, hour, tzinfo=OSLO).utcoffset().seconds // 3600 for hour in (1, 4)]
        assert tuple(offsets) == hours


def test_a_cancelled_gathering_says_so_under_the_same_identifier():
    assert {"UID:one", "SEQUENCE:3", "STATUS:CANCELLED"} <= set(lines_of(event(cancelled=True, sequence=3)))


def test_marks_that_mean_something_are_escaped():
    assert escaped("a\\b;c,d\r\ne") == "a\\\\b\\;c\\,d\\ne"


def test_a_line_cannot_be_slipped_in():
    assert "BEGIN:VALARM" not in lines_of(event(summary="x\r\nBEGIN:VALARM"))


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n")))
def test_long_lines_are_folded_between_letters_and_unfold_to_what_they_were(text):
    parts = folded(text)
    assert all(len(part.encode()) <= 75 for part in parts)
    assert all(part.startswith(" ") for part in parts[1:])
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == text
