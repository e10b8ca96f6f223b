"""V1: a zero that is probably a missing value."""

from absence.calculations.checks.context import Figure, Group, History
from absence.calculations.checks.suspicion import Suspicion, about, number

ABOVE = 20_000  # 2 percent


def zero(figure: Figure, history: History, group: Group) -> Suspicion | None:
    """Rate 0 for a municipality's total, or 0 where the previous figure is above 2 percent: blocked.

    The twelve focus municipalities of the final report: 0,0 for Kristiansund was a blank cell read as a number.
    """
    if figure.rate != 0:
        return None
    previous = history.previous
    if previous and previous.rate > ABOVE:
        before = {"before": number(previous.rate), "before_period": str(previous.period)}
        return about(figure, "V1", "zero_after_figure", before, blocking=True)
    return about(figure, "V1", "zero_total", blocking=True) if figure.is_total else None
