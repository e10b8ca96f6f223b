"""One participant's page, and what the secretariat records about it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from municipalities.permissions import may, requires
from municipalities.queries.register import openable

from .. import queries
from ..actions import participation as actions
from ..actions.errors import NotPossible
from ..forms.participation import CarryOnForm, EventForm, LateEntryForm, MoveForm
from ..models import Participation
from ..queries.participation import is_insider, standing_on, timeline_of
from .asking import visible_programme


def visible_participation(request, slug: str, participant: str) -> Participation:
    programme = visible_programme(request, slug)
    found = Participation.objects.visible_to(request.user).select_related(
        "programme", "municipality__county", "organisation", "merged_into"
    )
    return get_object_or_404(found, programme=programme, slug=participant)


@login_not_required
def participant(request, slug: str, participant: str):
    found = visible_participation(request, slug, participant)
    day = queries.last_day(found.programme, timezone.localdate())
    context = {
        "programme": found.programme,
        "participation": found,
        "day": day,
        "standing": standing_on(found, day, request.user),
        "timeline": timeline_of(found, request.user),
        "is_insider": is_insider(request.user, found),
        "may_edit": may(request.user, "participation.edit"),
        "may_open": found.municipality_id in openable(request.user, {found.municipality_id}),
        "can_carry_on": may(request.user, "participation.edit") and _has_successor(found),
    }
    return render(request, "programmes/participation/participant.html", context)


def _has_successor(found: Participation) -> bool:
    return bool(found.municipality_id) and found.merged_into is None and found.municipality.changes_after.exists()


@requires("participation.edit")
def move(request, slug: str, participant: str):
    found = visible_participation(request, slug, participant)
    standing = [one.cohort for one in found.cohort_memberships.select_related("cohort") if one.ends_on is None]
    form = MoveForm(request.POST or None, programme=found.programme, standing=standing)
    return _event(request, found, form, actions.move, _("Move to another cohort"), _("Move the participant"))


@requires("participation.edit")
def withdraw(request, slug: str, participant: str):
    found = visible_participation(request, slug, participant)
    form = EventForm(request.POST or None, programme=found.programme)
    return _event(request, found, form, actions.withdraw, _("Record a withdrawal"), _("Record the withdrawal"))


@requires("participation.edit")
def come_back(request, slug: str, participant: str):
    found = visible_participation(request, slug, participant)
    form = EventForm(request.POST or None, programme=found.programme)
    title, act = _("Take back the withdrawal"), _("Take the withdrawal back")
    return _event(request, found, form, actions.take_back_withdrawal, title, act)


@requires("participation.edit")
def carry_on(request, slug: str, participant: str):
    found = visible_participation(request, slug, participant)
    if not _has_successor(found):
        raise Http404(participant)
    form = CarryOnForm(request.POST or None, programme=found.programme, participation=found)
    title, act = _("Carry on in the new municipality"), _("Carry the participation on")
    return _event(request, found, form, actions.carry_on, title, act)


def _event(request, found: Participation, form, action, title: str, act: str):
    if form.is_valid():
        try:
            action(found, by=request.user, **form.cleaned_data)
        except NotPossible as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, _("Recorded. It can be undone below, as long as nothing more has happened."))
            return redirect("programmes:participant", found.programme.slug, found.slug)
    context = {"programme": found.programme, "participation": found, "form": form, "title": title, "act": act}
    return render(request, "programmes/participation/form.html", context)


@requires("participation.edit")
def late_entry(request, slug: str):
    programme = visible_programme(request, slug)
    form = LateEntryForm(request.POST or None, programme=programme)
    if form.is_valid():
        answers = {name: form.cleaned_data[name] for name in ("cohort", "on", "reason")}
        try:
            made = actions.enter_late(programme, form.place, by=request.user, **answers)
        except NotPossible as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, _("%(name)s takes part.") % {"name": made})
            return redirect("programmes:participant", slug, made.slug)
    context = {"programme": programme, "form": form, "title": _("Late entry"), "act": _("Take in the participant")}
    return render(request, "programmes/participation/form.html", context)


@require_POST
@requires("participation.edit")
def undo(request, slug: str, participant: str, event: int):
    found = visible_participation(request, slug, participant)
    one = get_object_or_404(found.events.filter(undone_at__isnull=True), pk=event)
    try:
        actions.undo(one, by=request.user)
    except NotPossible as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Undone."))
    if not Participation.objects.filter(pk=found.pk).exists():
        return redirect("programmes:participants", slug)
    return redirect("programmes:participant", slug, participant)
