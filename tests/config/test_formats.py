"""Dates and the clock as each language writes them."""

from datetime import UTC, datetime

import pytest
from django.utils.formats import date_format, time_format
from django.utils.translation import override

MOMENT = datetime(2010, 6, 1, 15, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "hour", "moment"),
    [
        ("nb", "15.05", "1. juni 2010 kl. 15.05"),
        ("nn", "15.05", "1. juni 2010 kl. 15.05"),
        ("en", "15:05", "June 1, 2010, 15:05"),
    ],
)
def test_the_clock_is_written_as_the_language_does(language, hour, moment):
    with override(language):
        assert time_format(MOMENT.time(), "TIME_FORMAT") == hour
        assert date_format(MOMENT, "DATETIME_FORMAT") == moment
