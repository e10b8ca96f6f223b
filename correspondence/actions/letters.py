"""Letters: made together, read through, changed one by one, sent together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from jobs.actions import ask
from jobs.models import Job
from municipalities.models import AuditEvent, User

from .. import states
from ..errors import NotPossible
from ..letters import LetterDraft, LetterKind, known, names_of, sender_of
from ..models import Letter, LetterBatch, LetterText, Mailing, Message
from ..models.messages import name_of


@dataclass
class LetterConflict(Exception):
    """Somebody else changed the letter since it was read: both texts, and both are kept."""

    current: Letter
    subject: str
    body: str


@transaction.atomic
def make_letters(
    kind: LetterKind | str, *, programme_slug: str, title: str, drafts: Iterable[LetterDraft], by: User | None
) -> LetterBatch:
    """Make a batch with a letter for each draft, in their order, in a constant number of queries.

    ValueError when a text names a merge field that the kind does not have. A field without a value is no error here:
    the letter shows it, and cannot be sent before it is filled or taken out of the text.
    """
    kind = known(kind) if isinstance(kind, str) else kind
    drafts = list(drafts)
    if strange := names_of(drafts) - set(kind.fields):
        raise ValueError(f"letters of kind {kind.slug} have no field {', '.join(sorted(strange))}")
    batch = LetterBatch.objects.create(
        kind=kind.slug,
        programme_slug=programme_slug,
        title=title[:200],
        sender=sender_of(programme_slug),
        created_by=by,
    )
    Letter.objects.bulk_create(_letter(batch, position, draft) for position, draft in enumerate(drafts, start=1))
    LetterText.objects.bulk_create(
        LetterText(letter_id=pk, version=1, subject=subject, body=body, by=by)
        for pk, subject, body in batch.letters.values_list("pk", "subject", "body")
    )
    AuditEvent.record("correspondence.make_letters", batch, by=by, letters=len(drafts))
    return batch


def _letter(batch: LetterBatch, position: int, draft: LetterDraft) -> Letter:
    return Letter(
        batch=batch,
        position=position,
        about=name_of(draft.about),
        addressee=draft.addressee.strip(),
        email=" ".join(draft.email.split())[:254],
        language=draft.language,
        subject=" ".join(draft.subject.split())[:300],
        body=draft.body_markdown.strip(),
        fields={name: str(value) for name, value in draft.fields.items()},
    )


def edit_letter(
    letter: Letter, *, addressee: str, email: str, subject: str, body: str, version: int, by: User
) -> Letter:
    """Change one letter over ``version``; it must then be read through again.

    Raises LetterConflict when it is no longer that version; the text that lost is kept beside the others.
    """
    subject, body = " ".join(subject.split()), body.replace("\r\n", "\n").strip()
    with transaction.atomic():
        found = _locked(letter)
        _must_be_open(found)
        conflict = None if found.version == version else LetterConflict(found, subject, body)
        text = LetterText(letter=found, version=found.version, subject=subject, body=body, by=by)
        if conflict:
            text.is_aside = True
        else:
            text.version = found.version = version + 1
            found.subject, found.body, found.addressee, found.email = subject, body, addressee.strip(), email.strip()
            found.read_at = found.read_by = None
            found.save()
            AuditEvent.record("correspondence.edit_letter", found, by=by, version=found.version)
        text.save()
    if conflict:  # only now, so that the text that lost is committed
        raise conflict
    return found


@transaction.atomic
def mark_read(letter: Letter, *, version: int, by: User) -> Letter:
    """A person has read this version of the letter and found it right."""
    found = _locked(letter)
    _must_be_open(found)
    if found.version != version:
        raise NotPossible(_("The letter was changed after you opened it. Read it again."))
    found.read_at, found.read_by = timezone.now(), by
    found.save(update_fields=["read_at", "read_by"])
    AuditEvent.record("correspondence.mark_read", found, by=by, version=version)
    return found


@transaction.atomic
def withdraw_letter(letter: Letter, *, by: User) -> Letter:
    """Take one letter out of its batch: it is kept, and does not go out."""
    found = _locked(letter)
    _must_be_open(found)
    found.withdrawn_at, found.withdrawn_by = timezone.now(), by
    found.save(update_fields=["withdrawn_at", "withdrawn_by"])
    AuditEvent.record("correspondence.withdraw_letter", found, by=by)
    return found


@transaction.atomic
def put_back_letter(letter: Letter, *, by: User) -> Letter:
    """A letter that was withdrawn goes out with its batch after all."""
    found = _locked(letter)
    if found.batch.is_released:
        raise NotPossible(_RELEASED)
    found.withdrawn_at = found.withdrawn_by = None
    found.save(update_fields=["withdrawn_at", "withdrawn_by"])
    AuditEvent.record("correspondence.put_back_letter", found, by=by)
    return found


@transaction.atomic
def date_letters(batch: LetterBatch, *, dated_on: date, by: User) -> LetterBatch:
    """The date that is printed on every letter of the batch."""
    found = LetterBatch.objects.select_for_update().get(pk=batch.pk)
    if found.is_released:
        raise NotPossible(_RELEASED)
    found.dated_on = dated_on
    found.save(update_fields=["dated_on"])
    AuditEvent.record("correspondence.date_letters", found, by=by, dated_on=dated_on.isoformat())
    return found


@transaction.atomic
def send_letters(batch: LetterBatch, *, by: User) -> Job:
    """Send every letter that has an e-mail address, with its PDF; from now on none of the batch changes.

    NotPossible, saying how many, while letters are unread or hold fields that nobody has filled.
    """
    found = LetterBatch.objects.select_for_update().get(pk=batch.pk)
    letters = list(found.letters.standing())
    if not letters:
        raise NotPossible(_("The batch has no letter to send."))
    if not found.is_released:
        _must_be_ready(letters)
        found.released_at, found.released_by = timezone.now(), by
        found.mailing = Mailing.objects.create(title=found.title, about=name_of(found), created_by=by)
        found.save(update_fields=["released_at", "released_by", "mailing"])
        AuditEvent.record("correspondence.send_letters", found, by=by, letters=len(letters))
    key = f"correspondence.send_letters:{found.pk}"
    return ask("correspondence.send_letters", subject=name_of(found), key=key, by=by, batch_id=found.pk)


def _must_be_ready(letters: list[Letter]) -> None:
    unread = sum(letter.read_at is None for letter in letters)
    if unread:
        words = ngettext(
            "%(n)d letter is not read through. Read it and mark it as read, then send the letters.",
            "%(n)d letters are not read through. Read them and mark them as read, then send the letters.",
            unread,
        )
        raise NotPossible(words % {"n": unread})
    unfilled = [letter for letter in letters if letter.unfilled]
    if unfilled:
        words = ngettext(
            "%(n)d letter has a merge field without a value: %(who)s. Edit it before you send.",
            "%(n)d letters have merge fields without a value, the first to %(who)s. Edit them before you send.",
            len(unfilled),
        )
        raise NotPossible(words % {"n": len(unfilled), "who": unfilled[0].name})


@transaction.atomic
def mark_posted(batch: LetterBatch, *, letters: Iterable[Letter] | None = None, by: User) -> int:
    """These letters went by post (without ``letters``: all that have no e-mail address); how many of them are marked.

    Only once the batch is released: before that, a letter may still change. One whose e-mail is on its way is left out.
    """
    found = LetterBatch.objects.select_for_update().get(pk=batch.pk)
    if not found.is_released:
        raise NotPossible(_("Send the letters of the batch first; those without an e-mail address go on paper."))
    wanted = found.letters.standing().filter(sent_at=None).select_related("batch").select_for_update(of=("self",))
    wanted = wanted.filter(Q(email="") | Q(message__state__in=(states.FAILED, states.UNSURE)))
    wanted = wanted.filter(email="") if letters is None else wanted.filter(pk__in=[one.pk for one in letters])
    posted = list(wanted)
    for letter in posted:
        letter.on_paper = True
        _sent(letter)
        AuditEvent.record("correspondence.mark_posted", letter, by=by)
    return len(posted)


def note_sent(message: Message) -> None:
    """After sending: the letter is sent when its message is."""
    Letter.objects.filter(message=message, sent_at=None).update(sent_at=message.sent_at)


def tell_kind(message: Message) -> None:
    """After sending: the room whose letter it is does what follows on it."""
    letter = Letter.objects.filter(message=message).select_related("batch").first()
    if letter is not None and not letter.on_paper:
        known(letter.batch.kind).on_sent(letter)


def _sent(letter: Letter) -> None:
    letter.sent_at = timezone.now()
    letter.save(update_fields=["sent_at", "on_paper"])
    known(letter.batch.kind).on_sent(letter)


def ask_print(batch: LetterBatch, *, by: User) -> Job:
    """All letters of the batch as one PDF."""
    if not batch.letters.standing().exists():
        raise NotPossible(_("The batch has no letter to print."))
    key = f"correspondence.print_batch:{batch.pk}"
    return ask("correspondence.print_batch", subject=name_of(batch), key=key, by=by, batch_id=batch.pk)


def ask_print_letter(letter: Letter, *, by: User) -> Job:
    """One letter as a PDF."""
    key = f"correspondence.print_letter:{letter.pk}"
    return ask("correspondence.print_letter", subject=name_of(letter), key=key, by=by, letter_id=letter.pk)


_RELEASED = _("The letters of this batch are sent or being sent, and are not changed any more.")


def _locked(letter: Letter) -> Letter:
    """The row as it is now; the batch is locked first, so that nobody releases it meanwhile."""
    batch = LetterBatch.objects.select_for_update().get(pk=letter.batch_id)
    found = Letter.objects.select_for_update().get(pk=letter.pk)
    found.batch = batch
    return found


def _must_be_open(letter: Letter) -> None:
    if letter.batch.is_released:
        raise NotPossible(_RELEASED)
    if letter.withdrawn_at is not None:
        raise NotPossible(_("The letter is withdrawn. Put it back before you change it."))
