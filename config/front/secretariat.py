"""Requests for access, applications to assess or to answer for, and reports on grants, as lines of what waits."""

import json

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from municipalities.words import in_language
from programmes.queries.admission_apply import applications_to_answer
from programmes.queries.admission_rounds import asked_in_words, waiting_requests
from programmes.queries.assessment import rounds_to_assess
from programmes.queries.deciding import rounds_to_tell
from programmes.queries.grants import reports_to_read, reports_to_write

from .lines import Waiting
from .rows import Kind, Row, as_text


def _request(one: Row) -> Waiting:
    kind, text = asked_in_words(one.name, one.text)
    return Waiting(kind, text, reverse("programmes:access_requests", args=[one.programme, one.place]), one.since)


def _to_assess(one: Row) -> Waiting:
    text = ngettext(
        "%(round)s: assess %(count)s application", "%(round)s: assess %(count)s applications", one.number
    ) % {"round": in_language(json.loads(one.values)) or one.place, "count": one.number}
    url = reverse("programmes:applications", args=[one.programme, one.place]) + "?assessor=mine"
    return Waiting(_("Applications to assess"), text, url, one.since)


def _to_tell(one: Row) -> Waiting:
    text = ngettext(
        "%(round)s: %(count)s applicant is not told of the decision",
        "%(round)s: %(count)s applicants are not told of the decision",
        one.number,
    ) % {"round": in_language(json.loads(one.values)) or one.place, "count": one.number}
    url = reverse("programmes:decision", args=[one.programme, one.place])
    return Waiting(_("Letters to send"), text, url, one.since)


def _to_read(one: Row) -> Waiting:
    text = _("%(name)s, %(year)s: read how the grant was used") % {"name": one.name, "year": one.number}
    return Waiting(_("Report on a grant"), text, reverse("programmes:grant", args=[one.programme, one.pk]), one.since)


def _to_write(one: Row) -> Waiting:
    values = {"year": one.number, "on": date_format(one.due_on)}
    text = _("Grant for %(year)s: write how it was used, by %(on)s") % values
    url = reverse("programmes:grant_report", args=[one.programme, one.pk])
    return Waiting(_("Report on a grant"), text, url, one.since)


def _more_asked(one: Row) -> Waiting:
    values = {"round": in_language(json.loads(one.values)) or one.place}
    if one.due_on:
        values["on"] = date_format(one.due_on)
        late = one.due_on < timezone.localdate()
        text = _("%(round)s: the answer was wanted by %(on)s") if late else _("%(round)s: answer by %(on)s")
    else:
        text = _("%(round)s: write what the secretariat asks for")
    url = reverse("programmes:application", args=[one.programme, one.place, one.pk])
    return Waiting(_("The secretariat asks for more"), text % values, url, one.since)


OF_ROUND = {"programme": F("round__programme__slug"), "place": F("round__slug")}
OF_GRANT = {"programme": F("participation__programme__slug"), "name": F("participation__name"), "number": F("year")}

KINDS = (
    Kind(
        "request",
        waiting_requests,
        OF_ROUND | {"name": F("name"), "text": F("municipality__distinct_name"), "at": F("asked_at")},
        _request,
    ),
    Kind(
        "to_assess",
        rounds_to_assess,
        {
            "programme": F("programme__slug"),
            "place": F("slug"),
            "values": as_text("title"),
            "number": F("to_assess"),
            "at": F("waits_since"),
        },
        _to_assess,
    ),
    Kind(
        "to_tell",
        rounds_to_tell,
        {
            "programme": F("programme__slug"),
            "place": F("slug"),
            "values": as_text("title"),
            "number": F("untold"),
            "on": F("decided_on"),
        },
        _to_tell,
    ),
    Kind(
        "more_asked",
        applications_to_answer,
        OF_ROUND | {"values": as_text("round__title"), "at": F("asked_at"), "due_on": F("more_due_on")},
        _more_asked,
    ),
    Kind("to_read", reports_to_read, OF_GRANT | {"at": F("reported_at")}, _to_read),
    Kind(
        "to_write",
        reports_to_write,
        OF_GRANT | {"at": F("letter_sent_at"), "due_on": F("reporting_due_on")},
        _to_write,
    ),
)
