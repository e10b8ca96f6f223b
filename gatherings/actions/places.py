"""Places and the waiting list, always under the lock on the gathering's row: of many at once, each waits its turn."""

from django.utils import timezone

from municipalities.models import AuditEvent

from ..calculations.places import moves_up
from ..models import Gathering, Registration
from .letters import tell_of_place


def lock(gathering: Gathering) -> Gathering:
    """The row as it is now, held until the transaction ends (SQLite holds the whole database)."""
    return Gathering.objects.select_for_update(of=("self",)).select_related("programme").get(pk=gathering.pk)


def fill_places(gathering: Gathering, *, by) -> list[Registration]:
    """Give free places to those who have waited longest, and tell them; ``gathering`` is locked by the caller."""
    if gathering.state != Gathering.State.ANNOUNCED:
        return []
    waiting = list(gathering.registrations.waiting().select_related("user", "registered_by").order_by("number"))
    if not waiting:
        return []
    moved = list(moves_up(gathering.capacity, gathering.registrations.seated().count(), waiting))
    for one in moved:
        one.gathering = gathering
        one.state, one.seated_at = Registration.State.REGISTERED, timezone.now()
        tell_of_place(one, by=by)
        AuditEvent.record("gatherings.give_place", one, by=by)
    Registration.objects.bulk_update(moved, ["state", "seated_at"])
    return moved
