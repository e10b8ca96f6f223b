"""What may happen to a gathering: made, changed, copied, announced, held, cancelled."""

from datetime import timedelta

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from jobs.actions import ask
from municipalities.models import AuditEvent

from ..calculations.dates import shifted
from ..models import Gathering, Session, Speaker
from .errors import ChangedMeanwhile, NotPossible
from .letters import tell_cancelled, tell_moved
from .places import fill_places, lock

WHEN_AND_WHERE = ("starts_on", "ends_on", "starts_time", "ends_time", "place")
# Acts after which calendars must hear of the entry anew.
SEEN_IN_CALENDARS = {"cancel", "restore", "take_back", "announce"}
NOT_COPIED = {"id", "slug", "uid", "state", "sequence", "version", "next_number", "created_at", "changed_at"}
NOT_COPIED |= {"source", "source_key", "note", "is_generated", "registration_opens_at", "registration_closes_at"}
_HAS_REGISTRATIONS = _("People have registered. Cancel the gathering instead, and they get an e-mail.")
LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "Ae", "Ø": "O", "Å": "A", "đ": "d", "ŋ": "n"})
# What is known of people's food and needs is deleted so long after the last day.
DAYS_KEPT = 90


@transaction.atomic
def make_gathering(programme, *, values: dict, cohorts=(), networks=(), by) -> Gathering:
    gathering = Gathering(programme=programme, created_by=by, **values)
    gathering.slug = free_slug(gathering)
    gathering.save()
    gathering.cohorts.set(cohorts)
    gathering.networks.set(networks)
    AuditEvent.record("gatherings.make", gathering, by=by)
    return gathering


@transaction.atomic
def change_gathering(gathering: Gathering, *, values: dict, cohorts, networks, version: int, by) -> Gathering:
    """Save what one editor has written; ChangedMeanwhile when another was first.

    Moved in time or place: calendars are told, the days of the programme go along, and those registered get an e-mail
    with the old and the new. Registrations stand. With more places the waiting list moves up.
    """
    locked = lock(gathering)
    if locked.version != version:
        raise ChangedMeanwhile
    before = {name: getattr(locked, name) for name in WHEN_AND_WHERE}
    for name, value in values.items():
        setattr(locked, name, value)
    moved = before != {name: getattr(locked, name) for name in WHEN_AND_WHERE}
    locked.version += 1
    locked.sequence += moved and locked.state != Gathering.State.DRAFT
    locked.save()
    locked.cohorts.set(cohorts)
    locked.networks.set(networks)
    _move_sessions(locked, before["starts_on"])
    changed = [name for name, value in values.items() if name in before and before[name] != value]
    AuditEvent.record("gatherings.move" if moved else "gatherings.change", locked, by=by, changed=changed)
    if moved and locked.state == Gathering.State.ANNOUNCED:
        tell_moved(locked, before, by=by)
    fill_places(locked, by=by)
    return locked


def _move_sessions(gathering: Gathering, old_start) -> None:
    if gathering.starts_on != old_start:
        sessions = list(gathering.sessions.all())
        for session in sessions:
            session.held_on = shifted(session.held_on, old_start, gathering.starts_on)
        Session.objects.bulk_update(sessions, ["held_on"])


@transaction.atomic
def change_state(gathering: Gathering, act: str, *, by) -> Gathering:
    """Announce, mark as held, cancel …: what ``Gathering.TRANSITIONS`` allows from the state it is in."""
    locked = lock(gathering)
    if not locked.allows(act):
        raise NotPossible
    if act == "take_back" and locked.registrations.live().exists():
        raise NotPossible(_HAS_REGISTRATIONS)
    locked.state = Gathering.TRANSITIONS[locked.state][act]
    locked.version += 1
    locked.sequence += act in SEEN_IN_CALENDARS
    locked.save()
    AuditEvent.record(f"gatherings.{act}", locked, by=by)
    if act == "cancel":
        tell_cancelled(locked, by=by)
    if act == "announce":
        ask_for_cleaning(locked)
    return locked


def ask_for_cleaning(gathering: Gathering) -> None:
    ask(
        "gatherings.clean",
        subject=f"{gathering._meta.label_lower}:{gathering.pk}",
        due_at=gathering.ends_by + timedelta(days=DAYS_KEPT),
        key=f"gatherings.clean:{gathering.pk}:{gathering.ends_on}",
        gathering_id=gathering.pk,
    )


@transaction.atomic
def copy_gathering(gathering: Gathering, *, starts_on, title: dict, by) -> Gathering:
    """A new draft with the same rule, places, audience and programme, its days as far from the new start as before."""
    fields = [one for one in Gathering._meta.concrete_fields if one.name not in NOT_COPIED | {"created_by"}]
    values = {one.name: getattr(gathering, one.name) for one in fields}
    values |= {
        "title": title,
        "starts_on": starts_on,
        "ends_on": shifted(gathering.ends_on, gathering.starts_on, starts_on),
        "copied_from": gathering,
    }
    values.pop("programme")
    audience = {"cohorts": gathering.cohorts.all(), "networks": gathering.networks.all()}
    copy = make_gathering(gathering.programme, values=values, by=by, **audience)
    for session in gathering.sessions.prefetch_related("speakers"):
        _copy_session(session, gathering, copy)
    AuditEvent.record("gatherings.copy", copy, by=by, copied_from=gathering.pk)
    return copy


def _copy_session(session: Session, old: Gathering, new: Gathering) -> None:
    speakers = list(session.speakers.all())
    session.pk, session.gathering = None, new
    session._state.adding = True
    session.held_on = shifted(session.held_on, old.starts_on, new.starts_on)
    session.save()
    Speaker.objects.bulk_create(
        [
            Speaker(session=session, name=one.name, affiliation=one.affiliation, position=one.position)
            for one in speakers
        ]
    )


def free_slug(gathering: Gathering) -> str:
    """The first day and the title; numbered where the programme has such a one already."""
    base = f"{gathering.starts_on:%Y-%m-%d}-{slugify(gathering.title_text.translate(LETTERS))}"[:70].rstrip("-")
    taken = set(gathering.programme.gatherings.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)
