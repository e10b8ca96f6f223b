"""Numbers as readers see them, and small look-ups that templates need."""

import re
from decimal import Decimal

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from municipalities.queries.register import thousands

from ..calculations.columns import percent
from ..queries.shown import format_days, format_percent, format_points
from ..reading.problems import column_letter as letter

register = template.Library()
WHOLE = '<span class="nowrap">{}</span>'


@register.filter
def one_decimal(value: Decimal | None) -> str:
    return format_percent(value)


@register.filter
def signed(value: Decimal | None) -> str:
    return format_points(value)


@register.filter
def scaled_percent(value: int | None) -> str:
    """Ten-thousandths of a percent, as stored."""
    return format_percent(percent(value))


@register.filter
def plain_number(value: Decimal | None) -> str:
    return format_days(value)


@register.filter
def grouped(text) -> str:
    """Long numbers in a text, parted in thousands; years stay as they are."""
    return re.sub(r"\d{5,}", lambda found: thousands(int(found[0])), str(text))


@register.filter
def whole_dates(text: str) -> SafeString:
    """ISO dates in a text are never broken over two lines."""
    parts = re.split(r"(\d{4}-\d{2}-\d{2})", text)
    return format_html_join(
        "", "{}", ((format_html(WHOLE, part) if at % 2 else part,) for at, part in enumerate(parts))
    )


@register.filter
def column_letter(index: int) -> str:
    """0 → A."""
    return letter(index)


@register.filter
def of(mapping: dict, key):
    return mapping.get(key)
