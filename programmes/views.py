"""Pages of the programmes: public facts about who takes part, always as of a date."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from tablib import Dataset

from municipalities.models import Municipality
from municipalities.permissions import may
from programmes import queries
from programmes.forms import AsOfForm, ParticipantFilterForm
from programmes.models import Programme

FORMS = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def visible_programme(request, slug: str) -> Programme:
    """The programme, or 404; the frame round the page then shows it as the current one."""
    found = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    request.programme_slug = found.slug
    return found


def day_asked(form, programme: Programme) -> date:
    """The day in the address, or the day a programme is counted on when nobody asks."""
    asked = form.cleaned_data.get("on") if form.is_valid() else None
    return asked or queries.last_day(programme, timezone.localdate())


@login_not_required
def programme_list(request):
    today = timezone.localdate()
    rows = [
        (one, queries.participant_counts(one, queries.last_day(one, today)))
        for one in Programme.objects.visible_to(request.user).prefetch_related("cohorts")
    ]
    return render(request, "programmes/programmes.html", {"rows": rows})


@login_not_required
def programme(request, slug: str):
    found = visible_programme(request, slug)
    form = AsOfForm(request.GET or None)
    day = day_asked(form, found)
    context = {
        "programme": found,
        "form": form,
        "day": day,
        "counts": queries.participant_counts(found, day),
        "reported": queries.reported_counts(found).filter(cohort=None, counted_on__lte=day),
        "unnamed": found.unnamed_withdrawals.filter(known_on__lte=day),
        "agreements": found.agreements.prefetch_related("parties"),
        "notes": found.data_notes.all(),
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


def _rows(request, found: Programme, form: ParticipantFilterForm):
    asked = form.cleaned_data if form.is_valid() else {}
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
    found = visible_programme(request, slug)
    form = ParticipantFilterForm(request.GET, programme=found)
    rows = _rows(request, found, form)
    columns = [
        ("name", _("Participant")),
        ("cohort", _("Cohort")),
        ("network", _("Network")),
        ("starts_on", _("Start")),
        ("state", _("State")),
    ]
    context = {
        "programme": found,
        "form": form,
        "day": day_asked(form, found),
        "rows": rows,
        "openable": openable_municipalities(request.user),
        "headings": headings(request, columns, (request.GET.get("sort") or "name")),
        "filtered": any(request.GET.get(key) for key in ("q", "cohort", "state", "on")),
        "query": request.GET.urlencode(),
    }
    return render(request, "programmes/participants.html", context)


def openable_municipalities(user) -> set[int]:
    """Ids of the municipalities whose page the reader may open: one query."""
    if not may(user, "municipalities.view"):
        return set()
    return set(Municipality.objects.visible_to(user).values_list("pk", flat=True))


@login_not_required
def participants_export(request, slug: str, form: str):
    """The list as it is filtered, as CSV or Excel."""
    if form not in FORMS:
        raise Http404(form)
    found = visible_programme(request, slug)
    table = Dataset(
        headers=["municipality_number", "name", "county", "cohort", "network", "starts_on", "withdrawn_on"]
    )
    for row in _rows(request, found, ParticipantFilterForm(request.GET, programme=found)):
        one = row.participation
        place = one.municipality
        cells = [place.number if place else "", one.name, place.county.name if place else "", row.cohorts, row.networks]
        cells += [str(one.starts_on or ""), str(one.withdrawn_on or "")]
        table.append([neutral(cell) for cell in cells])
    content = table.export(form)
    response = HttpResponse(content, content_type=FORMS[form])
    response["Content-Disposition"] = f'attachment; filename="{found.slug}-participants.{form}"'
    return response


def neutral(text: str) -> str:
    """Text that a spreadsheet will not run as a formula."""
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


@login_not_required
def cohort(request, slug: str, cohort: str):
    found = visible_programme(request, slug)
    one = get_object_or_404(found.cohorts, slug=cohort)
    form = AsOfForm(request.GET or None)
    day = day_asked(form, found)
    context = {
        "programme": found,
        "cohort": one,
        "form": form,
        "day": day,
        "rows": queries.participant_rows(found, day, cohort=cohort),
        "openable": openable_municipalities(request.user),
        "reported": one.reported_counts.all(),
    }
    return render(request, "programmes/cohort.html", context)
