"""Applying together: who is in, that each of them has said so, and who carries on after a merger."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from municipalities.permissions import requires
from programmes.actions import applying_together as actions
from programmes.forms.applying import AddApplicantForm, ConfirmationForm
from programmes.models import Applicant
from programmes.queries.admission_apply import successor_of

from .application_pages import REFUSALS, own_application, to_application
from .application_steps import show
from .applications_own import attempt


@require_POST
@requires("admission.apply")
def add_applicant(request, slug: str, admission_round: str, pk: int):
    found = own_application(request, slug, admission_round, pk, to_write=True)
    form = AddApplicantForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        return show(request, found, "applicants", add_form=form)
    place = form.cleaned_data["place"]
    add = partial(actions.add_applicant, found, place=place, by=request.user)
    return attempt(request, found, "applicants", add, _("%(place)s applies with you.") % {"place": place})


@require_POST
@requires("admission.apply")
def remove_applicant(request, slug: str, admission_round: str, pk: int, applicant: int):
    found = own_application(request, slug, admission_round, pk, to_write=True)
    one = get_object_or_404(found.applicants, pk=applicant)
    remove = partial(actions.remove_applicant, one, by=request.user)
    return attempt(request, found, "applicants", remove, _("%(place)s is taken out.") % {"place": one.place})


@require_POST
@requires("admission.apply")
def confirm(request, slug: str, admission_round: str, pk: int, applicant: int):
    """One of the others says yes to standing in the application."""
    found = own_application(request, slug, admission_round, pk)
    one = get_object_or_404(found.applicants, pk=applicant)
    if not Applicant.objects.of(request.user).filter(pk=one.pk).exists():
        raise PermissionDenied
    try:
        actions.confirm_applicant(one, by=request.user)
    except actions.ApplyingRefused as refused:
        messages.error(request, REFUSALS[refused.why])
    else:
        text = _("You have confirmed that %(place)s applies with the others.")
        messages.success(request, text % {"place": one.place})
    return to_application(found)


@requires("admission.apply")
def record_confirmation(request, slug: str, admission_round: str, pk: int, applicant: int):
    """What one of the others said in a meeting or a letter, with who said it and who writes it down."""
    found = own_application(request, slug, admission_round, pk, to_write=True)
    one = get_object_or_404(found.applicants.select_related("municipality", "organisation"), pk=applicant)
    form = ConfirmationForm(request.POST or None)
    if form.is_valid():
        act = partial(actions.record_confirmation, one, by=request.user, **form.cleaned_data)
        return attempt(request, found, "applicants", act, _("It is recorded that %(place)s applies.") % {"place": one})
    context = {"programme": found.round.programme, "round": found.round, "application": found, "applicant": one}
    return render(request, "programmes/apply/confirmation.html", context | {"form": form})


@require_POST
@requires("admission.apply")
def carry_on(request, slug: str, admission_round: str, pk: int, applicant: int):
    """After a merger the new municipality takes the old one's place."""
    found = own_application(request, slug, admission_round, pk, to_write=True)
    one = get_object_or_404(found.applicants.select_related("municipality", "application"), pk=applicant)
    successor = successor_of(one.municipality, timezone.localdate())
    if successor is None:
        raise Http404("no successor")
    act = partial(actions.carry_on, one, successor=successor, by=request.user)
    done = _("%(place)s applies now. Ask the parties again.") % {"place": successor}
    return attempt(request, found, "applicants", act, done)
