"""The e-mails of a gathering. Each has a key, so that it is sent once whatever is tried again."""

from django.conf import settings
from django.urls import reverse

from correspondence.actions import MessageDraft, write, write_many

from ..links import own_path
from ..models import Gathering, Registration
from ..queries.registrations import line_of, standings


def address_of(gathering: Gathering, name: str = "gathering") -> str:
    path = reverse(f"gatherings:{name}", args=[gathering.programme.slug, gathering.slug])
    return settings.BASE_URL.rstrip("/") + path


def receipt(gathering: Gathering, registrations: list[Registration], participation, *, by) -> None:
    """To the one who registered them: who has a place, who waits, who is paid for, and who is missing."""
    standing = standings(gathering, participation) if participation else None
    lines = line_of(gathering)
    write(
        f"gatherings.receipt:{registrations[0].pk}",
        to=by,
        template="gatherings/email/receipt.txt",
        context={
            "gathering": gathering,
            "participation": participation,
            "rows": [lines[one.pk] for one in registrations],
            "missing": standing.missing_words if standing else "",
            "address": address_of(gathering),
        },
        about=gathering,
        by=by,
    )


def confirm(registration: Registration, *, by) -> None:
    """To the one who is to come, unless it is the same person who registered."""
    if registration.email and registration.email.lower() != by.email:
        _to_person("confirmed", registration, by=by)


def tell_of_place(registration: Registration, *, by) -> None:
    _to_person("place", registration, by=by)


def tell_cancelled(gathering: Gathering, *, by) -> None:
    """To everyone who is registered or waits, in one mailing."""
    drafts = [_draft("cancelled", one, key=f"{one.pk}:{gathering.sequence}") for one in people_of(gathering)]
    _mail(drafts, gathering, by)


def tell_moved(gathering: Gathering, before: dict, *, by) -> None:
    """``before`` has the fields of when and where as they were."""
    old = Gathering(programme=gathering.programme, **before)
    people = people_of(gathering)
    drafts = [_draft("moved", one, key=f"{one.pk}:{gathering.sequence}", old=old) for one in people]
    _mail(drafts, gathering, by)


def _mail(drafts: list[MessageDraft | None], gathering: Gathering, by) -> None:
    found = [one for one in drafts if one]
    if found:
        write_many(found, title=str(gathering), about=gathering, by=by)


def people_of(gathering: Gathering) -> list[Registration]:
    found = list(gathering.registrations.live().select_related("user", "registered_by").order_by("number"))
    for one in found:
        one.gathering = gathering
    return found


def _to_person(what: str, registration: Registration, *, by) -> None:
    if draft := _draft(what, registration, key=str(registration.pk)):
        write(**vars(draft), by=by)


def _draft(what: str, registration: Registration, *, key: str, **more) -> MessageDraft | None:
    """In the person's own language where it is known, else in that of the one who registered them."""
    to = registration.user or registration.email or registration.registered_by
    if to is None:
        return None
    gathering = registration.gathering
    return MessageDraft(
        key=f"gatherings.{what}:{key}",
        to=to,
        template=f"gatherings/email/{what}.txt",
        context={
            "gathering": gathering,
            "registration": registration,
            "address": settings.BASE_URL.rstrip("/") + own_path(registration),
            "calendar": address_of(gathering, "gathering_calendar"),
            **more,
        },
        language=registration.registered_by.language if registration.registered_by else None,
        about=gathering,
    )
