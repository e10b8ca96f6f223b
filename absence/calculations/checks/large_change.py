"""V7: a change over a year that is large, also for this unit."""

from absence.calculations.checks.context import Figure, Group, History, spread
from absence.calculations.checks.suspicion import Suspicion, about, number

AT_LEAST = 20_000  # 2,0 points
ENOUGH = 5  # own earlier changes, before their spread says anything


def beyond_own(change: int, changes: tuple[int, ...]) -> bool:
    """Whether abs(change) ≥ 3 · robust sd of the unit's own earlier changes; robust sd = 1,4826 · MAD.

    >>> beyond_own(25_000, (10_000, -10_000, 0, 10_000, -10_000)), beyond_own(25_000, (0, 0, 0, 0, 9_000))
    (False, True)
    """
    own = spread(changes) if len(changes) >= ENOUGH else None
    return own is None or 40_000 * abs(change) >= 3 * 14_826 * own.mad4


def large_change(figure: Figure, history: History, group: Group) -> Suspicion | None:
    """A change against the same quarter last year (or the last window that does not overlap) at or over it: a warning.

    At 2,0 points none of the 27 ordinary changes of the focus municipalities is flagged; at 1,5 five would be.
    """
    before = history.year_before
    if not figure.is_total or figure.rate is None or before is None:
        return None
    change = figure.rate - before.rate
    if abs(change) < AT_LEAST or not beyond_own(change, history.changes_before):
        return None
    params = {"before": number(before.rate), "before_period": str(before.period), "change": number(change)}
    return about(figure, "V7", "large_change", params)
