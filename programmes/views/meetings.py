"""One meeting: its agenda and papers before, who met and what was decided after."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from jobs.models import Job
from municipalities.markdown import safe_html
from municipalities.permissions import requires

from ..actions import committees as actions
from ..calculations.meeting_states import AGENDA_OPEN, MINUTES_OPEN, acts_in
from ..forms.committees import DecisionForm, ItemForm, MeetingForm, MinutesForm, PaperForm, PostponeForm
from ..models import AgendaItem, Meeting
from .committees import meeting_name, visible_committee

ACTS = {
    "call": (gettext_lazy("Call the members"), gettext_lazy("The members are called by e-mail.")),
    "hold": (gettext_lazy("The meeting is held"), gettext_lazy("The meeting is held. Write who met and the minutes.")),
    "approve": (gettext_lazy("Approve the minutes"), gettext_lazy("The minutes are approved.")),
    "reopen": (gettext_lazy("Open the minutes again"), gettext_lazy("The minutes are open again.")),
    "cancel": (gettext_lazy("Cancel the meeting"), gettext_lazy("The meeting is cancelled.")),
    "restore": (gettext_lazy("Plan it after all"), gettext_lazy("The meeting is planned again.")),
    "take_back_call": (gettext_lazy("Take back the call"), gettext_lazy("The meeting is planned, and not called.")),
    "take_back_holding": (gettext_lazy("It is not held yet"), gettext_lazy("The meeting is called, and not held.")),
}
# What leads a meeting on stands as its one button; the others behind «More».
MAIN_ACTS = {"planned": "call", "called": "hold", "held": "approve"}


def visible_meeting(request, slug: str, committee: str, pk: int) -> Meeting:
    found = visible_committee(request, slug, committee)
    meeting = get_object_or_404(found.meetings, pk=pk)
    meeting.committee = found
    return meeting


@requires("committees.view")
def meeting(request, slug: str, committee: str, pk: int):
    found = visible_meeting(request, slug, committee, pk)
    items = list(found.items.prefetch_related("papers"))
    main = MAIN_ACTS.get(found.state)
    context = {
        "programme": found.committee.programme,
        "committee": found.committee,
        "meeting": found,
        "title": meeting_name(found),
        "items": [(one, safe_html(one.case_text, top_level=4)) for one in items],
        "papers": found.papers.filter(item=None),
        "attendances": found.attendances.select_related("seat__party", "seat__user"),
        "minutes": safe_html(found.minutes, top_level=3),
        "agenda_open": found.state in AGENDA_OPEN,
        "minutes_open": found.state in MINUTES_OPEN,
        "main_act": (main, ACTS[main][0]) if main else None,
        "other_acts": [(act, ACTS[act][0]) for act in acts_in(found.state) if act != main],
        "job": Job.objects.filter(kind="programmes.meeting_papers", subject=f"programmes.meeting:{found.pk}")
        .order_by("-pk")
        .first(),
    }
    return render(request, "programmes/committees/meeting.html", context)


@requires("committees.edit")
def change_meeting(request, slug: str, committee: str, pk: int):
    found = visible_meeting(request, slug, committee, pk)
    form = MeetingForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen_version"] or 0
        before, year_before = _numbers(found), form.initial["held_on"].year
        try:
            actions.save_meeting(form.save(commit=False), seen_version=seen, by=request.user)
        except actions.ChangedMeanwhile:
            form.add_error(None, _("Somebody else changed the meeting while you wrote. Load the page again."))
        else:
            messages.success(request, _("The meeting is changed."))
            if year_before != found.held_on.year:
                _tell_numbers(request, found, before)
            return redirect("programmes:meeting", slug, committee, pk)
    return _form(request, found, form, _("Change time and place"), _("Save the meeting"))


@requires("committees.edit")
@require_POST
def move(request, slug: str, committee: str, pk: int, act: str):
    found = visible_meeting(request, slug, committee, pk)
    if act not in ACTS:
        raise Http404
    return _done(request, found, lambda: actions.move_meeting(found, act, by=request.user), ACTS[act][1])


@requires("committees.edit")
def new_item(request, slug: str, committee: str, pk: int):
    found = visible_meeting(request, slug, committee, pk)
    form = ItemForm(request.POST or None, instance=AgendaItem(meeting=found))
    if request.method == "POST" and form.is_valid():
        try:
            item = actions.add_item(form.save(commit=False), by=request.user)
        except actions.NotNow as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("The case has number %(number)s.") % {"number": item.case_number})
            return redirect("programmes:meeting", slug, committee, pk)
    return _form(request, found, form, _("New case"), _("Put the case on the agenda"))


@requires("committees.edit")
def change_item(request, slug: str, committee: str, pk: int, item: int):
    found = visible_meeting(request, slug, committee, pk)
    form = ItemForm(request.POST or None, instance=_item(found, item))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_item(form.save(commit=False), by=request.user)
        except actions.NotNow as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("The case is changed."))
            return redirect("programmes:meeting", slug, committee, pk)
    return _form(request, found, form, _("Change the case"), _("Save the case"))


@requires("committees.edit")
def decide(request, slug: str, committee: str, pk: int, item: int):
    found = visible_meeting(request, slug, committee, pk)
    case = _item(found, item)
    initial = {"decision": case.decision or case.proposal, "seen_decision": case.decision}
    form = DecisionForm(request.POST or None, initial=initial)
    context = {}
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide_item(case, **form.cleaned_data, by=request.user)
            messages.success(request, _("The decision in %(case)s is written down.") % {"case": case.case_number})
            return redirect("programmes:meeting", slug, committee, pk)
        except actions.NotNow as reason:
            form.add_error(None, str(reason))
        except actions.ChangedMeanwhile as changed:
            # The next save is made by one who has seen the other's words.
            form.data = form.data | {"seen_decision": changed.current}
            form.add_error("decision", str(changed))
            context["others_text"] = changed.current
    return _form(request, found, form, _("Decision in %(case)s") % {"case": case}, _("Save the decision"), **context)


@requires("committees.edit")
def postpone(request, slug: str, committee: str, pk: int, item: int):
    found = visible_meeting(request, slug, committee, pk)
    case = _item(found, item)
    form = PostponeForm(request.POST or None, item=case)
    if request.method == "POST" and form.is_valid():
        try:
            actions.postpone_item(case, to=form.cleaned_data["to"], by=request.user)
        except actions.NotNow as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("The case is postponed and keeps its number."))
            return redirect("programmes:meeting", slug, committee, pk)
    return _form(request, found, form, _("Postpone %(case)s") % {"case": case}, _("Postpone the case"))


@requires("committees.edit")
@require_POST
def move_item(request, slug: str, committee: str, pk: int, item: int, direction: str):
    found = visible_meeting(request, slug, committee, pk)
    step = {"up": -1, "down": 1}.get(direction)
    if step is None:
        raise Http404
    return _done(request, found, lambda: actions.move_item(_item(found, item), step, by=request.user), "")


@requires("committees.edit")
@require_POST
def remove_item(request, slug: str, committee: str, pk: int, item: int):
    found = visible_meeting(request, slug, committee, pk)
    case = _item(found, item)
    return _done(request, found, lambda: actions.remove_item(case, by=request.user), _("The case is taken away."))


@requires("committees.edit")
def minutes(request, slug: str, committee: str, pk: int):
    found = visible_meeting(request, slug, committee, pk)
    form = MinutesForm(request.POST or None, meeting=found)
    context = {}
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            actions.write_minutes(
                found,
                minutes=answers["minutes"],
                presences=form.presences(),
                guests=form.guest_names(),
                seen_version=answers["seen_version"],
                by=request.user,
            )
            messages.success(request, _("The minutes are saved."))
            return redirect("programmes:meeting", slug, committee, pk)
        except actions.NotNow as reason:
            form.add_error(None, str(reason))
        except actions.ChangedMeanwhile as changed:
            form.data = form.data | {"seen_version": str(changed.current.version)}
            form.add_error("minutes", str(changed))
            context["others_text"] = changed.current.minutes
    return _form(request, found, form, _("Minutes and who met"), _("Save the minutes"), **context)


@requires("committees.edit")
def add_paper(request, slug: str, committee: str, pk: int):
    found = visible_meeting(request, slug, committee, pk)
    form = PaperForm(
        request.POST or None, request.FILES or None, meeting=found, initial={"item": request.GET.get("item")}
    )
    if request.method == "POST" and form.is_valid():
        actions.add_paper(found, **form.cleaned_data, by=request.user)
        messages.success(request, _("The paper is added."))
        return redirect("programmes:meeting", slug, committee, pk)
    return _form(request, found, form, _("Add a paper"), _("Add the paper"), has_file=True)


@requires("committees.edit")
@require_POST
def remove_paper(request, slug: str, committee: str, pk: int, paper: int):
    found = visible_meeting(request, slug, committee, pk)
    row = get_object_or_404(found.papers, pk=paper)
    row.meeting = found
    return _done(request, found, lambda: actions.remove_paper(row, by=request.user), _("The paper is taken away."))


@requires("committees.view")
def paper(request, slug: str, committee: str, pk: int, paper: int):
    found = visible_meeting(request, slug, committee, pk)
    row = get_object_or_404(found.papers, pk=paper)
    name = f"{row.title}.{row.file.name.rpartition('.')[2]}"
    return FileResponse(row.file.open("rb"), as_attachment=True, filename=name)


@requires("committees.edit")
@require_POST
def make_papers(request, slug: str, committee: str, pk: int):
    found = visible_meeting(request, slug, committee, pk)
    actions.ask_for_papers(found, by=request.user)
    return redirect("programmes:meeting", slug, committee, pk)


@requires("committees.view")
def papers(request, slug: str, committee: str, pk: int):
    """The papers as one PDF, as it was last made."""
    found = visible_meeting(request, slug, committee, pk)
    if not found.papers_pdf:
        raise Http404
    name = f"{found.committee.slug}-{found.held_on.isoformat()}.pdf"
    return FileResponse(found.papers_pdf.open("rb"), content_type="application/pdf", filename=name)


@requires("committees.view")
def reading_copy(request, slug: str, committee: str, pk: int):
    """The same with the pages of the papers in it, to page through."""
    found = visible_meeting(request, slug, committee, pk)
    if not found.reading_copy:
        raise Http404
    name = f"{found.committee.slug}-{found.held_on.isoformat()}-{slugify(_('reading copy'))}.pdf"
    return FileResponse(found.reading_copy.open("rb"), content_type="application/pdf", filename=name)


def _numbers(found: Meeting) -> dict[int, str]:
    return {one.pk: one.case_number for one in found.items.order_by("position", "number")}


def _tell_numbers(request, found: Meeting, before: dict[int, str]) -> None:
    """Where the meeting has come to another year: which cases have new numbers, and which keep theirs."""
    now = _numbers(found)
    new = [number for pk, number in now.items() if before.get(pk) != number]
    kept = [one.case_number for one in found.items.order_by("position") if one.year != found.held_on.year]
    if new:
        text = _("The cases are numbered anew, in the year of the meeting: %(cases)s.")
        messages.info(request, text % {"cases": ", ".join(new)})
    if kept:
        text = _("These cases keep the number that they are known by: %(cases)s.")
        messages.info(request, text % {"cases": ", ".join(kept)})


def _item(found: Meeting, pk: int) -> AgendaItem:
    item = get_object_or_404(found.items, pk=pk)
    item.meeting = found
    return item


def _done(request, found: Meeting, act, words: str):
    """Do it and go back to the meeting, with a word of what was done or why not."""
    try:
        act()
        if words:
            messages.success(request, words)
    except actions.NotNow as reason:
        messages.error(request, str(reason))
    return redirect("programmes:meeting", found.committee.programme.slug, found.committee.slug, found.pk)


def _form(request, found: Meeting, form, title: str, act: str, **context):
    context |= {"programme": found.committee.programme, "committee": found.committee, "meeting": found}
    context |= {"meeting_title": meeting_name(found), "form": form, "title": title, "act": act}
    return render(request, "programmes/committees/form.html", context)
