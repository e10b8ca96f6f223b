"""What every list page needs: headings that sort, and files of what is shown."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404, HttpResponse
from django.utils import timezone
from tablib import Dataset

from municipalities.resources import neutral

FORMS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Heading:
    """``url`` leads to the list in its order, and is empty where the column does not sort."""

    key: str
    label: str
    url: str
    sort: str
    number: bool = False


def headings(request, columns: Iterable[tuple[str, str]], sort: str, *, numbers: Collection[str] = ()) -> list[Heading]:
    """The heads of (key, label) columns: each links to its order, or to the reverse where it is in force.

    A column without a key does not sort; those of ``numbers`` (keys or labels) are set to the right.
    """
    found = []
    for key, label in columns:
        query = request.GET.copy()
        query.pop("page", None)
        query["sort"] = f"-{key}" if sort == key else key
        order = {key: "ascending", f"-{key}": "descending"}.get(sort, "") if key else ""
        is_number = (key or label) in numbers
        found.append(Heading(key, label, f"?{query.urlencode()}" if key else "", order, is_number))
    return found


def file_of(table: Dataset, form: str, name: str) -> HttpResponse:
    """The table as a download; Excel takes a CSV file without the mark for one of the Windows of old."""
    content = table.export(form)
    response = HttpResponse("\ufeff" + content if form == "csv" else content, content_type=FORMS[form])
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def list_file(name: str, form: str, heads: Iterable[str], rows: Iterable[Iterable]) -> HttpResponse:
    """The rows as a download; texts that a spreadsheet would run are made harmless, dates are ISO."""
    if form not in FORMS:
        raise Http404(form)
    table = Dataset(headers=[str(one) for one in heads])
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
