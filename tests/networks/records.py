"""Visits, tasks and contacts for tests: the least that makes sense, the rest by name."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from networks.models import ActionPoint, Contact, Handover, Network, NetworkMembership, NetworkPost, Visit
from programmes.models import Participation
from tests.factories import ParticipationFactory

DAY = date(2009, 3, 4)
WHEN = timezone.make_aware(datetime(2009, 3, 10, 12, 0))


def a_network(programme, name="Nettverk", *members: Participation, **values) -> Network:
    found = Network.objects.create(programme=programme, slug=f"nett-{Network.objects.count()}", name=name, **values)
    for one in members:
        NetworkMembership.objects.create(network=found, participation=one)
    return found


def a_post(network: Network, user, kind="adviser", **times) -> NetworkPost:
    return NetworkPost.objects.create(network=network, user=user, kind=kind, **times)


def a_visit(
    participation: Participation | None = None, state="written_up", *, shared=False, by=None, **values
) -> Visit:
    """A visit in that state, with what the state asks for."""
    values = {"planned_on": DAY, "findings": "Ledelsen er med."} | values
    if state in ("made", "written_up"):
        values.setdefault("made_on", values["planned_on"])
    if state == "written_up" or shared:
        values.setdefault("written_up_at", WHEN)
    if shared:
        values |= {"shared_at": timezone.now(), "shared_by": by}
    found = Visit.objects.create(
        participation=participation or ParticipationFactory(), state=state, saved_at=WHEN, saved_by=by, **values
    )
    if by:
        found.advisers.add(by)
    return found


def a_task(visit: Visit, text="Lage en plan", side="municipality", **values) -> ActionPoint:
    return ActionPoint.objects.create(visit=visit, text=text, side=side, **values)


def a_contact(participation: Participation, by, **values) -> Contact:
    return Contact.objects.create(participation=participation, who=by, **{"text": "Avtalte møte", "at": WHEN} | values)


@dataclass
class FollowUp:
    """What the access table asks for: the follow-up of one's own network's member, and of a stranger's."""

    visit: Visit
    unshared_visit: Visit
    made_visit: Visit
    strange_visit: Visit
    task: ActionPoint
    secretariat_task: ActionPoint
    strange_task: ActionPoint
    membership: NetworkMembership
    contact: Contact
    handover: Handover
    strange_handover: Handover


def a_handover(network: Network, leaver, successor=None, **values) -> Handover:
    given = {"kind": "leader", "handed_on": DAY} | values
    return Handover.objects.create(network=network, leaver=leaver, successor=successor, **given)


def follow_up(network: Network, strange: Network, adviser) -> FollowUp:
    own, stranger = (one.memberships.get().participation for one in (network, strange))
    visit, strange_visit = a_visit(own, shared=True, by=adviser), a_visit(stranger, shared=True, by=adviser)
    return FollowUp(
        visit=visit,
        unshared_visit=a_visit(own, "planned", by=adviser),
        made_visit=a_visit(own, "made", by=adviser),
        strange_visit=strange_visit,
        task=a_task(visit),
        secretariat_task=a_task(visit, "Sende veileder", "secretariat", owner=adviser),
        strange_task=a_task(strange_visit),
        membership=network.memberships.get(),
        contact=a_contact(own, adviser),
        handover=a_handover(network, adviser, network.posts.get().user),
        strange_handover=a_handover(strange, adviser),
    )
