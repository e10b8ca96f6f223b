from datetime import UTC, datetime

import pytest

from programmes.calculations.local_time import NoSuchTime, closing, days_left, opening


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def test_three_o_clock_in_september_is_one_in_utc():
    assert closing(datetime(2026, 9, 1, 15)) == utc(2026, 9, 1, 13)


def test_three_o_clock_in_january_is_two_in_utc():
    assert closing(datetime(2026, 1, 15, 15)) == utc(2026, 1, 15, 14)


def test_a_time_that_the_clock_jumped_over_is_refused_with_what_the_clock_showed_instead():
    with pytest.raises(NoSuchTime) as refused:
        closing(datetime(2026, 3, 29, 2, 30))
    assert refused.value.instead.strftime("%H.%M") == "03.30"


def test_of_the_hour_that_comes_twice_a_round_opens_in_the_first_and_closes_in_the_second():
    local = datetime(2026, 10, 25, 2, 30)
    assert opening(local) == utc(2026, 10, 25, 0, 30)
    assert closing(local) == utc(2026, 10, 25, 1, 30)


def test_days_left_are_counted_by_the_norwegian_calendar():
    deadline = closing(datetime(2026, 9, 1, 15))
    assert days_left(deadline, utc(2026, 8, 28, 21, 59)) == 4
    assert days_left(deadline, utc(2026, 8, 28, 22, 1)) == 3  # it is the 29th in Norway
    assert days_left(deadline, utc(2026, 9, 1, 12, 59)) == 0
    assert days_left(deadline, utc(2026, 9, 2, 12)) == -1
