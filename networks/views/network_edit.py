"""The secretariat makes and changes networks, and says who belongs to them from when to when."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from municipalities.permissions import requires
from networks.actions import networks as actions
from networks.actions.errors import NotPossible
from networks.forms.networks import JoinForm, LeaveForm, MoveForm, NetworkForm
from networks.models import NetworkMembership
from networks.queries.visits import networks_to_choose
from programmes.models import Participation, Programme
from programmes.queries import last_day
from programmes.views import visible_programme

from .finding import editable_network


def ask(request, programme: Programme, form, *, title: str, act: str, network=None, about: str = ""):
    """A page with one question, or a few that belong together."""
    context = {
        "programme": programme,
        "network": network,
        "form": form,
        "title": title,
        "act": act,
        "about": about,
    }
    return render(request, "networks/ask.html", context)


def tried(request, form, act, *arguments, **given):
    """What the act gives; None when it was not possible, and then the form says why."""
    try:
        return act(*arguments, **given, by=request.user)
    except NotPossible as error:
        form.add_error(None, str(error))
        return None


@requires("networks.edit")
def make_network(request, slug: str):
    programme = visible_programme(request, slug)
    form = NetworkForm(request.POST or None, programme=programme)
    if form.is_valid():
        network = actions.make_network(programme=programme, **form.cleaned_data, by=request.user)
        messages.success(request, _("The network is made. Now add its members and appoint who looks after it."))
        return redirect("networks:network", slug, network.slug)
    return ask(request, programme, form, title=_("New network"), act=_("Make the network"))


@requires("networks.edit")
def change_network(request, slug: str, network: str):
    found = editable_network(request, slug, network)
    begins = {name: getattr(found, name) for name in ("name", "cohort", "number", "themes", "note")}
    form = NetworkForm(request.POST or None, initial=begins, programme=found.programme, network=found)
    if form.is_valid():
        actions.change_network(found, **form.cleaned_data, by=request.user)
        messages.success(request, _("The network is changed."))
        return redirect("networks:network", slug, network)
    return ask(request, found.programme, form, title=_("Change the network"), act=_("Save the network"), network=found)


def usual_day(programme: Programme):
    return last_day(programme, timezone.localdate())


@requires("networks.edit")
def add_member(request, slug: str, network: str):
    found = editable_network(request, slug, network)
    participations = Participation.objects.filter(programme=found.programme).order_by("name")
    form = JoinForm(
        request.POST or None, initial={"starts_on": usual_day(found.programme)}, participations=participations
    )
    if form.is_valid() and tried(request, form, actions.join, found, **form.cleaned_data):
        messages.success(request, _("%(name)s joins the network.") % {"name": form.cleaned_data["participation"]})
        return redirect("networks:network", slug, network)
    return ask(request, found.programme, form, title=_("Add a member"), act=_("Add the member"), network=found)


def _membership(network, pk: int) -> NetworkMembership:
    return get_object_or_404(network.memberships.select_related("participation", "network"), pk=pk)


@requires("networks.edit")
def end_membership(request, slug: str, network: str, pk: int):
    found = editable_network(request, slug, network)
    membership = _membership(found, pk)
    form = LeaveForm(request.POST or None, initial={"last_day": usual_day(found.programme)})
    if form.is_valid():
        tried(request, form, actions.leave, membership, **form.cleaned_data)
        if form.is_valid():
            messages.success(request, _("%(name)s leaves the network.") % {"name": membership.participation})
            return redirect("networks:network", slug, network)
    name = membership.participation.name
    return ask(
        request,
        found.programme,
        form,
        title=_("End the membership"),
        act=_("End the membership"),
        network=found,
        about=name,
    )


@requires("networks.edit")
def move_member(request, slug: str, network: str, pk: int):
    found = editable_network(request, slug, network)
    membership = _membership(found, pk)
    others = [one.pk for one in networks_to_choose(found.programme, request.user) if one.pk != found.pk]
    form = MoveForm(
        request.POST or None,
        initial={"on": usual_day(found.programme)},
        networks=found.programme.networks.filter(pk__in=others),
    )
    if form.is_valid() and tried(request, form, actions.move, membership, **form.cleaned_data):
        values = {"name": membership.participation, "network": form.cleaned_data["to"]}
        messages.success(request, _("%(name)s moves to %(network)s.") % values)
        return redirect("networks:network", slug, network)
    return ask(
        request,
        found.programme,
        form,
        title=_("Move to another network"),
        act=_("Move the participant"),
        network=found,
        about=membership.participation.name,
    )


@require_POST
@requires("networks.edit")
def stay(request, slug: str, network: str, pk: int):
    """Take back an end, or a move."""
    found = editable_network(request, slug, network)
    membership = _membership(found, pk)
    try:
        actions.stay(membership, by=request.user)
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(name)s is still in the network.") % {"name": membership.participation})
    return redirect("networks:network", slug, network)
