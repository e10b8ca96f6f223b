"""The life of an application: which state follows which, and what one must be allowed to bring it there.

``TRANSITIONS[from][to]`` names the permission; a reversal leads back to where the application came from.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

APPLY, ASSESS, DECIDE = "admission.apply", "admission.assess", "admission.decide"


@dataclass(frozen=True)
class Transition:
    permission: str
    is_reversal: bool = False


applicant, adviser, decider = Transition(APPLY), Transition(ASSESS), Transition(DECIDE)
adviser_back, decider_back = Transition(ASSESS, is_reversal=True), Transition(DECIDE, is_reversal=True)

TRANSITIONS: dict[str, dict[str, Transition]] = {
    "draft": {"submitted": applicant},
    "submitted": {"more_asked": adviser, "assessed": adviser, "withdrawn": applicant},
    "more_asked": {
        "resubmitted": applicant,
        "withdrawn": applicant,
        "submitted": adviser_back,
        "assessed": adviser_back,
    },
    "resubmitted": {"more_asked": adviser, "assessed": adviser, "withdrawn": applicant},
    "assessed": {
        "recommended": adviser,
        "more_asked": adviser,
        "withdrawn": applicant,
        "submitted": adviser_back,
        "resubmitted": adviser_back,
    },
    "recommended": {"admitted": decider, "declined": decider, "withdrawn": applicant, "assessed": adviser_back},
    "admitted": {"recommended": decider_back},
    "declined": {"recommended": decider_back},
    "withdrawn": {
        "submitted": adviser_back,
        "more_asked": adviser_back,
        "resubmitted": adviser_back,
        "assessed": adviser_back,
        "recommended": adviser_back,
    },
}
STATES = tuple(TRANSITIONS)
ANSWER_DAYS = 14  # how long an applicant is given to add what was asked for, unless the adviser says otherwise
# The applicant may write in these; in all others the text stands as it was sent in.
WRITABLE = frozenset({"draft", "more_asked"})
# The secretariat's work is not over.
IN_HAND = frozenset({"submitted", "more_asked", "resubmitted", "assessed", "recommended"})
DECIDED = frozenset({"admitted", "declined"})
# What an applicant sees of a decision it has not been told of: the same as while the committee has yet to meet.
BEFORE_TOLD = "recommended"


def state_to_applicant(state: str, told_at: object) -> str:
    """The state as the applicant may know it. This is the one place for the rule: the letter tells the outcome.

    A decision is recorded when the committee has met, its letters are read through and sent days later. Nobody shall
    learn from a label, a colour or a list what the letter is to say.
    """
    return BEFORE_TOLD if state in DECIDED and not told_at else state


def are_told(steps: Iterable[tuple[str, str, object]]) -> list[bool]:
    """Of each step, oldest first, as (from, to, when told): whether the applicant is shown it.

    A decision is, when it has been told; that it was taken back is, when the decision had been.
    """
    found, was_told = [], False
    for before, after, told_at in steps:
        if after in DECIDED:
            was_told = bool(told_at)
        found.append(was_told if DECIDED & {before, after} else True)
    return found


def allowed(from_state: str, to_state: str, permissions: Collection[str]) -> bool:
    """Whether one with these permissions may bring an application from the one state to the other."""
    found = TRANSITIONS[from_state].get(to_state)
    return found is not None and found.permission in permissions


def next_states(state: str, permissions: Collection[str]) -> list[str]:
    """Where one may bring it, forward only; the way back is ``way_back``."""
    return [to for to, one in TRANSITIONS[state].items() if not one.is_reversal and one.permission in permissions]


def way_back(state: str, steps: Iterable[tuple[str, str]]) -> str | None:
    """The state a reversal leads to: the one it came from when it last came here. ``steps``: (from, to), oldest first.

    None where it cannot go back: a draft, or something that was sent in once and no more.
    """
    came_from = next((before for before, after in reversed(list(steps)) if after == state), "")
    found = TRANSITIONS[state].get(came_from)
    return came_from if found and found.is_reversal else None
