"""What can go wrong with a job, as exceptions."""

from typing import Any


class JobFailed(Exception):
    """Raised by a handler that knows trying again would not help.

    `text` is for people: an English msgid (`gettext_lazy` or `gettext_noop`) that says what
    happened and what to do. It is stored untranslated and shown in the reader's language, with
    `values` put into its `%(name)s` places.
    """

    def __init__(self, text: Any, **values: Any) -> None:
        super().__init__(text)
        self.text = text
        self.values = values


class NotNow(Exception):
    """Raised by a handler that needs something outside which is away, and will be back.

    The attempt is made again after the handler's pauses, and the page says `text` meanwhile instead
    of speaking of a fault in the program. `text` and `values` are as in `JobFailed`.
    """

    def __init__(self, text: Any, **values: Any) -> None:
        super().__init__(text)
        self.text = text
        self.values = values


class LeaseLost(Exception):
    """Another worker has the job now, or it was cancelled: nothing of this run may be kept."""


class NotPossible(Exception):
    """What was asked of a job does not fit the state it is in; the text is for people."""
