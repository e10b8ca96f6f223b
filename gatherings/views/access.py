"""From the address to the gathering: what a reader may not see does not exist for them."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect

from gatherings.actions.errors import NotPossible
from gatherings.models import Gathering
from programmes.models import Programme


def visible_gathering(request, slug: str, gathering: str) -> Gathering:
    """404 for strangers; the frame then shows the programme as the current one."""
    visible = Gathering.objects.visible_to(request.user).filter(programme__slug=slug)
    found = get_object_or_404(visible.select_related("programme", "host", "place_municipality"), slug=gathering)
    request.programme_slug = slug
    return found


def editable_gathering(request, slug: str, gathering: str) -> Gathering:
    """404 for those who may not see it, 403 for those who may not change it."""
    found = visible_gathering(request, slug, gathering)
    if not Gathering.objects.filter(pk=found.pk).editable_by(request.user).exists():
        raise PermissionDenied
    return found


def visible_programme(request, slug: str) -> Programme:
    found = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    request.programme_slug = slug
    return found


def to_gathering(gathering: Gathering, name: str = "gathering", *more):
    return redirect(f"gatherings:{name}", gathering.programme.slug, gathering.slug, *more)


def telling_why_not(view):
    """An act that is not possible any more sends the reader back to the gathering with the reason."""

    @wraps(view)
    def answer(request, slug, gathering, *args, **kwargs):
        try:
            return view(request, slug, gathering, *args, **kwargs)
        except NotPossible as error:
            messages.error(request, error.text)
            return redirect("gatherings:gathering", slug, gathering)

    return answer
