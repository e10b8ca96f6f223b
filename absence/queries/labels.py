"""The identifiers of figures, checks and marks, in words for people."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from ..calculations.dimensions import ALL, TOTAL

SECTORS = {
    "all": noop("all sectors"),
    "teaching": noop("teaching"),
    "kindergarten": noop("kindergartens"),
    "health_care": noop("health and care"),
    "technical": noop("transport and technical services"),
    "administration": noop("administration"),
    "other": noop("other sectors"),
}
SEXES = {"all": noop("both sexes"), "women": noop("women"), "men": noop("men")}
ABSENCE_TYPES = {
    "total": noop("all absence"),
    "self_certified": noop("self-certified"),
    "doctor_certified": noop("doctor-certified"),
    "employer_period": noop("the employer’s period"),
}
MARKS = {
    "suppressed": noop("suppressed by the source"),
    "missing": noop("missing"),
    "not_possible": noop("not possible"),
    "nil": noop("nil"),
}
RULES = {
    "V1": noop("A zero that is probably missing"),
    "V2": noop("Outside what a municipality can have"),
    "V3": noop("Outside what has been seen"),
    "V4": noop("A lost decimal comma?"),
    "V5": noop("Parts that do not fit the total"),
    "V6": noop("Far from the others"),
    "V7": noop("A large change"),
    "V8": noop("Carries the change of its group"),
    "V9": noop("Revised since the vintage before"),
    "V10": noop("Possible workdays that jump"),
    "V11": noop("A printed mean or total that differs"),
    "V12": noop("Not the same municipalities"),
    "rate_differs": noop("A rate that its own workdays do not give"),
    "negative_number": noop("A number below zero"),
}
COLUMNS = {
    "mean_rate": noop("Mean absence, percent"),
    "mean_size": noop("Mean size, inhabitants"),
    "change": noop("Change, percentage points"),
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
