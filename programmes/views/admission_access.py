"""«Be om tilgang»: somebody without a role wants to apply for a municipality, and an adviser answers."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from municipalities.permissions import requires
from programmes.actions import access_requests as actions
from programmes.forms.admission_rounds import AccessForm
from programmes.models import AccessRequest
from programmes.queries.admission_rounds import access_requests

from .admission_rounds import state_of, visible_round

FROM_ONE_PLACE_AN_HOUR = 10
HOUR_SECONDS = 3600


@login_not_required
def ask(request, slug: str, admission_round: str):
    """The answer is the same whoever asks, so that nobody learns who has an account."""
    found = visible_round(request, slug, admission_round)
    state = state_of(found, timezone.now())
    form = AccessForm(request.POST or None, today=timezone.localdate())
    context = {"programme": found.programme, "round": found, "form": form, "state": state}
    if request.method == "POST" and state == "open":
        if asked_too_often(request):
            context["too_often"] = True
            return render(request, "programmes/admission_ask.html", context, status=429)
        if form.is_valid():
            language = (get_language() or "nb")[:2]
            actions.ask_for_access(admission_round=found, language=language, **form.cleaned_data)
            return render(request, "programmes/admission_asked.html", context)
    return render(request, "programmes/admission_ask.html", context)


def asked_too_often(request) -> bool:
    key = f"access-requests:{get_adapter(request).get_client_ip(request)}"
    cache.add(key, 0, HOUR_SECONDS)
    try:
        return cache.incr(key) > FROM_ONE_PLACE_AN_HOUR
    except ValueError:  # it lapsed between the two
        return False


@requires("admission.edit")
def requests(request, slug: str, admission_round: str):
    found = visible_round(request, slug, admission_round)
    context = {"programme": found.programme, "round": found, "requests": access_requests(found)}
    return render(request, "programmes/admission_requests.html", context)


@require_POST
@requires("admission.edit")
def approve(request, slug: str, admission_round: str, pk: int):
    found, asked = one_request(request, slug, admission_round, pk)
    path = reverse("programmes:admission_round", args=[slug, found.slug])
    try:
        actions.approve_request(asked, address_path=path, by=request.user)
    except actions.RequestAnswered:
        messages.error(request, _("Somebody else has answered the request."))
    else:
        messages.success(request, _("%(name)s is told by e-mail.") % {"name": asked.name})
    return redirect("programmes:access_requests", slug, found.slug)


@require_POST
@requires("admission.edit")
def decline(request, slug: str, admission_round: str, pk: int):
    found, asked = one_request(request, slug, admission_round, pk)
    try:
        actions.decline_request(asked, by=request.user)
    except actions.RequestAnswered:
        messages.error(request, _("Somebody else has answered the request."))
    else:
        messages.success(request, _("%(name)s is told by e-mail.") % {"name": asked.name})
    return redirect("programmes:access_requests", slug, found.slug)


def one_request(request, slug: str, admission_round: str, pk: int):
    found = visible_round(request, slug, admission_round)
    asked = AccessRequest.objects.select_related("municipality", "round")
    return found, get_object_or_404(asked, pk=pk, round=found)
