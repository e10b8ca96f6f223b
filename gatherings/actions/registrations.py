"""Registering people, changing it, and taking it back. The number in the line is given out under the lock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from municipalities.models import AuditEvent, User
from municipalities.permissions import may

from ..calculations.places import seats_for
from ..models import Gathering, Registration, Session, SessionChoice
from .errors import AlreadyRegistered, NotInvited, NotOpen, NotPossible, SessionFull
from .letters import confirm, receipt
from .places import fill_places, lock

State = Registration.State


@dataclass(frozen=True)
class Person:
    """Somebody to register; ``delegate`` is one of ``Registration.Delegate``."""

    name: str
    email: str
    delegate: str
    needs: str = ""
    sessions: tuple[Session, ...] = ()


@transaction.atomic
def register(gathering: Gathering, people: Sequence[Person], *, participation, by) -> list[Registration]:
    """Register all of them, or none: NotOpen, NotInvited, AlreadyRegistered or SessionFull say why not.

    Those for whom there is no place go to the waiting list. ``participation`` None registers guests, which only the
    secretariat can. One receipt goes to the one who registers, and a confirmation to each person.
    """
    locked = lock(gathering)
    _check_open(locked, by)
    _check_invited(locked, participation, by)
    _check_new(locked, people)
    fill_places(locked, by=by)
    live = locked.registrations.live().values_list("state", flat=True)
    counts = {state: list(live).count(state) for state in (State.REGISTERED, State.WAITING)}
    seats = seats_for(locked.capacity, counts[State.REGISTERED], counts[State.WAITING], len(people))
    found = _numbered(locked, people, seats, participation, by)
    Registration.objects.bulk_create(found)
    for registration, person in zip(found, people, strict=True):
        choose_sessions(registration, person.sessions)
    AuditEvent.record("gatherings.register", locked, by=by, people=len(found))
    receipt(locked, found, participation, by=by)
    for registration in found:
        confirm(registration, by=by)
    return found


def _numbered(gathering: Gathering, people, seats: int, participation, by) -> list[Registration]:
    first = gathering.next_number
    gathering.next_number += len(people)
    gathering.save(update_fields=["next_number"])
    users = _users(person.email for person in people)
    now = timezone.now()
    return [
        Registration(
            gathering=gathering,
            participation=participation,
            number=first + at,
            name=person.name,
            email=person.email,
            user=users.get(person.email.lower()),
            delegate=person.delegate,
            needs=person.needs,
            state=State.REGISTERED if at < seats else State.WAITING,
            registered_at=now,
            registered_by=by,
            seated_at=now if at < seats else None,
        )
        for at, person in enumerate(people)
    ]


def _users(emails: Iterable[str]) -> dict[str, User]:
    return {one.email: one for one in User.objects.filter(email__in={email.lower() for email in emails if email})}


def _check_open(gathering: Gathering, by) -> None:
    """An adviser registers also before the opening and after the deadline, as long as it is announced."""
    if gathering.state != Gathering.State.ANNOUNCED:
        raise NotOpen
    if not may(by, "gatherings.view_all") and not gathering.takes_registrations(timezone.now()):
        raise NotOpen


def _check_invited(gathering: Gathering, participation, by) -> None:
    if may(by, "gatherings.view_all"):
        return
    invited = participation and Gathering.objects.meant_for(type(participation).objects.filter(pk=participation.pk))
    if not invited or not invited.filter(pk=gathering.pk).exists():
        raise NotInvited


def _check_new(gathering: Gathering, people: Sequence[Person]) -> None:
    """Names and addresses are compared here, since SQLite knows small and capital letters only from A to Z."""
    known = {_same(*row) for row in gathering.registrations.live().values_list("email", "name") if row[0]}
    for person in people:
        key = _same(person.email, person.name)
        if person.email and key in known:
            raise AlreadyRegistered(person.name)
        known.add(key)


def _same(email: str, name: str) -> tuple[str, str]:
    return email.casefold(), " ".join(name.casefold().split())


def choose_sessions(registration: Registration, sessions: Sequence[Session]) -> None:
    """One parallel session at each hour; SessionFull when the last place is gone. Under the gathering's lock."""
    kept = set(registration.choices.values_list("session_id", flat=True))
    registration.choices.exclude(session__in=[one.pk for one in sessions]).delete()
    for session in sessions:
        if session.pk in kept:
            continue
        if session.gathering_id != registration.gathering_id or session.kind != Session.Kind.PARALLEL:
            raise NotPossible
        taken = session.choices.exclude(registration__state=State.CANCELLED).count()
        if session.capacity is not None and taken >= session.capacity:
            raise SessionFull(session, registration.name)
        SessionChoice.objects.create(session=session, registration=registration)


