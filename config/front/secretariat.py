"""Applications to assess and reports on grants, as lines of what waits."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.models import Grant
from programmes.queries.assessment import ToAssess, rounds_to_assess, to_assess
from programmes.queries.grants import reports_to_read, reports_to_write

from .lines import Waiting


def secretariat_parts(user) -> list[QuerySet]:
    """What waits, to be counted together with the rest in one query."""
    return [rounds_to_assess(user), reports_to_read(user), reports_to_write(user)]


def secretariat_lines(user) -> list[Waiting]:
    """Three queries."""
    place = "participation__programme"
    return [
        *map(_to_assess, to_assess(user)),
        *map(_to_read, reports_to_read(user).select_related(place)),
        *map(_to_write, reports_to_write(user).select_related(place)),
    ]


def _to_assess(one: ToAssess) -> Waiting:
    text = ngettext(
        "%(round)s: assess %(count)s application", "%(round)s: assess %(count)s applications", one.count
    ) % {"round": one.round, "count": one.count}
    url = reverse("programmes:applications", args=[one.round.programme.slug, one.round.slug]) + "?assessor=mine"
    return Waiting(_("Applications to assess"), text, url, one.since)


def _to_read(grant: Grant) -> Waiting:
    text = _("%(name)s, %(year)s: read how the grant was used") % _values(grant)
    return Waiting(_("Report on a grant"), text, _address("grant", grant), grant.reported_at)


def _to_write(grant: Grant) -> Waiting:
    text = _("Grant for %(year)s: write how it was used, by %(on)s") % _values(grant)
    return Waiting(_("Report on a grant"), text, _address("grant_report", grant), grant.letter_sent_at)


def _values(grant: Grant) -> dict:
    return {
        "name": grant.participation,
        "year": grant.year,
        "on": date_format(grant.reporting_due_on) if grant.reporting_due_on else "",
    }


def _address(name: str, grant: Grant) -> str:
    return reverse(f"programmes:{name}", args=[grant.participation.programme.slug, grant.pk])
