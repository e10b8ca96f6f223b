"""The life of a meeting: one table of states, what can be done in each, and where that leads."""

PLANNED, CALLED, HELD, APPROVED, CANCELLED = "planned", "called", "held", "approved", "cancelled"

TRANSITIONS: dict[str, dict[str, str]] = {
    PLANNED: {"call": CALLED, "hold": HELD, "cancel": CANCELLED},
    CALLED: {"hold": HELD, "cancel": CANCELLED, "take_back_call": PLANNED},
    HELD: {"approve": APPROVED, "take_back_holding": CALLED},
    APPROVED: {"reopen": HELD},
    CANCELLED: {"restore": PLANNED},
}

# The agenda is open for changes until the meeting has been held, decisions and minutes until they are approved.
AGENDA_OPEN = frozenset({PLANNED, CALLED})
MINUTES_OPEN = frozenset({CALLED, HELD, PLANNED})


def acts_in(state: str) -> tuple[str, ...]:
    return tuple(TRANSITIONS[state])


def after(state: str, act: str) -> str | None:
    """The state that the act leads to, or None where it cannot be done."""
    return TRANSITIONS[state].get(act)
