"""V10: possible workdays that jump: a merger, a change of payroll system, a part that is missing?"""

from decimal import Decimal

from absence.calculations.checks.context import Figure, Group, History
from absence.calculations.checks.suspicion import Suspicion, about
from absence.calculations.rates import rounded

PERCENT = 15


def workdays_jump(figure: Figure, history: History, group: Group) -> Suspicion | None:
    """A municipality's possible workdays more than 15 percent from those of the period before: a warning."""
    previous = history.previous
    if not figure.is_total or figure.rate is None or not figure.possible or not previous or not previous.possible:
        return None
    change = figure.possible - previous.possible
    if 100 * abs(change) <= PERCENT * previous.possible:
        return None
    relative = rounded(Decimal(100 * change) / previous.possible)
    return about(figure, "V10", "workdays_jump", {"change": str(relative), "before_period": str(previous.period)})
