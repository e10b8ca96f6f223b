"""The record of an address: 404 for what one may not see, 403 for what one may see and not change."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from networks.models import ActionPoint, Network, Visit
from networks.models.reach import led_participations, of_own_municipality, sees_all
from programmes.models import Participation, Programme


def visible_network(request, slug: str, network: str) -> Network:
    open_programmes = Programme.objects.visible_to(request.user)
    visible = Network.objects.visible_to(request.user).filter(programme__slug=slug, programme__in=open_programmes)
    found = get_object_or_404(visible.select_related("programme", "cohort"), slug=network)
    request.programme_slug = slug
    return found


def editable_network(request, slug: str, network: str) -> Network:
    found = visible_network(request, slug, network)
    if not Network.objects.editable_by(request.user).filter(pk=found.pk).exists():
        raise PermissionDenied("networks.edit")
    return found


def visible_visit(request, slug: str, pk: int) -> Visit:
    programmes = Programme.objects.visible_to(request.user)
    visible = Visit.objects.visible_to(request.user).filter(
        participation__programme__slug=slug, participation__programme__in=programmes
    )
    joined = visible.select_related("participation__programme", "participation__municipality", "saved_by", "shared_by")
    found = get_object_or_404(joined, pk=pk)
    request.programme_slug = slug
    return found


def is_editable(request, visit: Visit) -> bool:
    return Visit.objects.editable_by(request.user).filter(pk=visit.pk).exists()


def editable_visit(request, slug: str, pk: int) -> Visit:
    found = visible_visit(request, slug, pk)
    if not is_editable(request, found):
        raise PermissionDenied("follow_up.edit")
    return found


def visible_task(request, slug: str, pk: int) -> ActionPoint:
    programmes = Programme.objects.visible_to(request.user)
    visible = ActionPoint.objects.visible_to(request.user).filter(
        visit__participation__programme__slug=slug, visit__participation__programme__in=programmes
    )
    found = get_object_or_404(visible.select_related("visit__participation__programme"), pk=pk)
    request.programme_slug = slug
    return found


def reportable_task(request, slug: str, pk: int) -> ActionPoint:
    found = visible_task(request, slug, pk)
    if not ActionPoint.objects.reportable_by(request.user).filter(pk=found.pk).exists():
        raise PermissionDenied("follow_up.report_done")
    return found


def followed(user):
    """The participants whose follow-up the person sees."""
    if sees_all(user):
        return Participation.objects.visible_to(user)
    own = Participation.objects.filter(of_own_municipality(user, "")).values("pk")
    led = led_participations(user)
    return Participation.objects.visible_to(user).filter(pk__in=own) | Participation.objects.visible_to(user).filter(
        pk__in=led
    )


def looked_after(user):
    """The participants that the person looks after: for the secretariat all, for a network leader the members."""
    found = Participation.objects.visible_to(user)
    return found if sees_all(user) else found.filter(pk__in=led_participations(user))


def followed_participation(request, slug: str, participant: str) -> Participation:
    visible = followed(request.user).filter(programme__slug=slug)
    joined = visible.select_related("programme", "municipality__county", "organisation").distinct()
    found = get_object_or_404(joined, slug=participant)
    request.programme_slug = slug
    return found
