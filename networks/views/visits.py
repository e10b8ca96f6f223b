"""Visits: the list, one visit, and what may be done to it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from municipalities.permissions import may, requires
from municipalities.views.lists import headings, list_file
from networks.actions import visits as actions
from networks.actions.errors import NotPossible, SavedMeanwhile
from networks.forms.filters import VisitFilterForm
from networks.forms.visits import CancelForm, ChangePlanForm, MadeForm, PlanForm
from networks.models import Visit, VisitDraft
from networks.queries import visits as queries
from networks.queries.readers import project_leaders_of, secretariat, secretariat_or
from networks.queries.tasks import rows_of
from networks.states import PLANNED, TRANSITIONS
from programmes.models import Programme
from programmes.queries import last_day
from programmes.views import openable_among, visible_programme

from .finding import editable_visit, is_editable, looked_after, visible_visit

FILTERS = ("q", "year", "network", "adviser", "state")


def _columns() -> list[tuple[str, str]]:
    return [
        ("participant", _("Participant")),
        ("day", _("Day")),
        ("network", _("Network")),
        ("adviser", _("From the secretariat")),
        ("state", _("Status")),
    ]


def _listed(request, programme: Programme):
    visible = Visit.objects.visible_to(request.user).filter(participation__programme=programme)
    form = VisitFilterForm(
        request.GET,
        years=queries.visit_years(visible),
        networks=queries.networks_to_choose(programme, request.user),
        advisers=queries.visiting_advisers(visible),
    )
    asked = form.asked()
    rows = queries.visit_rows(
        visible,
        search=asked.get("q", ""),
        year=asked.get("year"),
        network=asked.get("network", ""),
        adviser=asked.get("adviser", ""),
        state=asked.get("state", ""),
        sort=asked.get("sort") or "-day",
    )
    return form, rows


@requires("follow_up.view")
def visits(request, slug: str):
    programme = visible_programme(request, slug)
    form, rows = _listed(request, programme)
    context = {
        "programme": programme,
        "form": form,
        "rows": rows,
        "openable": openable_among(request.user, [row.visit.participation for row in rows]),
        "made": sum(row.visit.is_made for row in rows),
        "headings": headings(request, _columns(), request.GET.get("sort") or "-day"),
        "query": request.GET.urlencode(),
        "filtered": any(request.GET.get(key) for key in FILTERS),
    }
    return render(request, "networks/visits.html", context)


@requires("follow_up.view")
def visits_export(request, slug: str, form: str):
    programme = visible_programme(request, slug)
    _form, rows = _listed(request, programme)
    columns = [
        "participant",
        "municipality_number",
        "planned_on",
        "made_on",
        "state",
        "place",
        "networks",
        "advisers",
        "topics",
        "shared_at",
        "generated",
    ]
    lines = (
        (
            row.visit.participation.name,
            row.visit.participation.municipality.number if row.visit.participation.municipality else "",
            row.visit.planned_on,
            row.visit.made_on,
            row.visit.state,
            row.visit.place,
            row.network_names,
            row.adviser_names,
            ", ".join(row.visit.topic_labels),
            row.visit.shared_at,
            int(row.visit.is_generated),
        )
        for row in rows
    )
    return list_file(f"{programme.slug}-visits", form, columns, lines)


@requires("follow_up.view")
def visit(request, slug: str, pk: int):
    found = visible_visit(request, slug, pk)
    today = timezone.localdate()
    editable = is_editable(request, found)
    context = {
        "programme": found.participation.programme,
        "visit": found,
        "advisers": found.advisers.order_by("name"),
        "met": found.met.all(),
        "tasks": rows_of(found.action_points.order_by("due_on", "pk"), today),
        "became": queries.merged_later(found.participation, today),
        "openable": openable_among(request.user, [found.participation]),
        "is_editable": editable,
        "acts": TRANSITIONS[found.state] if editable else {},
        "drafts": found.drafts.select_related("user").order_by("-saved_at") if editable else VisitDraft.objects.none(),
        "readers": project_leaders_of(found.participation, today) if editable else [],
        "is_shared_as_it_is": bool(found.shared_at and found.shared_at >= found.saved_at),
        "may_report": may(request.user, "follow_up.report_done"),
        "next": request.get_full_path(),
    }
    return render(request, "networks/visit.html", context)


@requires("follow_up.edit")
def plan_visit(request, slug: str):
    programme = visible_programme(request, slug)
    form = PlanForm(
        request.POST or None,
        initial=_plan_begins_with(request, programme),
        participations=looked_after(request.user).filter(programme=programme).order_by("name"),
        people=secretariat(timezone.localdate()),
    )
    if form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        found = actions.plan_visit(**given, by=request.user)
        messages.success(request, _("The visit is planned."))
        return redirect("networks:visit", slug, found.pk)
    return render(request, "networks/visit_plan.html", {"programme": programme, "form": form})


def _plan_begins_with(request, programme: Programme) -> dict:
    """The participant of the address; oneself; a day in the time of the programme."""
    asked = request.GET.get("participant", "")
    found = looked_after(request.user).filter(programme=programme, slug=asked).first() if asked else None
    return {
        "participation": found,
        "advisers": [request.user.pk],
        "planned_on": last_day(programme, timezone.localdate()),
    }


@requires("follow_up.edit")
def change_visit(request, slug: str, pk: int):
    """Another day, place, purpose or people, while the visit is planned."""
    found = editable_visit(request, slug, pk)
    if found.state != PLANNED:
        messages.error(request, _("Only a planned visit can be changed here."))
        return redirect("networks:visit", slug, pk)
    people = secretariat_or(timezone.localdate(), *found.advisers.all())
    begins = {name: getattr(found, name) for name in ("planned_on", "place", "purpose", "version")}
    form = ChangePlanForm(
        request.POST or None,
        initial=begins | {"advisers": [one.pk for one in found.advisers.all()]},
        visit=found,
        people=people,
    )
    conflict = None
    if form.is_valid():
        given = form.cleaned_data | {"version": form.cleaned_data["version"] or 0}
        try:
            actions.change_plan(found, **given, by=request.user)
        except SavedMeanwhile as meanwhile:
            conflict = meanwhile.visit
            form.data = form.data.copy()
            form.data["version"] = conflict.version
        else:
            messages.success(request, _("The visit is changed."))
            return redirect("networks:visit", slug, pk)
    context = {"programme": found.participation.programme, "visit": found, "form": form, "conflict": conflict}
    return render(request, "networks/visit_plan.html", context)


@requires("follow_up.edit")
def make_visit(request, slug: str, pk: int):
    """The visit has been made: on which day, and on to the note."""
    found = editable_visit(request, slug, pk)
    day = min(found.planned_on, timezone.localdate())
    form = MadeForm(request.POST or None, initial={"made_on": day})
    if form.is_valid() and _moved(request, found, "make", made_on=form.cleaned_data["made_on"]):
        return redirect("networks:write_up", slug, pk)
    return render(request, "networks/visit_made.html", _asking(found, form))


@requires("follow_up.edit")
def cancel_visit(request, slug: str, pk: int):
    found = editable_visit(request, slug, pk)
    form = CancelForm(request.POST or None)
    if form.is_valid():
        _moved(request, found, "cancel", reason=form.cleaned_data["reason"])
        return redirect("networks:visit", slug, pk)
    return render(request, "networks/visit_cancel.html", _asking(found, form))


def _asking(visit: Visit, form) -> dict:
    return {"programme": visit.participation.programme, "visit": visit, "form": form}


@require_POST
@requires("follow_up.edit")
def move_visit(request, slug: str, pk: int, act: str):
    """The transitions that ask for nothing more."""
    found = editable_visit(request, slug, pk)
    _moved(request, found, act)
    return redirect("networks:visit", slug, pk)


def _moved(request, visit: Visit, act: str, **given) -> bool:
    try:
        actions.move(visit, act, **given, by=request.user)
    except NotPossible as error:
        messages.error(request, str(error))
        return False
    return True


@require_POST
@requires("follow_up.edit")
def share_visit(request, slug: str, pk: int):
    found = editable_visit(request, slug, pk)
    try:
        told = actions.share(found, by=request.user)
    except NotPossible as error:
        messages.error(request, str(error))
        return redirect("networks:visit", slug, pk)
    if told:
        names = ", ".join(str(one) for one in told)
        messages.success(request, _("The note is shared. An e-mail goes to %(names)s.") % {"names": names})
    else:
        messages.warning(request, _("The note is shared, but the municipality has no project leader to write to."))
    return redirect("networks:visit", slug, pk)
