"""The identifiers of figures, checks and marks, in words for people."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ..calculations.dimensions import ALL, TOTAL

SECTORS = {
    "all": gettext_noop("all sectors"),
    "teaching": gettext_noop("teaching"),
    "kindergarten": gettext_noop("kindergartens"),
    "health_care": gettext_noop("health and care"),
    "technical": gettext_noop("transport and technical services"),
    "administration": gettext_noop("administration"),
    "other": gettext_noop("other sectors"),
}
SEXES = {"all": gettext_noop("both sexes"), "women": gettext_noop("women"), "men": gettext_noop("men")}
ABSENCE_TYPES = {
    "total": gettext_noop("all absence"),
    "self_certified": gettext_noop("self-certified"),
    "doctor_certified": gettext_noop("doctor-certified"),
    "employer_period": gettext_noop("the employer’s period"),
}
MARKS = {
    "suppressed": gettext_noop("suppressed by the source"),
    "missing": gettext_noop("missing"),
    "not_possible": gettext_noop("not possible"),
    "nil": gettext_noop("nil"),
}
RULES = {
    "V1": gettext_noop("A zero that is probably missing"),
    "V2": gettext_noop("Outside what a municipality can have"),
    "V3": gettext_noop("Outside what has been seen"),
    "V4": gettext_noop("A lost decimal comma?"),
    "V5": gettext_noop("Parts that do not fit the total"),
    "V6": gettext_noop("Far from the others"),
    "V7": gettext_noop("A large change"),
    "V8": gettext_noop("Carries the change of its group"),
    "V9": gettext_noop("Revised since the vintage before"),
    "V10": gettext_noop("Possible workdays that jump"),
    "V11": gettext_noop("A printed mean or total that differs"),
    "V12": gettext_noop("Not the same municipalities"),
    "rate_differs": gettext_noop("A rate that its own workdays do not give"),
    "negative_number": gettext_noop("A number below zero"),
    "number_set_aside": gettext_noop("A number beside a mark"),
}
COLUMNS = {
    "mean_rate": gettext_noop("Mean absence, percent"),
    "mean_size": gettext_noop("Mean size, inhabitants"),
    "change": gettext_noop("Change, percentage points"),
}


def rule_label(rule: str) -> str:
    return _(RULES[rule]) if rule in RULES else rule


def rule_order(rule: str) -> int:
    """V1 before V2 before V10."""
    return list(RULES).index(rule) if rule in RULES else len(RULES)


def mark_label(mark: str | None) -> str:
    return _(MARKS[mark]) if mark in MARKS else ""


def slice_label(sector: str, sex: str, absence_type: str) -> str:
    """The part of the staff and of the absence; empty for the whole."""
    parts = []
    if sector != ALL:
        parts.append(_(SECTORS[sector]))
    if sex != ALL:
        parts.append(_(SEXES[sex]))
    if absence_type != TOTAL:
        parts.append(_(ABSENCE_TYPES[absence_type]))
    return ", ".join(parts)
