"""What waits for a person in the follow-up: five kinds of records, with the columns to read them in."""

from datetime import date

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate

from municipalities.models import RoleAssignment
from municipalities.permissions import may

from ..models import ActionPoint, Handover, Network, NetworkMembership, NetworkPost, Visit
from ..models.reach import of_own_municipality
from ..states import MADE, PLANNED
from .readers import SECRETARIAT

LEADER = NetworkPost.Kind.LEADER


def overdue_tasks(user, today: date) -> QuerySet[ActionPoint]:
    """Overdue tasks of one's own, and those of the municipalities that one looks after."""
    if not may(user, "follow_up.edit"):
        return ActionPoint.objects.none()
    posts = NetworkPost.objects.valid_on(today).filter(user=user)
    members = NetworkMembership.objects.valid_on(today).filter(network__in=posts.values("network"))
    theirs = Q(side=ActionPoint.Side.MUNICIPALITY, visit__participation__in=members.values("participation"))
    own = Q(pk__in=ActionPoint.objects.held_by(user, today).values("pk"))
    return ActionPoint.objects.overdue_on(today).filter(theirs | own)


def own_tasks(user) -> QuerySet[ActionPoint]:
    """What a municipality has agreed to do and has not reported as done."""
    if not may(user, "follow_up.report_done") or may(user, "follow_up.edit"):
        return ActionPoint.objects.none()
    shared = Visit.objects.filter(of_own_municipality(user), shared_at__isnull=False)
    return ActionPoint.objects.open().filter(side=ActionPoint.Side.MUNICIPALITY, visit__in=shared.values("pk"))


def visits_to_finish(user, today: date) -> QuerySet[Visit]:
    """Visits of one's own that are not written up, or whose day has passed without a word."""
    if not may(user, "follow_up.edit"):
        return Visit.objects.none()
    own = Visit.advisers.through.objects.filter(user=user).values("visit")
    late = Q(state=MADE) | Q(state=PLANNED, planned_on__lt=today)
    return Visit.objects.editable_by(user).filter(late, pk__in=own)


def unread_handovers(user) -> QuerySet[Handover]:
    return Handover.objects.visible_to(user).unread().filter(successor=user)


def networks_without_leader(user, today: date) -> QuerySet[Network]:
    """Networks with members whose leader has left before the programme ended, or may no longer sign in as one.

    Each with ``left_on``, the last day of the last one; None when that one's account or role has ended instead.
    """
    networks = Network.objects.annotate(left_on=Max("posts__ends_on", filter=Q(posts__kind=LEADER)))
    if not may(user, "networks.edit"):
        return networks.none()
    posts = NetworkPost.objects.filter(network=OuterRef("pk"), kind=LEADER)
    roles = RoleAssignment.objects.valid_on(today).filter(role__in=SECRETARIAT, user__is_active=True)
    held = posts.valid_on(today).filter(user__in=roles.values("user"))
    left = posts.filter(ends_on__lt=F("network__programme__ends_on")) | posts.filter(
        ends_on__isnull=True, network__programme__ends_on__gte=today
    )
    members = NetworkMembership.objects.valid_on(today).filter(network=OuterRef("pk"))
    begun = left.filter(Q(starts_on__isnull=True) | Q(starts_on__lte=today))
    return networks.filter(Exists(begun), Exists(members), ~Exists(held))


def _of(path: str, **columns) -> dict:
    """What leads to the programme and to the name, along ``path``, with the columns of the kind itself."""
    return {"programme": F(f"{path}programme__slug"), "name": F(f"{path}name")} | columns


OF_VISIT = "visit__participation__"
# The visit's key for a task. ``programme`` and ``place`` are slugs; ``on`` is the day since which it waits.
# ``text`` is the task, the state of the visit, or who leaves.
COLUMNS = {
    "overdue": _of(OF_VISIT, pk=F("visit"), text=F("text"), on=F("due_on")),
    "own": _of(OF_VISIT, pk=F("visit"), text=F("text"), on=TruncDate("agreed_at"), due_on=F("due_on")),
    "visit": _of("participation__", text=F("state"), on=Coalesce("made_on", "planned_on")),
    "handover": _of("network__", text=F("leaver__name"), on=TruncDate("handed_at")),
    "without_leader": _of("", place=F("slug"), on=F("left_on")),
}
