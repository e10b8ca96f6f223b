"""Committees: the secretariat's all, members their own; who sits in them and when they met."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from tablib import Dataset

from municipalities.permissions import requires
from municipalities.views.lists import FORMS, file_of

from ..actions import committees as actions
from ..forms import AsOfForm
from ..forms.committees import CommitteeForm, MeetingForm, SeatForm
from ..models import Committee, CommitteeSeat, Meeting
from ..queries import committees as queries
from .asking import day_asked, visible_programme, with_day


def visible_committee(request, slug: str, committee: str) -> Committee:
    programme = visible_programme(request, slug)
    found = Committee.objects.visible_to(request.user).select_related("programme")
    return get_object_or_404(found, programme=programme, slug=committee)


@requires("committees.view")
def committees(request, slug: str):
    programme = visible_programme(request, slug)
    form = AsOfForm(with_day(request.GET, programme))
    day = day_asked(form, programme)
    counts = queries.meeting_counts(programme)
    rows = queries.committee_rows(programme, request.user, day)
    visible = {row.committee.pk for row in rows}
    context = {
        "programme": programme,
        "form": form,
        "day": day,
        "rows": rows,
        "counts": [one for one in counts if one.committee.pk in visible],
        "sums": [one for one in queries.stated_sums(programme) if one.committee_id in visible],
    }
    return render(request, "programmes/committees/committees.html", context)


@requires("committees.view")
def committee(request, slug: str, committee: str):
    found = visible_committee(request, slug, committee)
    form = AsOfForm(with_day(request.GET, found.programme))
    day = day_asked(form, found.programme)
    search = request.GET.get("q", "").strip()
    seats = list(found.seats.select_related("party", "user"))
    context = {
        "programme": found.programme,
        "committee": found,
        "form": form,
        "day": day,
        "search": search,
        "seats": [one for one in seats if _holds(one, day)],
        "former": [one for one in seats if one.ends_on and one.ends_on < day],
        "meetings": queries.meeting_rows(found, search=search),
        "stated": found.stated_counts.all(),
    }
    return render(request, "programmes/committees/committee.html", context)


@requires("committees.view")
def meetings_export(request, slug: str, committee: str, form: str):
    """The committee's meetings with their cases and decisions, as they are listed."""
    found = visible_committee(request, slug, committee)
    if form not in FORMS:
        form = "csv"
    table = Dataset(headers=[_("Date"), _("Place"), _("State"), _("Case"), _("Title"), _("Kind"), _("Decision")])
    meetings = found.meetings.prefetch_related("items").order_by("held_on")
    for meeting in meetings:
        head = [meeting.held_on.isoformat(), meeting.place, meeting.get_state_display()]
        items = list(meeting.items.all())
        for item in items:
            table.append([*head, item.case_number, item.title, item.get_kind_display(), item.decision])
        if not items:
            table.append([*head, "", "", "", ""])
    return file_of(table, form, f"{slug}-{committee}-meetings")


@requires("committees.edit")
def new_committee(request, slug: str):
    programme = visible_programme(request, slug)
    form = CommitteeForm(request.POST or None, instance=Committee(programme=programme))
    if request.method == "POST" and form.is_valid():
        saved = form.save(commit=False)
        saved.slug = _free_slug(programme, saved.kind)
        actions.save_committee(saved, by=request.user)
        messages.success(request, _("The committee is made. Give it seats, and plan its first meeting."))
        return redirect("programmes:committee", slug, saved.slug)
    context = {"programme": programme, "form": form, "title": _("New committee"), "act": _("Make the committee")}
    return render(request, "programmes/committees/form.html", context)


@requires("committees.edit")
def change_committee(request, slug: str, committee: str):
    found = visible_committee(request, slug, committee)
    form = CommitteeForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        actions.save_committee(form.save(commit=False), by=request.user)
        messages.success(request, _("The committee is changed."))
        return redirect("programmes:committee", slug, committee)
    return _form(request, found, form, _("Change the committee"), _("Save the committee"))


@requires("committees.edit")
def new_seat(request, slug: str, committee: str):
    found = visible_committee(request, slug, committee)
    form = SeatForm(request.POST or None, instance=CommitteeSeat(committee=found))
    if request.method == "POST" and form.is_valid():
        actions.save_seat(form.save(commit=False), by=request.user)
        messages.success(request, _("The seat is given."))
        return redirect("programmes:committee", slug, committee)
    return _form(request, found, form, _("Give a seat"), _("Give the seat"))


@requires("committees.edit")
def change_seat(request, slug: str, committee: str, pk: int):
    found = visible_committee(request, slug, committee)
    form = SeatForm(request.POST or None, instance=get_object_or_404(found.seats, pk=pk))
    if request.method == "POST" and form.is_valid():
        actions.save_seat(form.save(commit=False), by=request.user)
        messages.success(request, _("The seat is changed."))
        return redirect("programmes:committee", slug, committee)
    return _form(request, found, form, _("Change or end a seat"), _("Save the seat"))


@requires("committees.edit")
def new_meeting(request, slug: str, committee: str):
    found = visible_committee(request, slug, committee)
    form = MeetingForm(request.POST or None, instance=Meeting(committee=found))
    if request.method == "POST" and form.is_valid():
        saved = actions.save_meeting(form.save(commit=False), seen_version=1, by=request.user)
        messages.success(request, _("The meeting is planned. Put the cases on the agenda."))
        return redirect("programmes:meeting", slug, committee, saved.pk)
    return _form(request, found, form, _("Plan a meeting"), _("Plan the meeting"))


def _form(request, found: Committee, form, title: str, act: str):
    context = {"programme": found.programme, "committee": found, "form": form, "title": title, "act": act}
    return render(request, "programmes/committees/form.html", context)


def _holds(seat: CommitteeSeat, day) -> bool:
    return (seat.starts_on is None or seat.starts_on <= day) and (seat.ends_on is None or seat.ends_on >= day)


def _free_slug(programme, kind: str) -> str:
    taken = set(programme.committees.values_list("slug", flat=True))
    return next(one for one in (kind, *(f"{kind}-{n}" for n in range(2, 100))) if one not in taken)


def meeting_name(meeting: Meeting) -> str:
    return _("Meeting %(day)s") % {"day": date_format(meeting.held_on)}
