"""V9: a new vintage that changes what was known; it needs a note."""

from absence.calculations.checks.context import Figure, Group, GroupRevision, History
from absence.calculations.checks.suspicion import Scope, Suspicion, about, number

MUNICIPALITY = 3_000  # 0,3 points
GROUP = 1_000  # 0,1 points


def revised(figure: Figure, history: History, group: Group) -> Suspicion | None:
    """A municipality's total moved by 0,3 points or more since the vintage before: a note is required."""
    before = history.revised
    if not figure.is_total or figure.rate is None or before is None:
        return None
    change = figure.rate - before.rate
    if abs(change) < MUNICIPALITY:
        return None
    params = {"before": number(before.rate), "change": number(change)}
    return about(figure, "V9", "revised", params, note_required=True)


def group_revised(figure: GroupRevision, history: History, group: Group) -> Suspicion | None:
    """A group's rate moved by 0,1 points or more since the vintage before: a note is required."""
    change = figure.after - figure.before
    if abs(change) < GROUP:
        return None
    return Suspicion(
        rule="V9",
        code="group_revised",
        period=figure.period,
        value=figure.after,
        params={
            "group": figure.name,
            "value": number(figure.after),
            "before": number(figure.before),
            "change": number(change),
        },
        scope=Scope.GROUP,
        group=figure.name,
        note_required=True,
    )
