"""One application from the outside of its form: begun, looked at, joined, sent in, withdrawn, deleted."""

from functools import partial

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jobs.models import Job
from municipalities.permissions import may, requires
from programmes.actions import applying as actions
from programmes.actions.application_steps import StepRefused
from programmes.calculations.local_time import days_left
from programmes.forms.applying import DecisionFileForm, WithdrawForm
from programmes.models import Applicant, Application
from programmes.queries.admission_apply import asked_for, places_of, standing_of, told_steps
from programmes.queries.application_text import changes_between, parts_of

from .admission_rounds import visible_round
from .application_pages import (
    REFUSALS,
    is_writable,
    lacks_in_words,
    own_application,
    step_lines,
    to_application,
    to_step,
    url_of,
    writes,
)
from .application_steps import show
from .consent_lines import consent_groups


@require_POST
@requires("admission.apply")
def apply(request, slug: str, admission_round: str):
    """Begin for one of one's places, or go on with what there is."""
    found = visible_round(request, slug, admission_round)
    places = {f"{type(one).__name__.lower()}:{one.pk}": one for one in places_of(request.user)}
    place = places.get(request.POST.get("place", ""))
    if place is None:
        raise Http404("place")
    try:
        application = actions.begin_application(found, place=place, by=request.user)
    except actions.ApplyingRefused as refused:
        messages.error(request, REFUSALS[refused.why])
        return redirect("programmes:admission_round", slug, found.slug)
    if is_writable(application) and writes(request.user, application):
        return to_step(application, "applicants")
    return to_application(application)


def application(request, slug: str, admission_round: str, pk: int):
    """Where it stands, what is lacking, what was sent in; for its own people and for the secretariat."""
    found = own_application(request, slug, admission_round, pk)
    standing, now = standing_of(found), timezone.now()
    newest = list(found.submissions.select_related("submitted_by"))
    is_own, is_open = may(request.user, "admission.apply"), is_writable(found)
    sent = newest[-1] if newest and not is_open else None
    context = {
        "programme": found.round.programme,
        "round": found.round,
        "application": found,
        "standing": standing,
        "label": found.applicant_label if is_own else found.secretariat_label,
        "colour": found.applicant_colour if is_own else found.state_colour,
        "is_writable": is_open,
        "may_write": is_own and writes(request.user, found),
        "mine": own_ids(request, found) if is_own else set(),
        "lines": step_lines(standing, ""),
        "next_step": next_step(standing),
        "lacks": lacks_in_words(standing) if is_open else [],
        "days_left": days_left(standing.deadline, now),
        "is_past": now >= standing.deadline,
        "parts": parts_of(sent.content if sent else standing.content, found.round),
        "groups": consent_groups(standing, set()),
        "submissions": newest,
        "receipt_job": receipt_job(newest),
        "asked_for": asked_for(found) if found.state == Application.State.MORE_ASKED else "",
        "steps": told_steps(found) if is_own else found.steps.select_related("by"),
    }
    return render(request, "programmes/application.html", context)


def own_ids(request, found) -> set[int]:
    """The lines of the reader's own places, also for one who writes for all: each confirms for itself."""
    return set(Applicant.objects.of(request.user).filter(application=found).values_list("pk", flat=True))


def next_step(standing) -> str:
    """Where one left off: the first step that lacks something, else the last."""
    return standing.missing[0].step if standing.missing else "summary"


def receipt_job(submissions):
    """The job that prints the newest receipt, while there is none."""
    if not submissions or submissions[-1].receipt:
        return None
    return Job.objects.about(f"programmes.submission:{submissions[-1].pk}").last()


def comparison(request, slug: str, admission_round: str, pk: int):
    """The two newest submissions, field by field."""
    found = own_application(request, slug, admission_round, pk)
    newest = list(found.submissions.order_by("-number")[:2])
    if len(newest) < 2:
        raise Http404("one submission only")
    after, before = newest
    context = {
        "programme": found.round.programme,
        "round": found.round,
        "application": found,
        "before": before,
        "after": after,
        "changes": changes_between(before.content, after.content, found.round),
        "asked_for": asked_for(found),
    }
    return render(request, "programmes/application_comparison.html", context)


