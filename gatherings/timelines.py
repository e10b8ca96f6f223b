"""Gatherings as lines of a participant's timeline: those at which its people were present."""

from collections.abc import Iterator

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.queries.participation import is_insider
from programmes.timelines import TimelineLine

from .models import Gathering, Registration


def gatherings_attended(user, participation) -> Iterator[TimelineLine]:
    """One line a gathering, with how many came; who comes where is between the participant and the programme.

    One query, and none for others.
    """
    if not is_insider(user, participation):
        return
    present = Registration.objects.present().filter(participation=participation)
    counts = dict(present.order_by().values_list("gathering").annotate(Count("pk")))
    for one in Gathering.objects.filter(pk__in=counts).select_related("programme"):
        number = ngettext("%(n)d person was present", "%(n)d people were present", counts[one.pk])
        url = reverse("gatherings:gathering", args=[one.programme.slug, one.slug])
        detail = number % {"n": counts[one.pk]}
        yield TimelineLine(one.starts_on, _("gathering"), one.title_text, url=url, detail=detail)
