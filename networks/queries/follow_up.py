"""The follow-up of participants as their pages show it: visits, what was agreed, and, to the secretariat, the log."""

from dataclasses import dataclass, field
from datetime import date

from municipalities.models import Municipality, MunicipalityChange
from municipalities.permissions import may
from programmes.models import Participation

from ..models import ActionPoint, Contact, Visit
from ..models.reach import CARRIED_ON, led_participations, sees_all
from .posts import posts_of
from .tasks import TaskRow, rows_of
from .visits import visits_to

RECENT = 30


@dataclass
class FollowUpPart:
    """One participant; ``became`` is the change by which its municipality was carried on as the one looked at."""

    participation: Participation
    may_edit: bool
    posts: list = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    tasks: list[TaskRow] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    became: MunicipalityChange | None = None

    @property
    def open_tasks(self) -> list[TaskRow]:
        return [one for one in self.tasks if not one.point.is_done]

    @property
    def done_tasks(self) -> list[TaskRow]:
        return [one for one in self.tasks if one.point.is_done]


def follow_up_of(user, participations: list[Participation], today: date) -> list[FollowUpPart]:
    """In the order given; the same number of queries whatever their number."""
    parts = {one.pk: FollowUpPart(one, sees_all(user)) for one in participations}
    if not sees_all(user) and may(user, "follow_up.edit"):
        for pk in led_participations(user).filter(participation__in=parts).values_list("participation", flat=True):
            parts[pk].may_edit = True
    for visit in visits_to(parts, Visit.objects.visible_to(user)):
        parts[visit.participation_id].visits.append(visit)
    points = ActionPoint.objects.visible_to(user).filter(visit__participation__in=parts)
    for row in rows_of(points.order_by("due_on", "pk"), today):
        parts[row.point.visit.participation_id].tasks.append(row)
    contacts = Contact.objects.visible_to(user).filter(participation__in=parts).select_related("who")
    for one in contacts.order_by("-at", "-pk"):
        if len(parts[one.participation_id].contacts) < RECENT:
            parts[one.participation_id].contacts.append(one)
    for pk, posts in posts_of(parts, today).items():
        parts[pk].posts = posts
    return list(parts.values())


def carried_on_to(municipality: Municipality, today: date) -> list[tuple[Participation, MunicipalityChange]]:
    """Participations of municipalities that have become this one, each with the last change. Two queries."""
    changes, newest = {}, {municipality.pk: None}
    while newest:
        found = MunicipalityChange.objects.filter(
            successor__in=newest, kind__in=CARRIED_ON, happened_on__lte=today
        ).select_related("predecessor", "successor")
        newest = {one.predecessor_id: one for one in found if one.predecessor_id not in changes}
        changes |= newest
    if not changes:
        return []
    rows = Participation.objects.filter(municipality__in=changes).select_related("programme", "municipality")
    return [(one, changes[one.municipality_id]) for one in rows.order_by("programme__starts_on", "name")]
