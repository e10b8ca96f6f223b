"""What can be taken along: the PDF, the table behind a figure, the list."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpResponse
from django.utils.translation import gettext as _

from municipalities.views.lists import list_file
from reporting import queries
from reporting.views.editions import visible_edition


@login_not_required
def pdf(request, pk: int):
    """The PDF of an edition that the reader may see; opened in the browser under a name that says what it is."""
    edition = visible_edition(request, pk)
    if not edition.pdf:
        raise Http404
    year = f"-{edition.year}" if edition.year else ""
    name = f"{edition.programme.slug}-{edition.report}{year}-{edition.language}-{edition.number}.pdf"
    response = FileResponse(edition.pdf.open("rb"), content_type="application/pdf", filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    return response


@login_not_required
def table_csv(request, pk: int, section: str, table: str):
    """The frozen values behind a table."""
    edition = visible_edition(request, pk)
    try:
        found = edition.section_data(section).table(table)
    except KeyError:
        raise Http404(table) from None
    return _attachment(f"{edition.programme.slug}-{section}-{table}.csv", found.csv())


@login_not_required
def editions_export(request, form: str):
    """The list as it is filtered."""
    chosen = {key: request.GET.get(key, "") for key in ("programme", "report", "state", "sort")}
    heads = [_("Programme"), _("Report"), _("Year"), _("Edition"), _("State"), _("Published"), _("Checksum")]
    rows = (
        (
            edition.programme.name,
            edition.get_report_display(),
            edition.year,
            edition.number,
            edition.get_state_display(),
            edition.published_at,
            edition.sha256,
        )
        for edition in queries.editions_for(request.user, **chosen)
    )
    return list_file("reports", form, heads, rows)


def _attachment(name: str, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
