"""What becomes of a message: each step changes the row under a condition, so that two never make the same one."""

import logging
from typing import Any

from django.db import transaction
from django.db.models import Case, F, IntegerField, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs.models import Job
from jobs.run import where
from jobs.texts import source
from municipalities.models import AuditEvent, User

from .. import errors, states
from ..addresses import address_fault
from ..kinds import AFTER_SENDING
from ..models import Message, MessageEvent
from ..models.messages import name_of
from .writing import ask_to_send

logger = logging.getLogger(__name__)
What = MessageEvent.What
ONE_MORE = F("attempts") + 1
# The claim has counted the attempt of a message that is being handed over.
COUNTED = Case(When(state=states.QUEUED, then=ONE_MORE), default=F("attempts"), output_field=IntegerField())


@transaction.atomic
def claim(message: Message) -> None:
    """Say that the message is being handed over now; Taken when it no longer waits."""
    locked = Message.objects.select_for_update().filter(pk=message.pk, state=states.QUEUED)
    if not locked.update(state=states.SENDING, attempts=ONE_MORE):
        raise errors.Taken


@transaction.atomic
def mark_sent(message: Message, *, what: str = What.SENT, by: User | None = None) -> bool:
    """The mail server has it; False when that was known. What follows on it is done once, in the same transaction.

    The row may say unsure by now, when another worker took this one for dead: the server's yes settles it.
    """
    rows = Message.objects.filter(pk=message.pk, state__in=states.leading_to(states.SENT))
    if not rows.update(state=states.SENT, sent_at=timezone.now(), last_error="", last_error_values={}):
        return False
    _note(message, what, by=by)
    message.refresh_from_db()
    _follow_up(message)
    return True


def _follow_up(message: Message) -> None:
    """Let the room that wrote it know. A fault there must not make the message look unsent."""
    for follow in AFTER_SENDING:
        try:
            with transaction.atomic():
                follow(message)
        except Exception as error:
            logger.warning("after sending message %s: %s", message.pk, where(error))
            _note(message, What.HOOK)


@transaction.atomic
def mark_waiting(message: Message, text: Any, **values: Any) -> bool:
    """It was not taken now: it waits for the job's next attempt."""
    waiting = Message.objects.filter(pk=message.pk, state__in=(states.QUEUED, states.SENDING))
    changed = waiting.update(attempts=COUNTED, state=states.QUEUED, last_error=source(text), last_error_values=values)
    if changed:
        _note_once(message, What.WAITS, text, values)
    return bool(changed)


@transaction.atomic
def mark_failed(message: Message, text: Any, **values: Any) -> bool:
    """It will not be taken, or was not for too long; a person has to look at it."""
    rows = Message.objects.filter(pk=message.pk, state__in=(states.QUEUED, states.SENDING))
    changed = rows.update(attempts=COUNTED, state=states.FAILED, last_error=source(text), last_error_values=values)
    if changed:
        _note(message, What.FAILED, text, values)
    return bool(changed)


@transaction.atomic
def mark_unsure(message: Message, text: Any) -> bool:
    """It was handed over, and nobody knows whether it arrived: never sent again without a person's word."""
    rows = Message.objects.filter(pk=message.pk, state=states.SENDING)
    changed = rows.update(state=states.UNSURE, last_error=source(text), last_error_values={})
    if changed:
        _note(message, What.UNSURE, text)
    return bool(changed)


@transaction.atomic
def send_again(message: Message, *, to_email: str | None = None, by: User) -> Message:
    """A person wants a message sent that was not, or that may not have been; perhaps to another address.

    It goes out under the same Message-ID. NotPossible when it was sent, or is at work.
    """
    found = Message.objects.select_for_update().get(pk=message.pk)
    if found.state not in (states.FAILED, states.UNSURE) and not is_left(found):
        raise errors.NotPossible(_("The message is %(state)s. Load the page again.") % {"state": _state(found)})
    address = (found.to_email if to_email is None else to_email).strip()
    fault, values = address_fault(address)
    if fault:
        raise errors.NotPossible(_(fault) % values if values else _(fault))
    found.to_email, found.state, found.last_error, found.last_error_values = address, states.QUEUED, "", {}
    found.save(update_fields=["to_email", "state", "last_error", "last_error_values"])
    _note(found, What.AGAIN, by=by)
    AuditEvent.record("correspondence.send_again", found, by=by)
    ask_to_send(found, by=by)
    return found


@transaction.atomic
def confirm_sent(message: Message, *, by: User) -> Message:
    """The receiver has it, says a person: nothing is sent, and what follows on a sending is done."""
    if not Message.objects.filter(pk=message.pk, state=states.UNSURE).exists():
        raise errors.NotPossible(_("The message is %(state)s. Load the page again.") % {"state": _state(message)})
    mark_sent(message, what=What.CONFIRMED, by=by)
    AuditEvent.record("correspondence.confirm_sent", message, by=by)
    return message


def is_left(message: Message) -> bool:
    """Whether it waits for a job that is no more (cancelled, or failed)."""
    if message.state not in (states.QUEUED, states.SENDING):
        return False
    subjects = [name_of(message)]
    if message.mailing_id:
        subjects.append(name_of(message.mailing))
    return not Job.objects.unfinished().filter(subject__in=subjects).exists()


def _state(message: Message) -> str:
    message.refresh_from_db()
    return str(message.get_state_display())


def _note(message: Message, what: str, text: Any = "", values: dict | None = None, by: User | None = None) -> None:
    MessageEvent.objects.create(message_id=message.pk, what=what, by=by, text=source(text), values=values or {})


def _note_once(message: Message, what: str, text: Any, values: dict) -> None:
    """A server that is away for days would otherwise fill the log with one line."""
    last = message.events.order_by("-pk").first()
    if last is None or (last.what, last.text, last.values) != (what, source(text), values):
        _note(message, what, text, values)
