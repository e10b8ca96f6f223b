"""Lists as files."""

from datetime import date, datetime

from django.http import Http404
from django.utils import timezone
from tablib import Dataset

from municipalities.resources import neutral
from programmes.views import FORMS, file_of


def list_file(name: str, form: str, headings: list[str], rows):
    """The rows as a download; texts that a spreadsheet would run are made harmless, dates are ISO."""
    if form not in FORMS:
        raise Http404(form)
    table = Dataset(headers=[str(one) for one in headings])
    for row in rows:
        table.append([_cell(one) for one in row])
    return file_of(table, form, name)


def _cell(value):
    if value is None:
        return ""
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int) else neutral(str(value))
