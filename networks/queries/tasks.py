"""What was agreed at visits, with who does it today."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from municipalities.models import User
from municipalities.queries.register import alphabetical, holding

from ..models import ActionPoint, NetworkMembership, NetworkPost


@dataclass(frozen=True)
class TaskRow:
    """A task; ``holders`` are those of the secretariat who have it today, none where the post stands empty."""

    point: ActionPoint
    holders: tuple[User, ...]
    is_overdue: bool

    @property
    def is_municipal(self) -> bool:
        return self.point.side == ActionPoint.Side.MUNICIPALITY

    @property
    def owner(self) -> str:
        """A name; for the municipality the role or person named, else the participant."""
        if self.is_municipal:
            return self.point.owner_text or self.point.visit.participation.name
        return ", ".join(str(one) for one in self.holders)


SORTS = {
    "due": lambda row: (row.point.due_on is None, row.point.due_on or date.max),
    "participant": lambda row: (alphabetical(row.point.visit.participation.name),),
    "owner": lambda row: (not row.owner, alphabetical(row.owner)),
    "state": lambda row: (row.point.is_done, not row.is_overdue),
}


def task_rows(
    points: QuerySet[ActionPoint],
    today: date,
    *,
    search: str = "",
    state: str = "",
    side: str = "",
    network: str = "",
    user: User | None = None,
    sort: str = "due",
) -> list[TaskRow]:
    """By the filters of the list, in its order; ``user`` is «me» of the filter. Two queries."""
    if search:
        points = points.filter(holding(search, "text", "owner_text", "visit__participation__name"))
    if state:
        points = {"open": points.open, "overdue": lambda: points.overdue_on(today)}.get(
            state, lambda: points.filter(done_at__isnull=False)
        )()
    if side == "me" and user:
        points = points.held_by(user, today)
    elif side:
        points = points.filter(side=side)
    if network:
        members = NetworkMembership.objects.valid_on(today).filter(network__slug=network).values("participation")
        points = points.filter(visit__participation__in=members)
    rows = sorted(rows_of(points, today), key=lambda row: (row.point.due_on or date.max, row.point.pk))
    by = SORTS.get(sort.removeprefix("-"), SORTS["due"])
    return sorted(rows, key=by, reverse=sort.startswith("-"))


def rows_of(points: QuerySet[ActionPoint], today: date) -> list[TaskRow]:
    """Two queries, whatever the number of tasks."""
    found = list(points.select_related("visit__participation__programme", "owner", "done_by", "network"))
    holders = holders_of({one.network_id for one in found if one.network_id}, today)
    return [TaskRow(one, _holders(one, holders), one.is_overdue_on(today)) for one in found]


def _holders(point: ActionPoint, holders) -> tuple[User, ...]:
    if point.owner:
        return (point.owner,)
    return tuple(holders.get((point.network_id, point.post), ()))


def holders_of(networks: Iterable[int], day: date) -> dict[tuple[int, str], list[User]]:
    """(Network, post) → who holds it on the day. One query."""
    found = defaultdict(list)
    posts = NetworkPost.objects.valid_on(day).filter(network__in=networks, user__is_active=True)
    for post in posts.select_related("user").order_by("user__name"):
        found[post.network_id, post.kind].append(post.user)
    return dict(found)


def open_tasks_of_post(network, kind: str, points: QuerySet[ActionPoint], day: date) -> list[TaskRow]:
    """What goes with a post of a network: its own open tasks, and the municipalities' that it follows."""
    members = NetworkMembership.objects.valid_on(day).filter(network=network).values("participation")
    theirs = Q(side=ActionPoint.Side.MUNICIPALITY, visit__participation__in=members)
    return rows_of(points.open().filter(Q(network=network, post=kind) | theirs), day)
