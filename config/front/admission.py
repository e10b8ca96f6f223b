"""Admission on the front page: open rounds for everyone, one's own application."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from municipalities.permissions import may
from programmes.calculations.local_time import days_left
from programmes.models import Application
from programmes.queries.admission_apply import own_applications
from programmes.queries.admission_rounds import rounds_with_days


@dataclass(frozen=True)
class OwnApplication:
    """``days`` until the deadline of the round, below 0 when it has passed; the link leads to where one left off."""

    application: Application
    days: int
    url: str


def own_applications_part(user) -> dict:
    """Applications of one's own that wait for oneself. One query."""
    if not may(user, "admission.apply"):
        return {}
    now = timezone.now()
    open_ones = own_applications(user).filter(state__in=(Application.State.DRAFT, Application.State.MORE_ASKED))
    found = [
        OwnApplication(one, days_left(one.round.closes_at, now), address(one))
        for one in open_ones
        if one.state == Application.State.MORE_ASKED or one.round.closes_at > now
    ]
    return {"own_applications": found}


def address(one: Application) -> str:
    return reverse("programmes:application", args=[one.round.programme.slug, one.round.slug, one.pk])


def open_rounds_part(user) -> dict:
    """Rounds that can be applied to now, with the days that are left. One query."""
    return {"open_rounds": rounds_with_days(user)}
