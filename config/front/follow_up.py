"""What waits in the follow-up of the participants, as lines of the front page."""

from datetime import date, datetime, time

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from networks.models import ActionPoint, Handover, Network, Visit
from networks.queries import waiting as queries
from networks.states import MADE

from .lines import Waiting


def follow_up_parts(user) -> list[QuerySet]:
    """Whatever waits, to be counted together with the rest in one query."""
    today = timezone.localdate()
    return [
        queries.overdue_tasks(user, today),
        queries.own_tasks(user),
        queries.visits_to_finish(user, today),
        queries.unread_handovers(user),
        queries.networks_without_leader(user, today),
    ]


def follow_up_lines(user) -> list[Waiting]:
    """Five queries, fewer for those who may less."""
    overdue, own, visits, handovers, networks = follow_up_parts(user)
    with_visit = "visit__participation__programme"
    return [
        *map(_overdue, overdue.select_related(with_visit)),
        *map(_own, own.select_related(with_visit)),
        *map(_visit, visits.select_related("participation__programme")),
        *map(_handover, handovers.select_related("network__programme", "leaver")),
        *map(_without_leader, networks.select_related("programme")),
    ]


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _overdue(point: ActionPoint) -> Waiting:
    participation = point.visit.participation
    text = f"{participation.name}: {point.text}"
    url = reverse("networks:visit", args=[participation.programme.slug, point.visit_id])
    return Waiting(_("Task overdue"), text, url, _at(point.due_on))


def _own(point: ActionPoint) -> Waiting:
    programme = point.visit.participation.programme
    text = point.text
    if point.due_on:
        text = _("%(task)s (due %(on)s)") % {"task": point.text, "on": date_format(point.due_on)}
    url = reverse("networks:visit", args=[programme.slug, point.visit_id])
    return Waiting(_("Your task"), text, url, point.agreed_at)


def _visit(visit: Visit) -> Waiting:
    participation = visit.participation
    values = {"name": participation.name, "on": date_format(visit.day)}
    url = reverse("networks:visit", args=[participation.programme.slug, visit.pk])
    if visit.state == MADE:
        text = _("%(name)s, %(on)s: write the note") % values
        return Waiting(_("Visit to write up"), text, url, _at(visit.made_on))
    text = _("%(name)s, %(on)s: was it made?") % values
    return Waiting(_("Visit whose day has passed"), text, url, _at(visit.planned_on))


def _handover(handover: Handover) -> Waiting:
    network = handover.network
    text = _("%(network)s after %(leaver)s: read what you take over") % {"network": network, "leaver": handover.leaver}
    url = reverse("networks:handover", args=[network.programme.slug, handover.pk])
    return Waiting(_("Handover"), text, url, handover.handed_at)


def _without_leader(network: Network) -> Waiting:
    text = _("%(network)s: appoint a network leader") % {"network": network}
    url = reverse("networks:network", args=[network.programme.slug, network.slug])
    since = _at(network.left_on) if network.left_on else timezone.now()
    return Waiting(_("Network without a leader"), text, url, since)
