"""What can go wrong with what is sent, as exceptions and as words for people."""

from typing import Any

from django.utils.translation import gettext_lazy as _

NO_ADDRESS = _("There is no e-mail address. Write one below and send again.")
BAD_ADDRESS = _("«%(address)s» is not an e-mail address. Correct it below and send again.")
AWAY = _("The mail server does not answer. It is tried again until it does.")
GIVEN_UP = _("The mail server has not answered for a week. See that it runs, then send again.")
NOT_YET = _("The receiver's mail server asks us to wait («%(reply)s»). It is tried again.")
NEVER_TAKEN = _(
    "The receiver's mail server asked us to wait for a week («%(reply)s»). Ask the receiver, then send again."
)
REFUSED = _("The receiver's mail server refuses the address («%(reply)s»). Correct it below and send again.")
REFUSED_TEXT = _("The receiver's mail server refuses the message («%(reply)s»). Ask the receiver why, then send again.")
INTERRUPTED = _(
    "The work was interrupted in the moment the message was handed over, so it is not known whether it went out. "
    "Ask the receiver. Then confirm that it arrived, or send it again."
)
SILENCE = _(
    "The mail server was given the whole message and never answered, so it is not known whether it went out. "
    "Ask the receiver. Then confirm that it arrived, or send it again."
)


class NotPossible(Exception):
    """What was asked for does not fit the state of things; the text is for people and says what to do."""


class Taken(Exception):
    """The message is no longer waiting: somebody else has it, or had it."""


class MailProblem(Exception):
    """The mail server said no, or nothing; ``text`` is an English msgid with ``values``."""

    def __init__(self, text: Any, **values: Any) -> None:
        super().__init__(text)
        self.text, self.values = text, values


class MailAway(MailProblem):
    """The mail server takes nothing from us now: nothing was sent, and nothing else would be."""


class NotYet(MailProblem):
    """This message was not taken now, but may be later."""


class Refused(MailProblem):
    """This message is refused for good; nothing was sent."""


class Doubtful(MailProblem):
    """The message was handed over whole, and the answer never came."""
