"""Messages as the lists and the pages show them."""

from dataclasses import dataclass

from django.apps import apps
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower

from municipalities.models import User
from municipalities.queries.register import holding

from .. import states
from ..models import Message

IN_TROUBLE = (states.FAILED, states.UNSURE)
SORTS = {
    "written": ("created_at", "pk"),
    "subject": (Lower("subject"), "pk"),
    "to": (Lower("to_email"), "pk"),
    "state": ("state", "pk"),
}


def message_list(
    user: User, *, search: str = "", state: str = "", kind: str = "", sort: str = "-written"
) -> QuerySet[Message]:
    """Messages this person may see, each with ``to`` and ``paper_count``; two queries with their page."""
    found = Message.objects.visible_to(user).select_related("to").defer("body")
    if search:
        found = found.filter(holding(search, "to__name", "to_email", "subject"))
    if state:
        found = found.filter(state__in=IN_TROUBLE if state == states.TROUBLE else [state])
    if kind:
        found = found.filter(kind=kind)
    order = SORTS.get(sort.removeprefix("-"), SORTS["written"])
    if sort.startswith("-") or sort.removeprefix("-") not in SORTS:
        order = tuple(part.desc() if isinstance(part, Lower) else f"-{part}" for part in order)
    return found.annotate(paper_count=Count("papers")).order_by(*order)


@dataclass(frozen=True)
class MessageCounts:
    """``trouble`` is how many wait for a person: not sent, or unsure."""

    total: int
    waiting: int
    trouble: int


def message_counts(user: User) -> MessageCounts:
    waiting = Q(state__in=(states.QUEUED, states.SENDING))
    trouble = Q(state__in=IN_TROUBLE)
    found = Message.objects.visible_to(user)
    return MessageCounts(
        **found.aggregate(total=Count("pk"), waiting=Count("pk", filter=waiting), trouble=Count("pk", filter=trouble))
    )


def subject_of(about: str):
    """The record that ``app.model:id`` names, or None when it is gone."""
    label, _, key = about.rpartition(":")
    try:
        return apps.get_model(label).objects.filter(pk=key).first()
    except (LookupError, ValueError):
        return None