def receipt(request, slug: str, admission_round: str, pk: int, number: int):
    found = own_application(request, slug, admission_round, pk)
    made = get_object_or_404(found.submissions, number=number)
    if not made.receipt:
        raise Http404("not printed yet")
    # Not inside the f-string, where the extraction of texts does not look.
    word = _("receipt")
    name = f"{word}-{found.round.slug}-{found.pk}-{number}.pdf"
    return FileResponse(made.receipt.open(), content_type="application/pdf", filename=name)


def decision_file(request, slug: str, admission_round: str, pk: int):
    found = own_application(request, slug, admission_round, pk)
    if not found.decision_file:
        raise Http404("no file")
    return FileResponse(
        found.decision_file.open(),
        content_type="application/pdf",
        filename=found.decision_file_name,
        as_attachment=True,
    )


@require_POST
@requires("admission.apply")
def attach(request, slug: str, admission_round: str, pk: int):
    found = own_application(request, slug, admission_round, pk, to_write=True)
    form = DecisionFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return show(request, found, "decision", file_form=form)
    file = form.cleaned_data["file"]
    return attempt(
        request,
        found,
        "decision",
        partial(actions.attach_decision, found, file=file, name=file.name, by=request.user),
        _("The file is saved."),
    )


@require_POST
@requires("admission.apply")
def remove_file(request, slug: str, admission_round: str, pk: int):
    found = own_application(request, slug, admission_round, pk, to_write=True)
    remove = partial(actions.remove_decision, found, by=request.user)
    return attempt(request, found, "decision", remove, _("The file is taken out."))


def attempt(request, found, step: str, act, done: str):
    """Do it and say so, or say why it cannot be done; then back to the step."""
    try:
        act()
    except actions.ApplyingRefused as refused:
        messages.error(request, REFUSALS[refused.why])
    else:
        messages.success(request, done)
    return to_step(found, step)


@require_POST
@requires("admission.apply")
def submit(request, slug: str, admission_round: str, pk: int):
    found = own_application(request, slug, admission_round, pk, to_write=True)
    try:
        actions.submit(found, by=request.user)
    except (actions.ApplyingRefused, StepRefused) as refused:
        messages.error(request, REFUSALS[getattr(refused, "why", "not_writable")])
        return to_step(found, "summary")
    messages.success(request, _("The application is sent in. The receipt comes by e-mail."))
    return to_application(found)


@requires("admission.apply")
def withdraw(request, slug: str, admission_round: str, pk: int):
    found = own_application(request, slug, admission_round, pk, to_write=True)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        try:
            actions.withdraw_application(found, reason=form.cleaned_data["reason"], by=request.user)
        except StepRefused:
            messages.error(request, _("The application cannot be withdrawn now. Talk to your adviser."))
        else:
            messages.success(request, _("The application is withdrawn."))
        return to_application(found)
    context = {"programme": found.round.programme, "round": found.round, "application": found, "form": form}
    return render(request, "programmes/application_withdraw.html", context)


@require_POST
@requires("admission.apply")
def delete(request, slug: str, admission_round: str, pk: int):
    """Gone at once, and back at once with «Undo»."""
    found = own_application(request, slug, admission_round, pk, to_write=True)
    try:
        actions.delete_draft(found, by=request.user)
    except actions.ApplyingRefused as refused:
        messages.error(request, REFUSALS[refused.why])
        return to_application(found)
    url = reverse("programmes:admission_round", args=[slug, found.round.slug])
    return redirect(f"{url}?deleted={found.pk}")


@require_POST
@requires("admission.apply")
def restore(request, slug: str, admission_round: str, pk: int):
    leading = Applicant.objects.of(request.user).filter(is_lead=True).values("application")
    found = get_object_or_404(
        Application.objects.select_related("round__programme"),
        pk=pk,
        pk__in=leading,
        deleted_at__isnull=False,
        round__slug=admission_round,
        round__programme__slug=slug,
    )
    try:
        actions.restore_draft(found, by=request.user)
    except actions.ApplyingRefused as refused:
        messages.error(request, REFUSALS[refused.why])
        return redirect("programmes:admission_round", slug, admission_round)
    messages.success(request, _("The draft is back."))
    return redirect(url_of("application", found))
