"""Who looks after a network: appointed, and handed over."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from municipalities.permissions import requires
from networks.actions import posts as actions
from networks.actions.errors import NotPossible
from networks.forms.networks import AppointForm, HandOverForm, HandoverNoteForm
from networks.models import Handover
from networks.queries.handovers import bundle_of
from networks.queries.readers import secretariat
from programmes.models import Programme
from programmes.queries import last_day

from .finding import editable_network
from .network_edit import ask, tried


@requires("networks.edit")
def appoint(request, slug: str, network: str):
    found = editable_network(request, slug, network)
    kind = request.GET.get("kind", "")
    today = timezone.localdate()
    first_choice = {"kind": kind, "starts_on": last_day(found.programme, today)}
    form = AppointForm(request.POST or None, initial=first_choice, people=secretariat(today))
    if form.is_valid() and tried(request, form, actions.appoint, found, **form.cleaned_data):
        messages.success(request, _("%(name)s is appointed.") % {"name": form.cleaned_data["user"]})
        return redirect("networks:network", slug, network)
    return ask(
        request,
        found.programme,
        form,
        title=_("Appoint adviser or network leader"),
        act=_("Appoint"),
        network=found,
    )


@requires("networks.edit")
def hand_over(request, slug: str, network: str, pk: int):
    found = editable_network(request, slug, network)
    post = get_object_or_404(found.posts.select_related("user"), pk=pk)
    people = secretariat(timezone.localdate()).exclude(pk=post.user_id)
    first_choice = {"handed_on": last_day(found.programme, timezone.localdate())}
    form = HandOverForm(request.POST or None, initial=first_choice, people=people)
    if form.is_valid():
        handover = tried(request, form, actions.hand_over, post, **form.cleaned_data)
        if handover:
            messages.success(request, _("The post is handed over."))
            return redirect("networks:handover", slug, handover.pk)
    return ask(
        request,
        found.programme,
        form,
        title=_("Hand over the post"),
        act=_("Hand over the post"),
        network=found,
        about=f"{post.user}, {post.get_kind_display()}",
    )


def _visible(request, slug: str, pk: int) -> Handover:
    programmes = Programme.objects.visible_to(request.user)
    visible = Handover.objects.visible_to(request.user).filter(
        network__programme__slug=slug, network__programme__in=programmes
    )
    found = get_object_or_404(visible.select_related("network__programme", "leaver", "successor", "note_by"), pk=pk)
    request.programme_slug = slug
    return found


def _may_write(request, handover: Handover) -> bool:
    return request.user.pk == handover.leaver_id or Handover.objects.editable_by(request.user).exists()


@requires("networks.view")
def handover(request, slug: str, pk: int):
    """What the one takes over from the other."""
    found = _visible(request, slug, pk)
    writes = _may_write(request, found)
    form = HandoverNoteForm(request.POST or None, initial={"note": found.note})
    if request.method == "POST":
        if not writes:
            raise PermissionDenied("networks.edit")
        if form.is_valid():
            actions.write_handover_note(found, note=form.cleaned_data["note"], by=request.user)
            messages.success(request, _("The handover note is saved."))
            return redirect("networks:handover", slug, pk)
    context = {
        "programme": found.network.programme,
        "handover": found,
        "bundle": bundle_of(found, timezone.localdate()),
        "visits": found.visits.select_related("participation").order_by("planned_on"),
        "form": form if writes else None,
        "is_successor": request.user.pk == found.successor_id,
        "may_undo": found.read_at is None and Handover.objects.editable_by(request.user).exists(),
    }
    return render(request, "networks/handover.html", context)


@require_POST
@requires("networks.view")
def mark_read(request, slug: str, pk: int):
    found = _visible(request, slug, pk)
    try:
        actions.mark_read(found, by=request.user)
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The handover is marked as read."))
    return redirect("networks:handover", slug, pk)


@require_POST
@requires("networks.edit")
def undo_handover(request, slug: str, pk: int):
    found = _visible(request, slug, pk)
    network = found.network
    try:
        actions.undo_handover(found, by=request.user)
    except NotPossible as error:
        messages.error(request, str(error))
        return redirect("networks:handover", slug, pk)
    messages.success(request, _("The handover is taken back."))
    return redirect("networks:network", slug, network.slug)
