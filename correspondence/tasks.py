"""The jobs of this room: a mail server that is away is waited for, for a week."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jobs.errors import NotNow
from jobs.registry import handler

from . import errors, states
from .actions.writing import MessageDraft, add_to_mailing
from .models import Letter, LetterBatch, Mailing, Message
from .post import Post
from .queries import print_key
from .sending import Sender, give_up, settle_interrupted
from .sheets import batch_pdf, letter_pdfs

PAUSES = (15, 60, 300, 900, 1800, 3600)  # seconds; then once an hour
A_WEEK = len(PAUSES) + 7 * 24
WAITS = {"pauses": PAUSES, "max_attempts": A_WEEK}
LETTERS_AT_ONCE = 8
SETTING = _("Sets letter %(done)s of %(total)s")


@handler("correspondence.send", title=_("Send an e-mail"), page="correspondence:message", **WAITS)
def send(run, *, message_id: int):
    """Send one message once; see ``correspondence.post`` for how far SMTP allows that."""
    message = Message.objects.get(pk=message_id)
    settle_interrupted([message])
    if message.state == states.QUEUED:
        _send_all(run, [message])
    message.refresh_from_db()
    return {"state": message.state}


@handler("correspondence.send_mailing", title=_("Send an e-mail to many"), seconds=4 * 3600, **WAITS)
def send_mailing(run, *, mailing_id: int):
    """Send what still waits of a mailing; one that is interrupted goes on where it stopped."""
    return _send_mailing(run, Mailing.objects.get(pk=mailing_id))


@handler("correspondence.send_letters", title=_("Send letters"), page="correspondence:batch", seconds=4 * 3600, **WAITS)
def send_letters(run, *, batch_id: int):
    """Set and send every letter that has an address; one that is interrupted goes on where it stopped."""
    batch = LetterBatch.objects.select_related("mailing", "released_by").get(pk=batch_id)
    by_email = batch.letters.standing().exclude(email="")
    total, waiting = by_email.count(), list(by_email.filter(message=None).select_related("batch"))
    done = total - len(waiting)
    for some in _few(waiting, LETTERS_AT_ONCE):
        run.progress(done, total, SETTING)
        _write_letters(batch, some)
        done += len(some)
    return _send_mailing(run, batch.mailing)


def _write_letters(batch: LetterBatch, letters: list[Letter]) -> None:
    """A message for each letter, under a key of its own, in the transaction that ties the two."""
    drafts = [_draft(batch, *pair) for pair in zip(letters, letter_pdfs(letters), strict=True)]
    with transaction.atomic():
        add_to_mailing(batch.mailing, drafts, by=batch.released_by)
        ids = dict(Message.objects.filter(key__in=[draft.key for draft in drafts]).values_list("key", "pk"))
        for letter in letters:
            letter.message_id = ids[_key(letter)]
        Letter.objects.bulk_update(letters, ["message"])


def _draft(batch: LetterBatch, letter: Letter, pdf: bytes) -> MessageDraft:
    name = f"{letter.subject_text}, {letter.name}.pdf"
    return MessageDraft(
        key=_key(letter),
        to=letter.email,
        template="correspondence/email/letter.txt",
        context={"letter": letter},
        language=letter.language,
        about=letter,
        papers=[(name, pdf, "application/pdf")],
        reply_to=batch.released_by.email if batch.released_by else "",
    )


def _key(letter: Letter) -> str:
    return f"letter:{letter.pk}"


@handler("correspondence.print_batch", title=_("Print letters"), page="correspondence:batch", seconds=1800)
def print_batch(run, *, batch_id: int):
    """All letters of a batch that are not withdrawn, as one PDF."""
    batch = LetterBatch.objects.get(pk=batch_id)
    letters = list(batch.letters.standing())
    made_of = print_key(batch, letters)
    pdf = batch_pdf(batch, letters, lambda done: run.progress(done, len(letters), SETTING))
    with run.finish() as result:
        _replace_after_commit(batch.pdf)
        batch.pdf.save(f"batch-{batch.pk}-{made_of[:16]}.pdf", ContentFile(pdf), save=False)
        LetterBatch.objects.filter(pk=batch.pk).update(pdf=batch.pdf.name, pdf_of=made_of)
        result.update(letters=len(letters), bytes=len(pdf))


@handler("correspondence.print_letter", title=_("Print a letter"))
def print_letter(run, *, letter_id: int):
    """One letter as a PDF."""
    letter = Letter.objects.select_related("batch").get(pk=letter_id)
    made_of, (pdf,) = print_key(letter.batch, [letter]), letter_pdfs([letter])
    with run.finish() as result:
        _replace_after_commit(letter.pdf)
        letter.pdf.save(f"letter-{letter.pk}-{made_of[:16]}.pdf", ContentFile(pdf), save=False)
        Letter.objects.filter(pk=letter.pk).update(pdf=letter.pdf.name, pdf_of=made_of)
        result["bytes"] = len(pdf)


def _replace_after_commit(file) -> None:
    """The older print is of no use once the new one is committed; until then it is all there is."""
    if file:
        name, storage = file.name, file.storage
        transaction.on_commit(lambda: storage.delete(name))


def _send_mailing(run, mailing: Mailing) -> dict[str, int]:
    settle_interrupted(mailing.messages.filter(state=states.SENDING))
    _send_all(run, mailing.messages.filter(state=states.QUEUED).order_by("pk"), mailing.messages.count())
    sent = mailing.messages.filter(state=states.SENT).count()
    return {"sent": sent, "not_sent": mailing.messages.count() - sent}


def _send_all(run, waiting: Iterable[Message], total: int = 1) -> None:
    """Send them at the pace of the settings, with progress; NotNow when some must be tried again later."""
    waiting = list(waiting)
    last_chance = run.job.attempts >= run.job.max_attempts
    with Post() as post:
        sender = Sender(post, last_chance=last_chance, a_second=settings.MAIL_A_SECOND)
        for place, message in enumerate(waiting):
            run.progress(total - len(waiting) + place, total, _("Sends e-mail %(done)s of %(total)s"))
            try:
                sender.send(message)
            except errors.MailAway:
                give_up(waiting[place + 1 :] if last_chance else [])
                break
    if sender.problem:
        raise NotNow(sender.problem.text, **sender.problem.values)


def _few(rows: list, size: int) -> Iterator[list]:
    return (rows[start : start + size] for start in range(0, len(rows), size))
