"""V2 and V3: totals outside what a municipality can have, and outside what has been seen."""

from absence.calculations.checks.context import Figure, Group, History
from absence.calculations.checks.suspicion import Suspicion, about, number

POSSIBLE = (20_000, 200_000)  # [2; 20] percent
SEEN = (31_000, 159_000)  # [3,1; 15,9] percent


def impossible(figure: Figure, history: History, group: Group) -> Suspicion | None:
    """V2: a municipality's total outside [2; 20] percent: blocked."""
    return _outside(figure, POSSIBLE, "V2", "impossible", blocking=True)


def unusual(figure: Figure, history: History, group: Group) -> Suspicion | None:
    """V3: a municipality's total outside [3,1; 15,9] percent, the range seen among municipalities: a warning."""
    return _outside(figure, SEEN, "V3", "unusual", blocking=False)


def _outside(figure: Figure, limits: tuple[int, int], rule: str, code: str, *, blocking: bool) -> Suspicion | None:
    low, high = limits
    if not figure.is_total or figure.rate is None or low <= figure.rate <= high:
        return None
    return about(figure, rule, code, {"low": number(low), "high": number(high)}, blocking=blocking)
