"""Inviting people, and being invited."""

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from ..actions import people as actions
from ..forms.people import AcceptanceForm, InvitationForm
from ..models import Invitation
from ..permissions import requires


@requires("people.invite")
def invite(request):
    form = InvitationForm(request.POST or None, initial={"language": get_language()})
    if form.is_valid():
        invitation = actions.invite(**form.cleaned_data, by=request.user)
        messages.success(request, _("The invitation to %(email)s is on its way.") % {"email": invitation.email})
        return redirect("people:people")
    return render(request, "municipalities/people_invite.html", {"form": form})


@require_POST
@requires("people.invite")
def resend(request, pk):
    invitation = get_object_or_404(Invitation, pk=pk)
    try:
        actions.resend_invitation(invitation, by=request.user)
    except actions.InvitationClosed:
        messages.error(request, _("The invitation has been accepted or withdrawn. Nothing was sent."))
    else:
        messages.success(request, _("A new letter to %(email)s is on its way.") % {"email": invitation.email})
    return redirect("people:people")


@require_POST
@requires("people.invite")
def withdraw(request, pk):
    invitation = get_object_or_404(Invitation, pk=pk)
    try:
        actions.withdraw_invitation(invitation, by=request.user)
    except actions.InvitationClosed:
        messages.error(request, _("The invitation has already been accepted or withdrawn."))
    else:
        messages.success(request, _("The invitation to %(email)s is withdrawn.") % {"email": invitation.email})
    return redirect("people:people")


@login_not_required
@never_cache
@sensitive_post_parameters("password", "password_again")
def accept(request, token):
    """The address in the letter. It is used by somebody without an account, in the language of the letter."""
    invitation = get_object_or_404(Invitation, token=token)
    with override(invitation.language):
        if not invitation.is_open:
            return render(request, "municipalities/invitation_closed.html", {"invitation": invitation}, status=410)
        form = AcceptanceForm(request.POST or None, email=invitation.email, initial={"name": invitation.name})
        if form.is_valid():
            return welcome(request, invitation, form)
        return render(request, "municipalities/invitation.html", {"invitation": invitation, "form": form})


def welcome(request, invitation, form):
    answers = {name: form.cleaned_data[name] for name in ("name", "phone", "password")}
    try:
        user = actions.accept_invitation(invitation, **answers)
    except actions.InvitationClosed:
        return render(request, "municipalities/invitation_closed.html", {"invitation": invitation}, status=410)
    return perform_login(request, user)
