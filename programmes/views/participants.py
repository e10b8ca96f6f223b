"""Pages of the programmes: public facts about who takes part, always as of a date."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.permissions import may
from municipalities.views.lists import FORMS, file_of, headings
from programmes import queries
from programmes.forms import AsOfForm, ParticipantFilterForm
from programmes.models import Programme
from programmes.queries.admission_rounds import rounds_with_days
from programmes.resources import ParticipationResource, columns

from .asking import day_asked, with_cohorts, with_day

FILTERS = ("q", "cohort", "state", "on")


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
        # The secretariat has its own way to all rounds on this page.
        "open_rounds": [] if may(request.user, "admission.view") else rounds_with_days(request.user, [found]),
    }
    return render(request, "programmes/programme.html", context)


def participant_columns() -> list[tuple[str, str]]:
    return [
        ("name", _("Participant")),
        ("county", _("County")),
        ("cohort", _("Cohort")),
        ("network", _("Network")),
        ("starts_on", _("Start")),
        ("state", _("Status")),
    ]


def _rows(user, found: Programme, form: ParticipantFilterForm) -> list[queries.ParticipantRow]:
    asked = form.asked()
    return queries.participant_rows(
        found,
        day_asked(form, found),
        user=user,
        search=asked.get("q", ""),
        cohort=asked.get("cohort", ""),
        state=asked.get("state", ""),
        sort=asked.get("sort") or "name",
    )


@login_not_required
def participants(request, slug: str):
    found, cohorts = with_cohorts(request, slug)
    form = ParticipantFilterForm(with_day(request.GET, found), cohorts=cohorts)
    rows = _rows(request.user, found, form)
    context = {
        "programme": found,
        "form": form,
        "day": day_asked(form, found),
        "rows": rows,
        "places": sum(row.places for row in rows),
        "in_several": [row.participation.name for row in rows if row.places > 1],
        "headings": headings(request, participant_columns(), request.GET.get("sort") or "name"),
        "filtered": any(request.GET.get(key) for key in FILTERS),
        "later": [] if rows else queries.later_beginnings(found, day_asked(form, found), user=request.user),
        "query": request.GET.urlencode(),
    }
    return render(request, "programmes/participants.html", context)


@login_not_required
def participants_export(request, slug: str, form: str):
    """The list as it is filtered, in the format that can be read in again."""
    if form not in FORMS:
        raise Http404(form)
    found, cohorts = with_cohorts(request, slug)
    rows = _rows(request.user, found, ParticipantFilterForm(request.GET, cohorts=cohorts))
    shown = [row.participation for row in rows]
    names = columns(with_internal=may(request.user, "programmes.edit"))
    table = ParticipationResource().export(shown, export_fields=names)
    return file_of(table, form, f"{found.slug}-participants")


@login_not_required
def cohort(request, slug: str, cohort: str):
    found, cohorts = with_cohorts(request, slug)
    one = next((one for one in cohorts if one.slug == cohort), None)
    if one is None:
        raise Http404(cohort)
    form = AsOfForm(with_day(request.GET, found))
    day, sort = day_asked(form, found), request.GET.get("sort") or "name"
    of_programme = queries.participant_rows(found, day, user=request.user, sort=sort)
    rows = [row for row in of_programme if row.is_in(cohort)]
    context = {
        "programme": found,
        "cohort": one,
        "form": form,
        "day": day,
        "rows": rows,
        "headings": headings(request, participant_columns(), sort),
        "stated": queries.stated_counts(found, queries.records_in_rows(of_programme, found, one), day, one),
    }
    return render(request, "programmes/cohort.html", context)
