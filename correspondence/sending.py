"""Messages that wait, handed over one after the other: what a job of sending does between its start and its end."""

import time
from collections.abc import Iterable

from jobs.run import patiently

from . import errors, states
from .actions.sending import claim, mark_failed, mark_sent, mark_unsure, mark_waiting
from .models import Message
from .post import Post, email_of


class Sender:
    """Sends over one connection. ``last_chance``: what is not taken now is not tried again, and says so."""

    def __init__(self, post: Post, *, last_chance: bool = False, a_second: float | None = None) -> None:
        self.post, self.last_chance = post, last_chance
        self.pause = 1 / a_second if a_second else 0
        self.problem: errors.MailProblem | None = None
        self._next_at = 0.0

    def send(self, message: Message) -> None:
        """Send a message that waits; raises MailAway, and nothing else that a mail server can do."""
        self._wait_for_turn()
        papers = [(one.name, bytes(one.paper.content), one.mime) for one in message.papers.select_related("paper")]
        try:
            self.post.deliver(email_of(message, papers), lambda: claim(message))
        except errors.Taken:
            return
        except errors.MailAway as problem:
            self._leave(message, problem, errors.GIVEN_UP)
            raise
        except errors.NotYet as problem:
            self._leave(message, problem, errors.NEVER_TAKEN)
        except errors.Refused as problem:
            mark_failed(message, problem.text, **problem.values)
        except errors.Doubtful as problem:
            mark_unsure(message, problem.text)
        else:
            # The server has it: whatever the database is doing, this must be written down.
            patiently(lambda: mark_sent(message))

    def _leave(self, message: Message, problem: errors.MailProblem, given_up) -> None:
        if self.last_chance:
            problem = errors.MailProblem(given_up, **problem.values)
            mark_failed(message, problem.text, **problem.values)
        else:
            mark_waiting(message, problem.text, **problem.values)
        self.problem = problem

    def _wait_for_turn(self) -> None:
        now = time.monotonic()
        if now < self._next_at:
            time.sleep(self._next_at - now)
        self._next_at = max(now, self._next_at) + self.pause


def settle_interrupted(messages: Iterable[Message]) -> None:
    """Those that a worker was handing over when it stopped: whether they went out, nobody here knows."""
    for message in messages:
        if message.state == states.SENDING:
            mark_unsure(message, errors.INTERRUPTED)


def give_up(messages: Iterable[Message]) -> None:
    """The server was away for so long that a person must see to it; what waits says so."""
    for message in messages:
        mark_failed(message, errors.GIVEN_UP)
