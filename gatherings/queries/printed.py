"""What the participant list and the badges print."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from jobs.models import Job
from municipalities.queries.register import alphabetical

from ..models import Gathering, Registration
from .registrations import lines_of

BADGES_ACROSS = 2


def jobs_of(gathering: Gathering, at_most: int = 4) -> list[Job]:
    """The newest printings of the gathering that are still at work, or that failed. One query."""
    subject = f"{gathering._meta.label_lower}:{gathering.pk}"
    found = Job.objects.filter(subject=subject, kind="gatherings.make_paper").exclude(state=Job.State.DONE)
    return list(found.select_related("asked_by").order_by("-pk")[:at_most])


def list_of(gathering: Gathering) -> dict:
    """Those who have a place, by participant and name."""
    lines = lines_of(gathering, gathering.registrations.seated())
    return {
        "title": _("Participant list, %(gathering)s") % {"gathering": gathering},
        "sender": gathering.programme.name,
        "gathering": gathering,
        "lines": sorted(lines, key=lambda line: (_place(line.registration), alphabetical(line.registration.name))),
    }


def _place(one: Registration) -> tuple:
    return (one.participation is None, alphabetical(one.participation.name) if one.participation else "")


def badges_of(gathering: Gathering) -> dict:
    people = gathering.registrations.seated().select_related("participation")
    return {
        "title": _("Badges, %(gathering)s") % {"gathering": gathering},
        "sender": gathering.programme.name,
        "gathering": gathering,
        "rows": list(_rows(sorted(people, key=lambda one: (alphabetical(one.name), one.pk)))),
    }


def _rows(people: list[Registration]) -> Iterator[list[Registration | None]]:
    """Side by side; the last row is filled up with nobody."""
    for start in range(0, len(people), BADGES_ACROSS):
        row = people[start : start + BADGES_ACROSS]
        yield [*row, *[None] * (BADGES_ACROSS - len(row))]
