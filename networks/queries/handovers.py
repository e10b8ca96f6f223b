"""What a post in a network holds: what goes along when it changes hands."""

from dataclasses import dataclass
from datetime import date

from municipalities.queries.register import alphabetical
from programmes.models import Participation

from ..models import ActionPoint, Contact, Handover, NetworkMembership, Visit
from ..states import PLANNED
from .contacts import LastContact, last_contacts
from .tasks import TaskRow, open_tasks_of_post


@dataclass(frozen=True)
class MemberLine:
    """A member with the last time somebody was in touch."""

    participation: Participation
    last: LastContact | None
    planned: tuple[Visit, ...]
    notes: tuple[Contact, ...]


@dataclass(frozen=True)
class Bundle:
    """Everything that goes along with a post."""

    tasks: list[TaskRow]
    members: list[MemberLine]


NOTES = 3


def bundle_of(handover: Handover, day: date) -> Bundle:
    """As of the day; the same number of queries whatever the number of members."""
    times = NetworkMembership.objects.valid_on(day).filter(network=handover.network)
    members = [one.participation for one in times.select_related("participation__programme")]
    members.sort(key=lambda one: alphabetical(one.name))
    ids = [one.pk for one in members]
    last = last_contacts(ids, Visit.objects.all(), Contact.objects.all(), day)
    planned: dict[int, list[Visit]] = {}
    for visit in Visit.objects.filter(participation__in=ids, state=PLANNED).order_by("planned_on"):
        planned.setdefault(visit.participation_id, []).append(visit)
    notes: dict[int, list[Contact]] = {}
    for one in Contact.objects.filter(participation__in=ids).select_related("who").order_by("-at"):
        if len(notes.setdefault(one.participation_id, [])) < NOTES:
            notes[one.participation_id].append(one)
    return Bundle(
        open_tasks_of_post(handover.network, handover.kind, ActionPoint.objects.all(), day),
        [
            MemberLine(one, last.get(one.pk), tuple(planned.get(one.pk, ())), tuple(notes.get(one.pk, ())))
            for one in members
        ],
    )
