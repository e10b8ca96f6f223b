"""V6: a total far from the others in its column, judged by median and MAD, which one wrong value cannot hide from."""

from decimal import Decimal

from absence.calculations.checks.context import Figure, Group, History, Spread
from absence.calculations.checks.suspicion import Suspicion, about, number
from absence.calculations.checks.zero import zero
from absence.calculations.rates import rounded

AT_LEAST = 8
FLOOR4 = 4 * 3_000  # 0,3 points


def modified_z(rate: int, column: Spread) -> Decimal:
    """0,6745 · (x − median) / MAD, the MAD at least 0,3 points. Source: Iglewicz and Hoaglin.

    >>> rounded(modified_z(0, Spread(11, 4 * 107_000, 4 * 14_000)))  # Kristiansund's 0,0 among the focus municipalities
    Decimal('-5.2')
    """
    return Decimal("0.6745") * (4 * rate - column.median4) / max(column.mad4, FLOOR4)


def far_from_others(figure: Figure, history: History, group: Group) -> Suspicion | None:
    """abs(modified z) > 3,5 among at least 8 totals: a warning; blocked when the figure is a zero under V1 too."""
    column = group.column
    if not figure.is_total or figure.rate is None or column is None or column.n < AT_LEAST:
        return None
    z = modified_z(figure.rate, column)
    if abs(z) <= Decimal("3.5"):
        return None
    blocking = zero(figure, history, group) is not None
    params = {"median": number((column.median4 + 2) // 4), "z": str(rounded(z)), "n": str(column.n)}
    return about(figure, "V6", "far_from_others", params, blocking=blocking)
