"""The days of a gathering as they are written."""

from datetime import date

from django import template
from django.utils.dateformat import format as written
from django.utils.formats import get_format

from gatherings.calculations.dates import span_formats

register = template.Library()


@register.filter
def until(first: date, last: date) -> str:
    """«10.–11. januar 2027»."""
    parts = span_formats(first, last, get_format("DATE_FORMAT"))
    return "".join(written(day, form) for day, form in zip((first, last), parts, strict=False))
