"""What every list page needs: headings that sort, files of what is shown, links that the reader may follow."""

from dataclasses import dataclass

from django.http import HttpResponse
from tablib import Dataset

from municipalities.queries.register import openable

FORMS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Heading:
    key: str
    label: str
    url: str
    sort: str


def headings(request, columns: list[tuple[str, str]], sort: str) -> list[Heading]:
    """Column headings that sort: each links to its order, or to the reverse where it is in force."""
    found = []
    for key, label in columns:
        query = request.GET.copy()
        query["sort"] = f"-{key}" if sort == key else key
        order = {key: "ascending", f"-{key}": "descending"}.get(sort, "")
        found.append(Heading(key, label, f"?{query.urlencode()}", order))
    return found


def openable_among(user, participations) -> set[int]:
    """Ids of the municipalities among them whose page the reader may open."""
    return openable(user, {one.municipality_id for one in participations if one.municipality_id})


def file_of(table: Dataset, form: str, name: str) -> HttpResponse:
    """The table as a download; Excel takes a CSV file without the mark for one of the Windows of old."""
    content = table.export(form)
    response = HttpResponse("\ufeff" + content if form == "csv" else content, content_type=FORMS[form])
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response
