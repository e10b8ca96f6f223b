"""The life of a message: one table of states and where each may lead."""

from django.utils.translation import pgettext_lazy

QUEUED, SENDING, SENT, FAILED, UNSURE = "queued", "sending", "sent", "failed", "unsure"

STATES = [
    (QUEUED, pgettext_lazy("message", "waits to be sent")),
    (SENDING, pgettext_lazy("message", "being handed over")),
    (SENT, pgettext_lazy("message", "sent")),
    (FAILED, pgettext_lazy("message", "not sent")),
    (UNSURE, pgettext_lazy("message", "unsure")),
]
# What waits for a person, as a filter over the list.
TROUBLE = "trouble"
COLORS = {QUEUED: "neutral", SENDING: "info", SENT: "success", FAILED: "danger", UNSURE: "warning"}

# Only a person leads a message out of «not sent» and «unsure»; the worker makes the other steps.
TRANSITIONS: dict[str, frozenset[str]] = {
    QUEUED: frozenset({SENDING, FAILED}),
    SENDING: frozenset({SENT, UNSURE, FAILED, QUEUED}),
    UNSURE: frozenset({SENT, QUEUED}),
    FAILED: frozenset({QUEUED}),
    SENT: frozenset(),
}


def leading_to(state: str) -> list[str]:
    """The states that may become this one."""
    return [before for before, after in TRANSITIONS.items() if state in after]
