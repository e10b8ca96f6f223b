"""The door to the mail server: one connection, messages handed over one at a time.

SMTP hands a message over with its last line, a lone dot. Until that dot the server has nothing, and after its answer it
has everything. ``Post.deliver`` therefore sends all but the dot, calls ``claim()`` (which says in the database that the
message is being handed over), and only then sends the dot. So a crash before the claim is no sending, a crash after the
server's yes has been noted is a sending, and only a crash between claim and note leaves doubt. Less doubt SMTP does not
allow.
"""

import hashlib
import re
import smtplib
from collections.abc import Callable
from email.charset import QP, Charset
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

from correspondence.errors import AWAY, NOT_YET, REFUSED, REFUSED_TEXT, SILENCE, Doubtful, MailAway, NotYet, Refused

REPLY_LENGTH = 200
OURS_TO_MEND = {421, 530, 534, 535, 538}  # the server wants something of us, whoever the receiver is
_PLAIN = Charset("utf-8")  # seven bits on the way, so that no server on it can spoil æ, ø and å
_PLAIN.body_encoding = QP


def email_of(message, papers=()) -> EmailMessage:
    """The message as it leaves: plain text, with ``papers`` as (name, content, mime)."""
    email = EmailMessage(
        subject=message.subject,
        body=message.body,
        to=[message.to_email],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers={
            "Message-ID": message_id(message.key),
            "Auto-Submitted": "auto-generated",
            "Content-Language": message.language,
        },
        attachments=list(papers),
    )
    email.encoding = _PLAIN
    return email


def message_id(key: str) -> str:
    """The same for the same key, so that a receiver who gets a message twice can see that it is one."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"


class Post:
    """A connection that is opened when first needed and closed at the end: ``with Post() as post: post.deliver(…)``."""

    def __init__(self) -> None:
        self.backend = get_connection()

    def __enter__(self) -> "Post":
        return self

    def __exit__(self, *_) -> None:
        self._close()

    def deliver(self, email: EmailMessage, claim: Callable[[], None]) -> None:
        """Hand one message over; returns when the server has said yes. ``claim`` is called before it can be taken.

        Raises MailAway, NotYet or Refused when nothing was sent, and Doubtful when nobody can know.
        """
        if not isinstance(self.backend, EmailBackend):  # to the console, a file or a test's outbox
            claim()
            self.backend.send_messages([email])
            return
        smtp = self._open()
        self._offer(smtp, email)
        try:
            claim()
        except BaseException:
            self._hang_up()  # without the dot, the server forgets what it was told
            raise
        self._hand_over(smtp)

    def _open(self) -> smtplib.SMTP:
        try:
            self.backend.open()
            smtp = self.backend.connection
            smtp.ehlo_or_helo_if_needed()
        except OSError:  # also whatever SMTP calls an error
            self._hang_up()
            raise MailAway(AWAY) from None
        return smtp

    def _offer(self, smtp: smtplib.SMTP, email: EmailMessage) -> None:
        """Everything but the last dot."""
        sender = sanitize_address(email.from_email, "utf-8")
        receiver = sanitize_address(email.to[0], "utf-8")
        content = email.message().as_bytes(linesep="\r\n")
        try:
            self._accepted(smtp.mail(parseaddr(sender)[1]), 250, None)
            self._accepted(smtp.rcpt(parseaddr(receiver)[1]), (250, 251), REFUSED)
            self._accepted(smtp.docmd("DATA"), 354, REFUSED_TEXT)
            smtp.send(_dotted(content))
        except OSError:
            self._hang_up()
            raise MailAway(AWAY) from None

    def _hand_over(self, smtp: smtplib.SMTP) -> None:
        try:
            smtp.send(b".\r\n")
            answer = smtp.getreply()
        except OSError:
            self._hang_up()
            raise Doubtful(SILENCE) from None
        self._accepted(answer, 250, REFUSED_TEXT)

    def _accepted(self, answer: tuple[int, bytes], wanted: int | tuple[int, ...], refusal) -> None:
        code, words = answer
        if code == wanted or (isinstance(wanted, tuple) and code in wanted):
            return
        reply = f"{code} {words.decode(errors='replace')}".replace("\n", " ")[:REPLY_LENGTH]
        self._hang_up()
        if refusal is None or code in OURS_TO_MEND or code < 400:
            raise MailAway(AWAY)
        raise Refused(refusal, reply=reply) if code >= 500 else NotYet(NOT_YET, reply=reply)

    def _close(self) -> None:
        try:
            self.backend.close()
        except OSError:
            self._hang_up()

    def _hang_up(self) -> None:
        """Let go without a word; the next message gets a new connection."""
        if isinstance(self.backend, EmailBackend) and self.backend.connection is not None:
            self.backend.connection.close()
            self.backend.connection = None


def _dotted(content: bytes) -> bytes:
    """Lines that begin with a dot get another, and the last line ends."""
    doubled = re.sub(rb"(?m)^\.", b"..", content)
    return doubled if doubled.endswith(b"\r\n") else doubled + b"\r\n"
