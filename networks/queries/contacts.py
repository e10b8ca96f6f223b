"""The contact log, and when each participant was last in touch with the secretariat."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from municipalities.models import User
from municipalities.queries.register import alphabetical, holding

from ..models import Contact, NetworkMembership, Visit

SORTS = {
    "at": lambda one: one.at,
    "participant": lambda one: alphabetical(one.participation.name),
    "kind": lambda one: one.kind,
    "who": lambda one: alphabetical(str(one.who or "")),
}


def contact_rows(
    contacts: QuerySet[Contact],
    today: date,
    *,
    search: str = "",
    year: int | None = None,
    kind: str = "",
    network: str = "",
    adviser: str = "",
    sort: str = "-at",
) -> list[Contact]:
    """By the filters of the list, in its order. One query."""
    found = contacts.select_related("participation__municipality", "who")
    if search:
        found = found.filter(holding(search, "participation__name", "text", "with_whom"))
    if year:
        found = found.filter(at__year=year)
    if kind:
        found = found.filter(kind=kind)
    if adviser:
        found = found.filter(who=adviser)
    if network:
        members = NetworkMembership.objects.valid_on(today).filter(network__slug=network)
        found = found.filter(participation__in=members.values("participation"))
    newest_first = found.order_by("-at", "-pk")
    by = SORTS.get(sort.removeprefix("-"), SORTS["at"])
    return sorted(newest_first, key=by, reverse=sort.startswith("-"))


def contact_years(contacts: QuerySet[Contact]) -> list[int]:
    days = contacts.order_by().annotate(day=TruncDate("at")).values_list("day", flat=True).distinct()
    return sorted({day.year for day in days}, reverse=True)


def those_in_contact(contacts: QuerySet[Contact]) -> list[User]:
    return list(User.objects.filter(contacts__in=contacts.values("pk")).distinct().order_by("name", "pk"))


@dataclass(frozen=True)
class LastContact:
    """``kind`` is «visit» or a kind of the log, in the reader's language."""

    on: date
    kind: str


def last_contacts(participations: Iterable[int], visits, contacts, day: date) -> dict[int, LastContact]:
    """Participant → the last visit or line of the log on the day or before. Two queries."""
    found: dict[int, LastContact] = {}
    made = Visit.objects.filter(pk__in=visits.values("pk")).made().filter(made_on__lte=day)
    for pk, on in (
        made.filter(participation__in=participations).order_by().values_list("participation").annotate(Max("made_on"))
    ):
        found[pk] = LastContact(on, _("visit"))
    logged = contacts.filter(participation__in=participations).annotate(day=TruncDate("at")).filter(day__lte=day)
    labels = dict(Contact.Kind.choices)
    for pk, on, kind in logged.order_by("at").values_list("participation", "day", "kind"):
        if pk not in found or on > found[pk].on:
            found[pk] = LastContact(on, str(labels[kind]))
    return found
