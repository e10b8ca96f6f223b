"""Reading: the list of reports, one edition, its sections, and what differs between two."""

from dataclasses import replace

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from municipalities.permissions import may
from municipalities.views.lists import headings
from programmes.models import Programme
from reporting import queries, states
from reporting.catalogue import REPORTS
from reporting.changes import printed_changes
from reporting.document import Numbering
from reporting.documents import document_of
from reporting.models import Edition
from reporting.printing import section_html

PAGE_SIZE = 50


def visible_edition(request, pk: int) -> Edition:
    """The edition, or 404 for one that the reader may not see, just as for one that is not there."""
    found = Edition.objects.visible_to(request.user).select_related("programme", "comparison")
    return get_object_or_404(found.prefetch_related("prose", "answers"), pk=pk)


COLOURS = {states.DRAFT: "neutral", states.REVIEW: "info", states.APPROVED: "info", states.PUBLISHED: "success"}


@login_not_required
def edition_list(request):
    chosen = {key: request.GET.get(key, "") for key in ("programme", "report", "state", "sort")}
    page = Paginator(queries.editions_for(request.user, **chosen), PAGE_SIZE).get_page(request.GET.get("page"))
    for found in page:
        found.color = COLOURS[found.state]
    context = {
        "page": page,
        "chosen": chosen,
        "filtered": any(chosen[key] for key in ("programme", "report", "state")),
        "programme_choices": [(one.slug, one.name) for one in Programme.objects.visible_to(request.user)],
        "report_choices": [(one.slug, one.title) for one in REPORTS.values()],
        "states": states.STATES,
        "headings": headings(request, _columns(), chosen["sort"], numbers={_("Edition")}),
        "csv_url": f"{reverse('reporting:editions_export', args=['csv'])}?{request.GET.urlencode()}",
        "xlsx_url": f"{reverse('reporting:editions_export', args=['xlsx'])}?{request.GET.urlencode()}",
    }
    return render(request, "reporting/editions.html", context)


def _columns() -> list[tuple[str, str]]:
    return [
        ("report", _("Report")),
        ("", _("Programme")),
        ("", _("Edition")),
        ("", _("Language")),
        ("state", _("State")),
        ("published", _("Published")),
        ("", _("File")),
    ]


@login_not_required
def edition(request, pk: int):
    """The report as it is printed; for those who write it, with what each section lacks beside it."""
    found = visible_edition(request, pk)
    document = document_of(found)
    numbering = Numbering.of(document)
    can_edit = may(request.user, "reporting.edit") and found.is_editable
    shown = {section.slug: _on_screen(section, numbering, found) for section in document.sections}
    marks = [mark for mark in queries.section_marks(found, document) if can_edit or mark.slug in shown]
    context = {
        "edition": found,
        "document": document,
        "sections": [(mark, shown.get(mark.slug, "")) for mark in marks],
        "life": queries.edition_life(found, request.user) if request.user.is_authenticated else None,
        "can_edit": can_edit,
    }
    return render(request, "reporting/edition.html", context)


def edition_life(request, pk: int):
    """The state of the edition and its job, asked for again while a job runs; then the whole page is read anew."""
    found = visible_edition(request, pk)
    life = queries.edition_life(found, request.user)
    response = render(request, "reporting/_life.html", {"life": life, "edition": found})
    if request.htmx and not (life.job and life.job.look_again_seconds):
        response["HX-Refresh"] = "true"
    return response


def section(request, pk: int, section: str):
    """One section as a fragment, as it stands in the report."""
    found = visible_edition(request, pk)
    return render(request, "reporting/_section.html", section_context(request, found, section))


def section_context(request, edition: Edition, slug: str) -> dict:
    """What ``_section.html`` shows. Raises Http404 for a section the report does not have."""
    document = document_of(edition)
    mark = next((mark for mark in queries.section_marks(edition, document) if mark.slug == slug), None)
    if mark is None:
        raise Http404(slug)
    numbering = Numbering.of(document)
    printed = next((one for one in document.sections if one.slug == slug), None)
    return {
        "edition": edition,
        "mark": mark,
        "html": _on_screen(printed, numbering, edition) if printed else "",
        "guidance": REPORTS[edition.report].section(slug).guidance,
        "can_edit": edition.is_editable and request.user.may("reporting.edit"),
    }


def changes(request, pk: int):
    """Which printed figures would change with the figures released since."""
    found = visible_edition(request, pk)
    context = {
        "edition": found,
        "changes": queries.changes_of(found),
        "life": queries.edition_life(found, request.user),
    }
    return render(request, "reporting/changes.html", context)


def against(request, pk: int, other: int):
    """What differs between two editions of a report, cell by cell."""
    newer, older = visible_edition(request, pk), visible_edition(request, other)
    if (newer.programme_id, newer.report) != (older.programme_id, older.report):
        raise Http404
    found = printed_changes(older.data, newer.data, newer.language)
    return render(request, "reporting/against.html", {"edition": newer, "other": older, "changes": found})


def _on_screen(section, numbering: Numbering, edition: Edition) -> str:
    """The section as printed, one heading level down: the page's own title is the first level."""
    template = section.template.replace("reporting/print/", "reporting/screen/")
    return section_html(replace(section, level=section.level + 1, template=template), numbering, edition.language)
