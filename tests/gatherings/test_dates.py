"""The days of a gathering, written as a span."""

from datetime import date

import pytest
from django.utils import translation

from gatherings.templatetags.gathering_dates import until


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (date(2027, 1, 10), date(2027, 1, 10), "10. januar 2027"),
        (date(2027, 1, 10), date(2027, 1, 11), "10.–11. januar 2027"),
        (date(2027, 1, 31), date(2027, 2, 1), "31. januar – 1. februar 2027"),
        (date(2026, 12, 31), date(2027, 1, 1), "31. desember 2026 – 1. januar 2027"),
    ],
)
def test_what_the_days_share_is_written_once(first, last, shown):
    with translation.override("nb"):
        assert until(first, last) == shown


def test_where_the_month_comes_first_both_days_are_written_whole():
    with translation.override("en"):
        assert until(date(2027, 1, 10), date(2027, 1, 11)) == "Jan. 10, 2027 – Jan. 11, 2027"
