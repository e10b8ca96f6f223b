"""Pages of the programmes: public facts about who takes part, always as of a date."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from tablib import Dataset

from municipalities.permissions import may
from municipalities.queries.register import openable
from programmes import queries
from programmes.forms import AsOfForm, ParticipantFilterForm
from programmes.models import Cohort, Programme
from programmes.resources import ParticipationResource, columns

FORMS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FILTERS = ("q", "cohort", "state", "on")


def visible_programme(request, slug: str) -> Programme:
    """The programme, or 404; the frame round the page then shows it as the current one."""
    found = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    request.programme_slug = found.slug
    return found


def with_cohorts(request, slug: str) -> tuple[Programme, list[Cohort]]:
    """The programme with its cohorts, mostly in one query; 404 as ``visible_programme``."""
    visible = Programme.objects.visible_to(request.user)
    cohorts = list(Cohort.objects.filter(programme__slug=slug, programme__in=visible).select_related("programme"))
    if not cohorts:
        return visible_programme(request, slug), []
    request.programme_slug = slug
    return cohorts[0].programme, cohorts


def with_day(asked, programme: Programme):
    """The filters of the address, with the day that counts are as of written in."""
    filled = asked.copy()
    if not filled.get("on"):
        filled["on"] = queries.last_day(programme, timezone.localdate()).isoformat()
    return filled


def day_asked(form: AsOfForm, programme: Programme) -> date:
    """The day in the address, or the day a programme is counted on when nobody asks."""
    return form.asked().get("on") or queries.last_day(programme, timezone.localdate())


@login_not_required
def programme_list(request):
    programmes = list(Programme.objects.visible_to(request.user))
    return render(request, "programmes/programmes.html", {"rows": queries.counts_of(programmes, timezone.localdate())})


@login_not_required
def programme(request, slug: str):
    found, cohorts = with_cohorts(request, slug)
    form = AsOfForm(with_day(request.GET, found))
    day = day_asked(form, found)
    records = queries.records_of([found], cohorts)[found.pk]
    context = {
        "programme": found,
        "form": form,
        "day": day,
        "counts": records.on(day),
        "outside": records.outside_on(day),
        "stated": queries.stated_counts(found, records, day),
        "unnamed": records.unnamed_on(day),
        "agreements": queries.agreements_of(found),
        "notes": found.data_notes.order_by("position"),
        "query": request.GET.urlencode(),
    }
    return render(request, "programmes/programme.html", context)


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


def participant_columns() -> list[tuple[str, str]]:
    return [
        ("name", _("Participant")),
        ("county", _("County")),
        ("cohort", _("Cohort")),
        ("network", _("Network")),
        ("starts_on", _("Start")),
        ("state", _("Status")),
    ]


def _rows(found: Programme, form: ParticipantFilterForm) -> list[queries.ParticipantRow]:
    asked = form.asked()
    return queries.participant_rows(
        found,
        day_asked(form, found),
        search=asked.get("q", ""),
        cohort=asked.get("cohort", ""),
        state=asked.get("state", ""),
        sort=asked.get("sort") or "name",
    )


@login_not_required
def participants(request, slug: str):
    found, cohorts = with_cohorts(request, slug)
    form = ParticipantFilterForm(with_day(request.GET, found), cohorts=cohorts)
    rows = _rows(found, form)
    context = {
        "programme": found,
        "form": form,
        "day": day_asked(form, found),
        "rows": rows,
        "places": sum(row.places for row in rows),
        "in_several": [row.participation.name for row in rows if row.places > 1],
        "openable": openable_among(request.user, [row.participation for row in rows]),
        "headings": headings(request, participant_columns(), request.GET.get("sort") or "name"),
        "filtered": any(request.GET.get(key) for key in FILTERS),
        "query": request.GET.urlencode(),
    }
    return render(request, "programmes/participants.html", context)


def openable_among(user, participations) -> set[int]:
    """Ids of the municipalities among them whose page the reader may open."""
    return openable(user, {one.municipality_id for one in participations if one.municipality_id})


@login_not_required
def participants_export(request, slug: str, form: str):
    """The list as it is filtered, in the format that can be read in again."""
    if form not in FORMS:
        raise Http404(form)
    found, cohorts = with_cohorts(request, slug)
    rows = _rows(found, ParticipantFilterForm(request.GET, cohorts=cohorts))
    shown = [row.participation for row in rows]
    names = columns(with_internal=may(request.user, "programmes.edit"))
    table = ParticipationResource().export(shown, export_fields=names)
    return file_of(table, form, f"{found.slug}-participants")


def file_of(table: Dataset, form: str, name: str) -> HttpResponse:
    """The table as a download; Excel takes a CSV file without the mark for one of the Windows of old."""
    content = table.export(form)
    response = HttpResponse("\ufeff" + content if form == "csv" else content, content_type=FORMS[form])
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


@login_not_required
def cohort(request, slug: str, cohort: str):
    found, cohorts = with_cohorts(request, slug)
    one = next((one for one in cohorts if one.slug == cohort), None)
    if one is None:
        raise Http404(cohort)
    form = AsOfForm(with_day(request.GET, found))
    day, sort = day_asked(form, found), request.GET.get("sort") or "name"
    of_programme = queries.participant_rows(found, day, sort=sort)
    rows = [row for row in of_programme if row.is_in(cohort)]
    context = {
        "programme": found,
        "cohort": one,
        "form": form,
        "day": day,
        "rows": rows,
        "openable": openable_among(request.user, [row.participation for row in rows]),
        "headings": headings(request, participant_columns(), sort),
        "stated": queries.stated_counts(found, queries.records_in_rows(of_programme, found, one), day, one),
    }
    return render(request, "programmes/cohort.html", context)
