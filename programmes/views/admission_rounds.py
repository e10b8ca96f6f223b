"""Rounds of admission: the public page with the invitation, and the secretariat's work with the round."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from municipalities.markdown import safe_html
from municipalities.permissions import may, requires
from programmes.actions import admission_rounds as actions
from programmes.calculations.local_time import days_left
from programmes.forms.admission_rounds import CopyForm, CriteriaFormSet, ReasonedTimeForm, RoundForm, day_and_clock
from programmes.models import AdmissionRound
from programmes.queries.admission_apply import application_of, extension_of, may_apply, places_of
from programmes.queries.admission_rounds import rounds_of

from .asking import visible_programme

REFUSALS = {
    "announced_already": gettext_lazy("The round has been announced already."),
    "closed_already": gettext_lazy("The round would close before it is announced. Move the deadline first."),
    "no_invitation": gettext_lazy("Write the invitation first."),
    "not_open": gettext_lazy("The round is not open, so it cannot be closed."),
    "not_later": gettext_lazy("The new deadline must be later than the one that stands, and later than now."),
    "not_announced": gettext_lazy("Announce the round first: the letter leads to its page."),
    "criterion_in_use": gettext_lazy("A criterion that applications have been scored on cannot be removed."),
    "deadline_is_moved_by_its_own_act": gettext_lazy(
        "The deadline has been announced. Move it with «Move the deadline»."
    ),
}


def visible_round(request, slug: str, admission_round: str) -> AdmissionRound:
    """The round, or 404; also when the programme is not the reader's to see."""
    visible = AdmissionRound.objects.visible_to(request.user).select_related("programme", "cohort")
    request.programme_slug = slug
    return get_object_or_404(visible, programme__slug=slug, slug=admission_round)


def to_round(found: AdmissionRound):
    return redirect("programmes:admission_round", found.programme.slug, found.slug)


def explain(request, refused: actions.RoundRefused) -> None:
    messages.error(request, REFUSALS[refused.why])


@login_not_required
def rounds(request, slug: str):
    programme = visible_programme(request, slug)
    now = timezone.now()
    found = [(one, state_of(one, now)) for one in rounds_of(programme, request.user)]
    return render(request, "programmes/admission_list.html", {"programme": programme, "rounds": found})


def state_of(one: AdmissionRound, now) -> str:
    """``preparing``, ``coming``, ``open`` or ``closed``."""
    if one.announced_at is None:
        return "preparing"
    if now < one.opens_at:
        return "coming"
    return "open" if now < one.closes_at else "closed"


@login_not_required
def admission_round(request, slug: str, admission_round: str):
    """The invitation as everyone reads it; under it what this reader can do."""
    found, now = visible_round(request, slug, admission_round), timezone.now()
    context = {
        "programme": found.programme,
        "round": found,
        "state": state_of(found, now),
        "days_left": days_left(found.closes_at, now),
        "invitation": safe_html(found.invitation_text),
        "chances": chances_of(request.user, found, now) if may(request.user, "admission.apply") else [],
        "may_ask": not may(request.user, "admission.apply") and not may(request.user, "admission.view"),
    }
    return render(request, "programmes/admission_round.html", context)


def chances_of(user, found: AdmissionRound, now) -> list[dict]:
    """For each place of one's own: the application there is, or whether one can begin."""
    lines = []
    for place in places_of(user):
        until = max(found.closes_at, extension_of(found, place) or found.closes_at)
        is_open = found.announced_at is not None and found.opens_at <= now < until
        application = application_of(found, place)
        can_begin = application is None and is_open and may_apply(found, place)
        key = f"{type(place).__name__.lower()}:{place.pk}"
        lines.append({"place": place, "key": key, "application": application, "can_begin": can_begin, "until": until})
    return lines


@requires("admission.edit")
def new_round(request, slug: str):
    programme = visible_programme(request, slug)
    form = RoundForm(request.POST or None, programme=programme)
    if form.is_valid():
        made = actions.create_round(programme=programme, **form.values, by=request.user)
        messages.success(request, _("The round is made. Announce it when the invitation is ready."))
        return to_round(made)
    return render(request, "programmes/admission_round_form.html", {"programme": programme, "form": form})


