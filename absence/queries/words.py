"""What is wrong with a file and what we doubt in it, in the reader's language."""

from django.utils.translation import get_language, gettext, gettext_noop, ngettext

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
    if ignored.get("reason") == "lone_count":
        return _lone_counts(ignored["count"])
    return gettext(UNCHECKED) if ignored.get("reason") == "difference_unchecked" else ""


def ignored_in_words(batch: ImportBatch) -> list[dict]:
    return [one | {"why": not_read(one)} for one in batch.ignored]


def _lone_counts(n: int) -> str:
    text = ngettext(
        "(%(n)s number in the column stands without the other workdays and is not used; the rate is used as printed)",
        "(%(n)s numbers in the column stand without the other workdays and are not used; the rates are used as "
        "printed)",
        n,
    )
    return text % {"n": n}


def rounding_sentences(facts: dict) -> list[str]:
    """What was changed in numbers that are finer than the portal holds; one sentence for workdays, one for rates."""
    found = facts.get("rounded", {})
    return [words(found[kind]["count"]) % _filled(found[kind]) for kind, words in ROUNDED.items() if kind in found]


def _rounded_days(n: int) -> str:
    return ngettext(
        "%(count)s number of workdays has more than two decimals and is rounded to hundredths of a workday: %(value)s "
        "on row %(row)s, column %(column)s.",
        "%(count)s numbers of workdays have more than two decimals and are rounded to hundredths of a workday, the "
        "first of them %(value)s on row %(row)s, column %(column)s.",
        n,
    )


def _rounded_rates(n: int) -> str:
    return ngettext(
        "%(count)s rate has more than four decimals and is rounded: %(value)s on row %(row)s, column %(column)s.",
        "%(count)s rates have more than four decimals and are rounded, the first of them %(value)s on row %(row)s, "
        "column %(column)s.",
        n,
    )


ROUNDED = {"days": _rounded_days, "rates": _rounded_rates}


def _filled(facts: dict) -> dict[str, str]:
    return shown({name: str(value) for name, value in facts.items()}, get_language() or "nb")


def problem_words(problem: dict) -> dict[str, str]:
    """``{"message", "expected"}`` of something that refuses a file."""
    own = OWN_PROBLEMS.get(problem["code"])
    if own is None:
        return describe(problem, gettext)
    params = {"row": problem["row"] or "–", **problem["params"]}
    values = _filled(params)
    return {"message": gettext(own[0]) % values, "expected": gettext(own[1])}


def suspicion_words(doubt: Suspicion) -> str:
    text = OWN_DOUBTS.get(doubt.code) or TEXTS[doubt.code]
    return gettext(text) % shown(doubt.params, get_language() or "nb")


def errors_in_words(batch: ImportBatch) -> list[dict]:
    return [one | problem_words(one) for one in batch.errors]
