"""Visits as lines of a participant's timeline, each to those who may see the visit."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from programmes.timelines import TimelineLine

from .models import Visit


def visits_made(user, participation) -> Iterator[TimelineLine]:
    """Visits that were made, with who came. One query."""
    made = Visit.objects.visible_to(user).made().filter(participation=participation)
    for visit in made.select_related("participation__programme"):
        url = reverse("networks:visit", args=[visit.participation.programme.slug, visit.pk])
        detail = _("Made up for the demonstration.") if visit.is_generated else ""
        yield TimelineLine(visit.made_on, _("visit"), _("Visit by the secretariat"), url=url, detail=detail)
