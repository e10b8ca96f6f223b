"""Admission on the front page: open rounds for everyone, one's own application."""

from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from municipalities.permissions import may
from programmes.calculations.local_time import days_left
from programmes.models import Application
from programmes.queries.admission_apply import own_applications
from programmes.queries.admission_rounds import rounds_with_days

OUTCOME_SHOWN = timedelta(weeks=6)


@dataclass(frozen=True)
class OwnApplication:
    """``days`` until the deadline of the round, below 0 when it has passed; the link leads to where one left off."""

    application: Application
    days: int
    url: str


def own_applications_part(user) -> dict:
    """One's own applications: those to go on with (``due_applications``), and how those sent in stand. One query.

    What the secretariat asks for is a line of what waits. An outcome stands here for some weeks after it was told.
    """
    if not may(user, "admission.apply"):
        return {}
    now = timezone.now()
    found = list(own_applications(user).exclude(state=Application.State.WITHDRAWN))
    due = [one for one in found if _is_due(one, now)]
    return {
        "due_applications": [OwnApplication(one, days_left(one.round.closes_at, now), address(one)) for one in due],
        "sent_applications": [
            OwnApplication(one, days_left(one.round.closes_at, now), address(one))
            for one in found
            if one.state != Application.State.DRAFT and (one.told_at is None or one.told_at > now - OUTCOME_SHOWN)
        ],
    }


def _is_due(one: Application, now) -> bool:
    if one.state == Application.State.MORE_ASKED:
        return one.to_confirm
    return one.state == Application.State.DRAFT and one.round.closes_at > now


def address(one: Application) -> str:
    return reverse("programmes:application", args=[one.round.programme.slug, one.round.slug, one.pk])


def open_rounds_part(user) -> dict:
    """Rounds that can be applied to now, with the days that are left. One query."""
    return {"open_rounds": rounds_with_days(user)}
