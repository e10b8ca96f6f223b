"""The life of an edition: one table of states, transitions and who may make them."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

DRAFT, REVIEW, APPROVED, PUBLISHED = "draft", "review", "approved", "published"

STATES = [
    (DRAFT, _("draft")),
    (REVIEW, _("in review")),
    (APPROVED, _("approved")),
    (PUBLISHED, _("published")),
]


@dataclass(frozen=True)
class Transition:
    to: str
    permission: str


# From a state, by the name of the act. A published edition is never taken back: a new edition replaces it.
TRANSITIONS: dict[str, dict[str, Transition]] = {
    DRAFT: {"submit": Transition(REVIEW, "reporting.edit")},
    REVIEW: {
        "return": Transition(DRAFT, "reporting.edit"),
        "approve": Transition(APPROVED, "reporting.approve"),
    },
    APPROVED: {
        "return": Transition(DRAFT, "reporting.approve"),
        "publish": Transition(PUBLISHED, "reporting.publish"),
    },
    PUBLISHED: {},
}
EDITABLE = frozenset({DRAFT, REVIEW})


def transition(state: str, act: str) -> Transition | None:
    """Where the act leads from this state, or None where it leads nowhere."""
    return TRANSITIONS[state].get(act)
