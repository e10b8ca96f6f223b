"""Networks are made and changed; participants join, leave and move. Every change is dated and has its reason."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from municipalities.models import AuditEvent
from networks.models import Network, NetworkMembership
from programmes.models import Cohort, Participation, Programme

from .errors import NotPossible

LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "Ae", "Ø": "O", "Å": "A", "đ": "d", "ŋ": "n"})
# Addresses that are pages of their own beside the networks.
TAKEN = {"new", "export"}


@transaction.atomic
def make_network(
    *,
    programme: Programme,
    name: str,
    cohort: Cohort | None = None,
    themes: list[str] | None = None,
    note="",
    number=None,
    by,
) -> Network:
    network = Network.objects.create(
        programme=programme,
        name=name,
        cohort=cohort,
        themes=themes or [],
        note=note,
        number=number,
        slug=_free_slug(programme, name),
    )
    AuditEvent.record("networks.make", network, by=by)
    return network


def _free_slug(programme: Programme, name: str) -> str:
    slug = slugify(name.translate(LETTERS))[:40] or "network"
    taken = TAKEN | set(programme.networks.values_list("slug", flat=True))
    return next(one for one in (slug, *(f"{slug}-{n}" for n in range(2, len(taken) + 3))) if one not in taken)


@transaction.atomic
def change_network(network: Network, *, name: str, cohort, themes: list[str], note="", number=None, by) -> None:
    """The address stays, so that links to it do too."""
    before = {"name": network.name, "themes": network.themes}
    network.name, network.cohort, network.themes, network.note = name, cohort, themes, note
    network.number = number
    network.save(update_fields=["name", "cohort", "themes", "note", "number"])
    AuditEvent.record("networks.change", network, by=by, before=before)


@transaction.atomic
def join(
    network: Network, *, participation: Participation, starts_on: date, reason: str, by, moved_from=None
) -> NetworkMembership:
    """From the day on. Somebody may be in several networks, but not twice in one at a time."""
    Network.objects.select_for_update().only("pk").get(pk=network.pk)
    if participation.programme_id != network.programme_id:
        raise NotPossible(_("The participant is in another programme than the network."))
    for one in network.memberships.filter(participation=participation):
        if one.ends_on is None or one.ends_on >= starts_on:
            raise NotPossible(_("%(name)s is in the network already on that day.") % {"name": participation})
    membership = NetworkMembership.objects.create(
        network=network, participation=participation, starts_on=starts_on, reason=reason, moved_from=moved_from
    )
    AuditEvent.record("networks.join", membership, by=by, starts_on=starts_on.isoformat(), reason=reason)
    return membership


@transaction.atomic
def leave(membership: NetworkMembership, *, last_day: date, reason: str, by) -> None:
    _hold(membership)
    if membership.ends_on is not None:
        raise NotPossible(_("Somebody has already ended the membership. Look at the network again."))
    if membership.starts_on and last_day < membership.starts_on:
        raise NotPossible(_("The last day is before the first. Correct the date."))
    membership.ends_on, membership.end_reason = last_day, reason
    membership.save(update_fields=["ends_on", "end_reason"])
    AuditEvent.record("networks.leave", membership, by=by, last_day=last_day.isoformat(), reason=reason)


@transaction.atomic
def stay(membership: NetworkMembership, *, by) -> None:
    """Take back that the membership ended; of a move, the time in the other network goes too."""
    _hold(membership)
    if membership.ends_on is None:
        raise NotPossible(_("The membership has no end to take back."))
    came = NetworkMembership.objects.filter(moved_from=membership).first()
    if came:
        AuditEvent.record("networks.undo_move", came, by=by, reason=came.reason)
        came.delete()
    later = membership.network.memberships.filter(participation=membership.participation).exclude(pk=membership.pk)
    if later.filter(starts_on__gt=membership.ends_on).exists():
        raise NotPossible(_("The participant has come back to the network since. End that membership first."))
    membership.ends_on, membership.end_reason = None, ""
    membership.save(update_fields=["ends_on", "end_reason"])
    AuditEvent.record("networks.stay", membership, by=by)


@transaction.atomic
def move(membership: NetworkMembership, *, to: Network, on: date, reason: str, by) -> NetworkMembership:
    """One act: the last day here is the day before the first there."""
    leave(membership, last_day=on - timedelta(days=1), reason=reason, by=by)
    return join(to, participation=membership.participation, starts_on=on, reason=reason, moved_from=membership, by=by)


def _hold(membership: NetworkMembership) -> None:
    NetworkMembership.objects.select_for_update().only("pk").get(pk=membership.pk)
    membership.refresh_from_db(fields=["ends_on", "end_reason"])
