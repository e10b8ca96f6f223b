"""Who looks after a network: appointed from a day, and handed over to a successor with everything that goes along."""

from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from correspondence.actions import write
from municipalities.models import AuditEvent, User
from networks.models import Handover, Network, NetworkMembership, NetworkPost, Visit
from networks.states import PLANNED

from .errors import NotPossible

DAY = timedelta(days=1)


@transaction.atomic
def appoint(network: Network, *, user: User, kind: str, starts_on: date, by) -> NetworkPost:
    """From the day on. If somebody left the post without a successor, this is the one who takes over."""
    _hold(network)
    held = network.posts.filter(kind=kind, user=user).exclude(ends_on__lt=starts_on)
    if held.exists():
        raise NotPossible(_("%(name)s holds the post already.") % {"name": user})
    post = NetworkPost.objects.create(network=network, user=user, kind=kind, starts_on=starts_on)
    AuditEvent.record("networks.appoint", post, by=by, kind=kind, starts_on=starts_on.isoformat())
    left = network.handovers.without_successor().filter(kind=kind).order_by("-handed_on").first()
    if left:
        left.successor = user
        left.save(update_fields=["successor"])
        _give_visits(left, starts_on)
        _tell(left, by)
    return post


@transaction.atomic
def hand_over(
    post: NetworkPost, *, handed_on: date, successor: User | None = None, reason: str = "", note: str = "", by
) -> Handover:
    """End the post the day before, and give it to the successor, if there is one, from the day.

    Open tasks are owned by the post and follow it. Planned visits of the leaver's from the day on go to the successor.
    """
    _hold(post.network)
    post.refresh_from_db()
    _may_be_handed(post, handed_on, successor)
    post.ends_on = handed_on - DAY
    post.save(update_fields=["ends_on"])
    handover = Handover.objects.create(
        network=post.network,
        kind=post.kind,
        leaver=post.user,
        successor=successor,
        handed_on=handed_on,
        reason=reason,
        handed_by=by,
        **({"note": note, "note_at": timezone.now(), "note_by": by} if note else {}),
    )
    if successor:
        NetworkPost.objects.create(network=post.network, user=successor, kind=post.kind, starts_on=handed_on)
        _give_visits(handover, handed_on)
        _tell(handover, by)
    AuditEvent.record(
        "networks.hand_over",
        handover,
        by=by,
        kind=post.kind,
        handed_on=handed_on.isoformat(),
        successor=successor.email if successor else "",
    )
    return handover


def _may_be_handed(post: NetworkPost, handed_on: date, successor: User | None) -> None:
    if post.ends_on is not None:
        raise NotPossible(_("Somebody has already ended the post. Look at the network again."))
    if post.starts_on and handed_on <= post.starts_on:
        raise NotPossible(_("The post began on that day or later. Choose a later day."))
    if successor == post.user:
        raise NotPossible(_("Choose somebody else than the one who leaves."))
    others = post.network.posts.filter(kind=post.kind, user=successor).exclude(ends_on__lt=handed_on)
    if successor and others.exists():
        raise NotPossible(_("%(name)s holds the post already.") % {"name": successor})


def _give_visits(handover: Handover, since: date) -> None:
    """Visits from the day on; if the day has come, also those that should have been made and were not."""
    members = NetworkMembership.objects.filter(network=handover.network).values("participation")
    planned = Visit.objects.filter(state=PLANNED, participation__in=members, advisers=handover.leaver)
    if since > timezone.localdate():
        planned = planned.filter(planned_on__gte=since)
    for visit in planned:
        visit.advisers.remove(handover.leaver)
        visit.advisers.add(handover.successor)
        handover.visits.add(visit)


def _tell(handover: Handover, by) -> None:
    network = handover.network
    write(
        f"networks.handover:{handover.pk}:{handover.successor_id}",
        to=handover.successor,
        template="networks/email/handover.txt",
        context={
            "handover": handover,
            "path": reverse("networks:handover", args=[network.programme.slug, handover.pk]),
        },
        about=handover,
        by=by,
    )


@transaction.atomic
def write_handover_note(handover: Handover, *, note: str, by) -> None:
    """The one who leaves tells; a note that has been read is read again when it changes."""
    handover.note, handover.note_at, handover.note_by, handover.read_at = note, timezone.now(), by, None
    handover.save(update_fields=["note", "note_at", "note_by", "read_at"])
    AuditEvent.record("networks.handover_note", handover, by=by)


@transaction.atomic
def mark_read(handover: Handover, *, by) -> None:
    if handover.successor_id != by.pk:
        raise NotPossible(_("Only the one who takes over can say that it is read."))
    handover.read_at = timezone.now()
    handover.save(update_fields=["read_at"])
    AuditEvent.record("networks.handover_read", handover, by=by)


@transaction.atomic
def undo_handover(handover: Handover, *, by) -> None:
    """As if it had not been: the leaver has the post and the visits back. Not after the successor has read it."""
    _hold(handover.network)
    handover.refresh_from_db()
    if handover.read_at:
        raise NotPossible(_("The successor has read the handover. Hand the post over again instead."))
    posts = handover.network.posts.filter(kind=handover.kind)
    posts.filter(user=handover.successor, starts_on__gte=handover.handed_on).delete()
    posts.filter(user=handover.leaver, ends_on=handover.handed_on - DAY).update(ends_on=None)
    for visit in handover.visits.filter(state=PLANNED):
        visit.advisers.remove(handover.successor)
        visit.advisers.add(handover.leaver)
    AuditEvent.record("networks.undo_handover", handover, by=by)
    handover.delete()


def _hold(network: Network) -> None:
    Network.objects.select_for_update().only("pk").get(pk=network.pk)
