"""What waits in the follow-up of the participants, as lines of the front page."""

from collections.abc import Callable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from networks.queries import waiting as records
from networks.states import MADE

from .lines import Waiting
from .rows import Kind, Row


def _overdue(one: Row) -> Waiting:
    url = reverse("networks:visit", args=[one.programme, one.pk])
    return Waiting(_("Task overdue"), f"{one.name}: {one.text}", url, one.since)


def _own(one: Row) -> Waiting:
    text = one.text
    if one.due_on:
        text = _("%(task)s (due %(on)s)") % {"task": one.text, "on": date_format(one.due_on)}
    return Waiting(_("Your task"), text, reverse("networks:visit", args=[one.programme, one.pk]), one.since)


def _visit(one: Row) -> Waiting:
    values = {"name": one.name, "on": date_format(one.on)}
    url = reverse("networks:visit", args=[one.programme, one.pk])
    if one.text == MADE:
        return Waiting(_("Visit to write up"), _("%(name)s, %(on)s: write the note") % values, url, one.since)
    return Waiting(_("Visit whose day has passed"), _("%(name)s, %(on)s: was it made?") % values, url, one.since)


def _handover(one: Row) -> Waiting:
    text = _("%(network)s after %(leaver)s: read what you take over") % {"network": one.name, "leaver": one.text}
    return Waiting(_("Handover"), text, reverse("networks:handover", args=[one.programme, one.pk]), one.since)


def _without_leader(one: Row) -> Waiting:
    text = _("%(network)s: appoint a network leader") % {"network": one.name}
    url = reverse("networks:network", args=[one.programme, one.place])
    return Waiting(_("Network without a leader"), text, url, one.since)


def _today(found: Callable[..., QuerySet]) -> Callable[..., QuerySet]:
    return lambda user: found(user, timezone.localdate())


KINDS = tuple(
    Kind(what, found, records.COLUMNS[what], line)
    for what, found, line in (
        ("overdue", _today(records.overdue_tasks), _overdue),
        ("own", records.own_tasks, _own),
        ("visit", _today(records.visits_to_finish), _visit),
        ("handover", records.unread_handovers, _handover),
        ("without_leader", _today(records.networks_without_leader), _without_leader),
    )
)
