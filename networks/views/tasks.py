"""What was agreed at visits: the list, and a task reported as done."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from municipalities.permissions import requires
from municipalities.views.lists import headings, list_file
from networks.actions import action_points as actions
from networks.actions.errors import NotPossible
from networks.forms.filters import TaskFilterForm
from networks.forms.visits import DoneForm
from networks.models import ActionPoint
from networks.queries import tasks as queries
from networks.queries.visits import networks_to_choose
from programmes.models import Programme
from programmes.views import visible_programme

from .finding import reportable_task

FILTERS = ("q", "state", "side", "network")


def _listed(request, programme: Programme):
    form = TaskFilterForm(request.GET, networks=networks_to_choose(programme, request.user))
    asked = form.asked()
    visible = ActionPoint.objects.visible_to(request.user).filter(visit__participation__programme=programme)
    rows = queries.task_rows(
        visible,
        timezone.localdate(),
        search=asked.get("q", ""),
        state=asked.get("state", ""),
        side=asked.get("side", ""),
        network=asked.get("network", ""),
        user=request.user,
        sort=asked.get("sort") or "due",
    )
    return form, rows


@requires("follow_up.view")
def tasks(request, slug: str):
    programme = visible_programme(request, slug)
    form, rows = _listed(request, programme)
    columns = [
        ("", _("What is to be done")),
        ("participant", _("Participant")),
        ("owner", _("Who does it")),
        ("due", _("Due")),
        ("state", _("Status")),
    ]
    reportable = (
        ActionPoint.objects.reportable_by(request.user).open().filter(visit__participation__programme=programme)
    )
    context = {
        "programme": programme,
        "form": form,
        "rows": rows,
        "open_count": sum(not row.point.is_done for row in rows),
        "overdue_count": sum(row.is_overdue for row in rows),
        "reportable": set(reportable.values_list("pk", flat=True)),
        "headings": headings(request, columns, request.GET.get("sort") or "due"),
        "query": request.GET.urlencode(),
        "filtered": any(request.GET.get(key) for key in FILTERS),
        "next": request.get_full_path(),
    }
    return render(request, "networks/tasks.html", context)


@requires("follow_up.view")
def tasks_export(request, slug: str, form: str):
    programme = visible_programme(request, slug)
    _form, rows = _listed(request, programme)
    columns = ["participant", "visited_on", "task", "side", "owner", "due_on", "overdue", "done_at", "done_by", "note"]
    lines = (
        (
            row.point.visit.participation.name,
            row.point.visit.day,
            row.point.text,
            row.point.side,
            row.owner,
            row.point.due_on,
            int(row.is_overdue),
            row.point.done_at,
            row.point.done_by,
            row.point.done_note,
        )
        for row in rows
    )
    return list_file(f"{programme.slug}-tasks", form, columns, lines)


@requires("follow_up.report_done")
def report_done(request, slug: str, pk: int):
    """Done, with a note if there is something to tell."""
    point = reportable_task(request, slug, pk)
    form = DoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.report_done(point, note=form.cleaned_data["note"], by=request.user)
        except NotPossible as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The task is done. The other side sees it."))
        return redirect(_back(request, slug, point))
    context = {"programme": point.visit.participation.programme, "point": point, "form": form, "next": _next(request)}
    return render(request, "networks/task_done.html", context)


@require_POST
@requires("follow_up.report_done")
def reopen_task(request, slug: str, pk: int):
    point = reportable_task(request, slug, pk)
    try:
        actions.reopen(point, by=request.user)
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The task is open again."))
    return redirect(_back(request, slug, point))


def _next(request) -> str:
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return asked if url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure()) else ""


def _back(request, slug: str, point: ActionPoint):
    return _next(request) or reverse("networks:visit", args=[slug, point.visit_id])
