"""Admission on the front page: open rounds for everyone, one's own application, requests that wait for an adviser."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from municipalities.permissions import may
from programmes.calculations.local_time import days_left
from programmes.models import Application
from programmes.queries.admission_apply import own_applications
from programmes.queries.admission_rounds import asked_in_words, rounds_with_days, waiting_requests

from .lines import Waiting


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


def request_parts(user) -> list:
    return [waiting_requests(user)]


def request_lines(user) -> list[Waiting]:
    """One query."""
    found = []
    for asked in waiting_requests(user).select_related("municipality"):
        kind, text = asked_in_words(asked)
        url = reverse("programmes:access_requests", args=[asked.round.programme.slug, asked.round.slug])
        found.append(Waiting(kind, text, url, asked.asked_at))
    return found
