"""V7: a change over a year that is large, also for this unit."""

from absence.calculations.checks.context import Figure, Group, History, spread
from absence.calculations.checks.suspicion import Suspicion, about, number

AT_LEAST = 20_000  # 2,0 points
ENOUGH = 5  # own earlier changes, before their spread says anything


def threshold4(changes: tuple[int, ...]) -> int:
    """max(2,0; 3 · own robust sd) points, in quarters of a ten-thousandth; robust sd = 1,4826 · MAD.

    >>> threshold4((1_000, -1_000, 0)) == 4 * 20_000
    True
    """
    own = spread(changes) if len(changes) >= ENOUGH else None
    return max(4 * AT_LEAST, -(-3 * 14_826 * own.mad4 // 10_000) if own else 0)


def large_change(figure: Figure, history: History, group: Group) -> Suspicion | None:
    """A change against the same quarter last year (or the last window that does not overlap) at or over it: a warning.

    At 2,0 points none of the 27 ordinary changes of the focus municipalities is flagged; at 1,5 five would be.
    """
    before = history.year_before
    if not figure.is_total or figure.rate is None or before is None:
        return None
    change = figure.rate - before.rate
    if 4 * abs(change) < threshold4(history.changes_before):
        return None
    params = {"before": number(before.rate), "before_period": str(before.period), "change": number(change)}
    return about(figure, "V7", "large_change", **params)