@transaction.atomic
def change_registration(registration: Registration, person: Person, *, by) -> Registration:
    """Another name, address, party, need or session; the number in the line stays."""
    gathering = lock(registration.gathering)
    _check_open(gathering, by)
    locked = gathering.registrations.live().filter(pk=registration.pk).first()
    if locked is None:
        raise NotPossible
    others = gathering.registrations.live().exclude(pk=locked.pk).values_list("email", "name")
    if person.email and _same(person.email, person.name) in {_same(*row) for row in others}:
        raise AlreadyRegistered(person.name)
    locked.name, locked.email, locked.delegate, locked.needs = person.name, person.email, person.delegate, person.needs
    locked.user = _users([person.email]).get(person.email.lower())
    locked.save(update_fields=["name", "email", "delegate", "needs", "user"])
    choose_sessions(locked, person.sessions)
    AuditEvent.record("gatherings.change_registration", locked, by=by)
    return locked


@transaction.atomic
def cancel_registration(registration: Registration, *, by) -> None:
    """Give the place back; the one who has waited longest gets it, in the same transaction. Good until it is held.

    ``by`` is None for somebody without an account, who has the address from the e-mail.
    """
    gathering = lock(registration.gathering)
    if gathering.state != Gathering.State.ANNOUNCED:
        raise NotOpen
    locked = gathering.registrations.live().filter(pk=registration.pk, attended_at__isnull=True).first()
    if locked is None:
        raise NotPossible
    locked.state, locked.cancelled_at, locked.cancelled_by = State.CANCELLED, timezone.now(), by
    locked.save(update_fields=["state", "cancelled_at", "cancelled_by"])
    locked.choices.all().delete()
    AuditEvent.record("gatherings.cancel_registration", locked, by=by)
    fill_places(gathering, by=by)


@transaction.atomic
def let_in(registration: Registration, *, by) -> Registration:
    """Present, from the first tap; a second tap, or another telephone, changes nothing."""
    locked = Registration.objects.select_for_update().get(pk=registration.pk)
    if locked.state != State.REGISTERED:
        raise NotPossible
    if locked.attended_at is None:
        locked.attended_at, locked.attended_by = timezone.now(), by
        locked.save(update_fields=["attended_at", "attended_by"])
        AuditEvent.record("gatherings.let_in", locked, by=by)
    return locked


@transaction.atomic
def take_back_entry(registration: Registration, *, by) -> Registration:
    locked = Registration.objects.select_for_update().get(pk=registration.pk)
    if locked.attended_at is not None:
        locked.attended_at = locked.attended_by = None
        locked.save(update_fields=["attended_at", "attended_by"])
        AuditEvent.record("gatherings.take_back_entry", locked, by=by)
    return locked


@transaction.atomic
def clean_personal_data(gathering: Gathering) -> int:
    """Delete what is known of food and needs, which is of no use afterwards; how many were cleaned."""
    found = gathering.registrations.filter(cleaned_at__isnull=True)
    count = found.update(needs="", cleaned_at=timezone.now())
    AuditEvent.record("gatherings.clean", gathering, people=count)
    return count
