"""Figures on live pages, in each language."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from absence.queries.shown import format_days, format_percent, format_points
from municipalities.queries.register import thousands


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("nb", ("10,2", "+0,3", "48\u00a0171", "48\u00a0171,5", "–")),
        ("nn", ("10,2", "+0,3", "48\u00a0171", "48\u00a0171,5", "–")),
        ("en", ("10.2", "+0.3", "48,171", "48,171.5", "–")),
    ],
)
def test_a_figure_is_written_as_the_language_does(language, shown):
    with override(language):
        assert shown == (
            format_percent(Decimal("10.15")),
            format_points(Decimal("0.3")),
            thousands(48171),
            format_days(Decimal("48171.50")),
            format_percent(None),
        )


def test_no_days_are_a_number_and_not_a_gap():
    with override("nb"):
        assert (format_days(Decimal("0.00")), format_days(None)) == ("0", "–")
