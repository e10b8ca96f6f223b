"""The jobs of this room: a mail server that is away is waited for, for a week."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from jobs.errors import NotNow
from jobs.registry import handler

from . import errors, states
from .models import Mailing, Message
from .post import Post
from .sending import Sender, give_up, settle_interrupted

PAUSES = (15, 60, 300, 900, 1800, 3600)  # seconds; then once an hour
A_WEEK = len(PAUSES) + 7 * 24


@handler(
    "correspondence.send",
    title=_("Send an e-mail"),
    page="correspondence:message",
    pauses=PAUSES,
    max_attempts=A_WEEK,
)
def send(run, *, message_id: int):
    """Send one message once; see ``correspondence.post`` for how far SMTP allows that."""
    message = Message.objects.get(pk=message_id)
    settle_interrupted([message])
    if message.state == states.QUEUED:
        _send_all(run, [message])
    message.refresh_from_db()
    return {"state": message.state}


@handler(
    "correspondence.send_mailing",
    title=_("Send an e-mail to many"),
    pauses=PAUSES,
    max_attempts=A_WEEK,
    seconds=4 * 3600,
)
def send_mailing(run, *, mailing_id: int):
    """Send what still waits of a mailing; one that is interrupted goes on where it stopped."""
    mailing = Mailing.objects.get(pk=mailing_id)
    settle_interrupted(mailing.messages.filter(state=states.SENDING))
    _send_all(run, mailing.messages.filter(state=states.QUEUED).order_by("pk"), mailing.messages.count())
    return {
        "sent": mailing.messages.filter(state=states.SENT).count(),
        "not_sent": mailing.messages.exclude(state=states.SENT).count(),
    }


def _send_all(run, waiting, total: int = 1) -> None:
    """Send them at the pace of the settings, with progress; NotNow when some must be tried again later."""
    waiting = list(waiting)
    done = total - len(waiting)
    last_chance = run.job.attempts >= run.job.max_attempts
    with Post() as post:
        sender = Sender(post, last_chance=last_chance, a_second=settings.MAIL_A_SECOND)
        try:
            for message in waiting:
                run.progress(done, total, _("Sends e-mail %(done)s of %(total)s"))
                sender.send(message)
                done += 1
        except errors.MailAway:
            if last_chance:
                give_up(waiting[waiting.index(message) :])
    if sender.problem:
        raise NotNow(sender.problem.text, **sender.problem.values)
