"""What is wrong with a file and what we doubt in it, in the reader's language."""

from django.utils.translation import get_language, gettext, gettext_noop

from ..calculations.messages import TEXTS, shown
from ..models import ImportBatch, Suspicion
from ..reading.messages import describe

# What the store itself finds, beside what the reader and the checks find.
OWN_PROBLEMS = {
    "same_vintage": (
        gettext_noop(
            "%(n)s figures for %(period)s, the first of them on row %(row)s, are released already from the file "
            "“%(file)s”, with the same source and the same vintage (%(vintage)s). Nothing was saved."
        ),
        gettext_noop("The date on which this file was taken out of the source, if it is a newer one."),
    ),
    "known_file": (
        gettext_noop("This file is read in already, as “%(file)s” (import %(import)s). Nothing would change."),
        gettext_noop("Another file. The same bytes are not read in twice."),
    ),
}
UNCHECKED = gettext_noop("(not checked: it is not clear which rows this is the difference of)")
OWN_DOUBTS = {
    "rate_differs": gettext_noop("The file prints %(value)s percent, but its own workdays give %(computed)s."),
    "negative_number": gettext_noop("%(value)s is below zero."),
    "number_set_aside": gettext_noop("The number %(value)s stood beside a mark (.. . or -). The mark stands."),
}


def not_read(ignored: dict) -> str:
    """Why it was not read, where the row itself does not say it."""
    return gettext(UNCHECKED) if ignored.get("reason") == "difference_unchecked" else ""


def problem_words(problem: dict) -> dict[str, str]:
    """``{"message", "expected"}`` of something that refuses a file."""
    own = OWN_PROBLEMS.get(problem["code"])
    if own is None:
        return describe(problem, gettext)
    params = {"row": problem["row"] or "–", **problem["params"]}
    values = shown({name: str(value) for name, value in params.items()}, get_language() or "nb")
    return {"message": gettext(own[0]) % values, "expected": gettext(own[1])}


def suspicion_words(doubt: Suspicion) -> str:
    text = OWN_DOUBTS.get(doubt.code) or TEXTS[doubt.code]
    return gettext(text) % shown(doubt.params, get_language() or "nb")


def errors_in_words(batch: ImportBatch) -> list[dict]:
    return [one | problem_words(one) for one in batch.errors]
