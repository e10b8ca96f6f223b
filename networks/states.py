"""The life of a visit: one table of states, transitions and who may make them."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PLANNED, MADE, WRITTEN_UP, CANCELLED = "planned", "made", "written_up", "cancelled"

# To the secretariat.
STATES = [
    (PLANNED, pgettext_lazy("visit", "planned")),
    (MADE, pgettext_lazy("visit", "made, not written up")),
    (WRITTEN_UP, pgettext_lazy("visit", "written up")),
    (CANCELLED, pgettext_lazy("visit", "cancelled")),
]
# To the municipality, which sees visits whose note has been shared with it.
PUBLIC_STATES = {
    PLANNED: pgettext_lazy("visit", "planned"),
    MADE: _("the note is being corrected"),
    WRITTEN_UP: _("the note is ready"),
    CANCELLED: pgettext_lazy("visit", "cancelled"),
}


@dataclass(frozen=True)
class Transition:
    to: str
    permission: str


# From a state, by the name of the act. Nothing is lost on the way back: the text stays.
TRANSITIONS: dict[str, dict[str, Transition]] = {
    PLANNED: {
        "make": Transition(MADE, "follow_up.edit"),
        "cancel": Transition(CANCELLED, "follow_up.edit"),
    },
    MADE: {
        "write_up": Transition(WRITTEN_UP, "follow_up.edit"),
        "not_made": Transition(PLANNED, "follow_up.edit"),
    },
    WRITTEN_UP: {"reopen": Transition(MADE, "follow_up.edit")},
    CANCELLED: {"plan_again": Transition(PLANNED, "follow_up.edit")},
}


def transition(state: str, act: str) -> Transition | None:
    """Where the act leads from this state, or None where it leads nowhere."""
    return TRANSITIONS[state].get(act)
