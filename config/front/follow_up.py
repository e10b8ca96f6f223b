"""What waits in the follow-up of the participants, as lines of the front page."""

from datetime import date, datetime, time

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from networks.queries.waiting import Awaited, awaited, awaited_parts
from networks.states import MADE

from .lines import Waiting


def follow_up_parts(user) -> list[QuerySet]:
    """Whatever waits, to be counted together with the rest in one query."""
    return list(awaited_parts(user, timezone.localdate()).values())


def follow_up_lines(user) -> list[Waiting]:
    """One query."""
    return [MAKERS[one.what](one) for one in awaited(user, timezone.localdate())]


def _at(day: date | None) -> datetime:
    return timezone.make_aware(datetime.combine(day, time())) if day else timezone.now()


def _overdue(one: Awaited) -> Waiting:
    url = reverse("networks:visit", args=[one.programme, one.pk])
    return Waiting(_("Task overdue"), f"{one.name}: {one.text}", url, _at(one.since))


def _own(one: Awaited) -> Waiting:
    text = one.text
    if one.due_on:
        text = _("%(task)s (due %(on)s)") % {"task": one.text, "on": date_format(one.due_on)}
    return Waiting(_("Your task"), text, reverse("networks:visit", args=[one.programme, one.pk]), _at(one.since))


def _visit(one: Awaited) -> Waiting:
    values = {"name": one.name, "on": date_format(one.since)}
    url = reverse("networks:visit", args=[one.programme, one.pk])
    if one.text == MADE:
        return Waiting(_("Visit to write up"), _("%(name)s, %(on)s: write the note") % values, url, _at(one.since))
    return Waiting(_("Visit whose day has passed"), _("%(name)s, %(on)s: was it made?") % values, url, _at(one.since))


def _handover(one: Awaited) -> Waiting:
    text = _("%(network)s after %(leaver)s: read what you take over") % {"network": one.name, "leaver": one.text}
    return Waiting(_("Handover"), text, reverse("networks:handover", args=[one.programme, one.pk]), _at(one.since))


def _without_leader(one: Awaited) -> Waiting:
    text = _("%(network)s: appoint a network leader") % {"network": one.name}
    url = reverse("networks:network", args=[one.programme, one.text])
    return Waiting(_("Network without a leader"), text, url, _at(one.since))


MAKERS = {
    "overdue": _overdue,
    "own": _own,
    "visit": _visit,
    "handover": _handover,
    "without_leader": _without_leader,
}
