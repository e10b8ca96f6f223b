"""Messages are written at once, in the reader's language, and sent by a job once the caller's transaction commits."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.template import Context
from django.template.loader import get_template
from django.utils import translation

from jobs.actions import ask
from municipalities.models import AuditEvent, User

from .. import states
from ..addresses import address_fault
from ..kinds import kind_of
from ..models import Mailing, Message, MessagePaper, Paper
from ..models.messages import name_of

SUBJECT_LENGTH = 300
CHUNK = 500  # keys asked for at once


@dataclass(frozen=True)
class MessageDraft:
    """One message of many; the fields are those of ``write``."""

    key: str
    to: User | str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    language: str | None = None
    about: models.Model | None = None
    papers: Iterable[tuple[str, bytes, str]] = ()
    reply_to: str = ""


@transaction.atomic
def write(
    key: str,
    *,
    to: User | str,
    template: str,
    context: Mapping[str, Any],
    language: str | None = None,
    about: models.Model | None = None,
    papers: Iterable[tuple[str, bytes, str]] = (),
    reply_to: str = "",
    by: User | None = None,
) -> Message:
    """Write one e-mail and have it sent once the transaction commits; the message.

    ``template`` is ``<room>/email/<name>.txt``: the first line is the subject, the rest after a blank line the text. It
    is rendered now, unescaped, with ``context``, ``reader`` (``to``) and ``base_url``, in the language of the person
    written to, else in ``language``, else in bokmål. ``papers`` are (file name, content, mime).

    A second call with the same ``key`` writes nothing and returns the first message, so a message is sent once however
    often the caller is tried again. An address that cannot be one makes a message that is shown as not sent, with what
    to do, rather than an error in the caller's work.
    """
    draft = MessageDraft(key, to, template, context, language, about, papers, reply_to)
    message = Message.objects.filter(key=key).first()
    if message is not None:
        return message
    values = _values(draft, by)
    message, is_new = Message.objects.get_or_create(key=key, defaults=values)
    if is_new:
        _attach({message.pk: draft.papers})
        AuditEvent.record("correspondence.write", message, by=by, kind=message.kind)
        ask_to_send(message, by=by)
    return message


@transaction.atomic
def write_many(
    drafts: Iterable[MessageDraft], *, title: str, about: models.Model | None = None, by: User | None = None
) -> Mailing:
    """Write to many, up to a thousand, in a constant number of queries; one job sends them at an even pace.

    Drafts whose key is known already are left out. The job goes on where it stopped, also after ``kill -9``.
    """
    mailing = Mailing.objects.create(title=title[:200], about=name_of(about), created_by=by)
    messages = add_to_mailing(mailing, drafts, by=by)
    AuditEvent.record("correspondence.write_many", mailing, by=by, messages=len(messages))
    ask_to_send_mailing(mailing, by=by)
    return mailing


@transaction.atomic
def add_to_mailing(mailing: Mailing, drafts: Iterable[MessageDraft], *, by: User | None) -> dict[str, int]:
    """Write these into the mailing, but those known already; the ids of what was written, by key. Sends nothing."""
    new = _unknown({draft.key: draft for draft in drafts})
    Message.objects.bulk_create(
        [Message(key=key, mailing=mailing, **_values(draft, by)) for key, draft in new.items()], ignore_conflicts=True
    )
    ours = {key: pk for key, pk in mailing.messages.values_list("key", "pk") if key in new}
    _attach({pk: new[key].papers for key, pk in ours.items()})
    return ours


def ask_to_send(message: Message, *, by: User | None) -> None:
    if message.state == states.QUEUED:
        name = name_of(message)
        ask("correspondence.send", subject=name, key=f"correspondence.send:{message.pk}", by=by, message_id=message.pk)


def ask_to_send_mailing(mailing: Mailing, *, by: User | None) -> None:
    key = f"correspondence.send_mailing:{mailing.pk}"
    ask("correspondence.send_mailing", subject=name_of(mailing), key=key, by=by, mailing_id=mailing.pk)


def rendered(template: str, context: Mapping[str, Any], language: str) -> tuple[str, str]:
    """Subject and text of an e-mail in this language; ValueError when the template gives no subject."""
    with translation.override(language):
        text = get_template(template).template.render(Context(dict(context), autoescape=False))
    subject, _, body = text.strip().partition("\n")
    if not subject.strip():
        raise ValueError(f"no subject in {template}")
    body = re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in body.strip().splitlines()))
    return " ".join(subject.split())[:SUBJECT_LENGTH], body + "\n"


def _values(draft: MessageDraft, by: User | None) -> dict[str, Any]:
    reader = draft.to if isinstance(draft.to, User) else None
    address = (reader.email if reader else str(draft.to or "")).strip()
    language = (reader.language if reader else draft.language) or "nb"
    base = {"reader": draft.to, "base_url": settings.BASE_URL.rstrip("/")}
    subject, body = rendered(draft.template, base | dict(draft.context), language)
    fault, values = address_fault(address)
    return {
        "kind": kind_of(draft.template),
        "to": reader,
        "to_email": " ".join(address.split())[:254],
        "reply_to": draft.reply_to,
        "language": language,
        "subject": subject,
        "body": body,
        "about": name_of(draft.about),
        "created_by": by,
        "state": states.FAILED if fault else states.QUEUED,
        "last_error": fault,
        "last_error_values": values,
    }


def _unknown(drafts: dict[str, MessageDraft]) -> dict[str, MessageDraft]:
    keys, known = list(drafts), set()
    for start in range(0, len(keys), CHUNK):
        known |= set(Message.objects.filter(key__in=keys[start : start + CHUNK]).values_list("key", flat=True))
    return {key: draft for key, draft in drafts.items() if key not in known}


def _attach(papers_of: dict[int, Iterable[tuple[str, bytes, str]]]) -> None:
    """Keep the files of the messages with these ids; the same content is kept once."""
    wanted = [
        (pk, position, name, bytes(content), mime, hashlib.sha256(content).hexdigest())
        for pk, papers in papers_of.items()
        for position, (name, content, mime) in enumerate(papers)
    ]
    if not wanted:
        return
    contents = {sha256: content for *_, content, _mime, sha256 in wanted}
    Paper.objects.bulk_create(
        [Paper(sha256=sha256, content=content) for sha256, content in contents.items()], ignore_conflicts=True
    )
    ids = dict(Paper.objects.filter(sha256__in=contents).values_list("sha256", "pk"))
    MessagePaper.objects.bulk_create(
        MessagePaper(
            message_id=pk, paper_id=ids[sha256], position=position, name=file_name(name), mime=mime, size=len(content)
        )
        for pk, position, name, content, mime, sha256 in wanted
    )


def file_name(name: str) -> str:
    """A name that is one on every system, and no more than a name."""
    return re.sub(r'[\x00-\x1f\x7f/\\:*?"<>|]+', "-", name).strip(" .")[:200] or "file"