@requires("admission.edit")
def change_round(request, slug: str, admission_round: str):
    found = visible_round(request, slug, admission_round)
    form = RoundForm(request.POST or None, programme=found.programme, admission_round=found)
    status = 200
    if form.is_valid():
        version = form.cleaned_data.get("version") or 0
        try:
            actions.edit_round(found, version=version, by=request.user, **form.values)
        except actions.RoundConflict:
            status = 409
            form.add_error(
                None,
                _("Somebody else has saved the round since you opened it. Copy your text, load the page and save."),
            )
        except actions.RoundRefused as refused:
            form.add_error(None, REFUSALS[refused.why])
        else:
            messages.success(request, _("The round is saved."))
            return to_round(found)
    context = {"programme": found.programme, "round": found, "form": form}
    return render(request, "programmes/admission_round_form.html", context, status=status)


@require_POST
@requires("admission.edit")
def preview(request, slug: str):
    """A Markdown text as it will be read."""
    visible_programme(request, slug)
    text = next((value for name, value in request.POST.items() if name.startswith("invitation_")), "")
    return HttpResponse(safe_html(text[:20000]))


@requires("admission.edit")
def criteria(request, slug: str, admission_round: str):
    found = visible_round(request, slug, admission_round)
    formset = CriteriaFormSet(request.POST or None, initial=[line_of(one) for one in found.criteria.all()])
    if formset.is_valid():
        rows = [form.row for form in formset if form.row]
        try:
            actions.set_criteria(found, rows, by=request.user)
        except actions.RoundRefused as refused:
            explain(request, refused)
        else:
            messages.success(request, _("The criteria are saved."))
            return to_round(found)
    context = {"programme": found.programme, "round": found, "formset": formset}
    return render(request, "programmes/admission_criteria.html", context)


def line_of(criterion) -> dict:
    texts = {
        f"{name}_{code}": getattr(criterion, name).get(code, "")
        for name in ("name", "guidance")
        for code in ("nb", "nn")
    }
    return {"pk": criterion.pk, **texts}


@requires("admission.edit")
def announce(request, slug: str, admission_round: str):
    found = visible_round(request, slug, admission_round)
    if request.method == "POST":
        try:
            actions.announce(found, by=request.user)
        except actions.RoundRefused as refused:
            explain(request, refused)
        else:
            messages.success(request, _("The round is announced. Its page is open to everyone."))
        return to_round(found)
    return render(request, "programmes/admission_announce.html", {"programme": found.programme, "round": found})


@requires("admission.edit")
def close(request, slug: str, admission_round: str):
    found = visible_round(request, slug, admission_round)
    if request.method == "POST":
        try:
            actions.close_now(found, by=request.user)
        except actions.RoundRefused as refused:
            explain(request, refused)
        else:
            messages.success(request, _("The round is closed."))
        return to_round(found)
    return render(request, "programmes/admission_close.html", {"programme": found.programme, "round": found})


@requires("admission.edit")
def extend(request, slug: str, admission_round: str):
    found = visible_round(request, slug, admission_round)
    day, clock = day_and_clock(found.closes_at)
    form = ReasonedTimeForm(request.POST or None, initial={"until_on": day, "until_clock": clock})
    if form.is_valid():
        answers = form.cleaned_data
        try:
            told = actions.extend_deadline(
                found, closes_at=answers["until_at"], reason=answers["reason"], by=request.user
            )
        except actions.RoundRefused as refused:
            form.add_error("until_on", REFUSALS[refused.why])
        else:
            words = ngettext(
                "The deadline is moved. %(n)s person with a draft is told by e-mail.",
                "The deadline is moved. %(n)s people with drafts are told by e-mail.",
                told,
            )
            messages.success(request, words % {"n": told})
            return to_round(found)
    context = {"programme": found.programme, "round": found, "form": form}
    return render(request, "programmes/admission_extend.html", context)


@requires("admission.edit")
def copy(request, slug: str, admission_round: str):
    found = visible_round(request, slug, admission_round)
    form = CopyForm(request.POST or None, programme=found.programme)
    if form.is_valid():
        names = ("cohort", "opens_at", "closes_at")
        made = actions.copy_round(found, **{name: form.cleaned_data[name] for name in names}, by=request.user)
        messages.success(request, _("The round is copied. Read it through before you announce it."))
        return redirect("programmes:change_admission_round", slug, made.slug)
    context = {"programme": found.programme, "round": found, "form": form}
    return render(request, "programmes/admission_copy.html", context)
