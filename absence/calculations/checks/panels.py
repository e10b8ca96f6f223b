"""Matched panels of groups, kept as sums, for the checks that look at a group's change or revision."""

from collections.abc import Iterable, Mapping

from absence.calculations.checks.context import GroupRevision, Known, Panel
from absence.calculations.columns import RATE_SCALE
from absence.calculations.groups import Weighting
from absence.calculations.periods import Period

# 100 · lost / possible in ten-thousandths of a percent is this many times lost / possible.
_PER_DAY = 100 * RATE_SCALE

Totals = Mapping[str, Known]


def panel(name: str, members: Iterable[str], before: Totals, after: Totals) -> Panel | None:
    """The members with a figure in both; None without any. A zero is no figure here: V1 holds it.

    Weighted by workdays when every member has them in both, else the simple mean.
    """
    units = [unit for unit in sorted(members) if _counts(before.get(unit)) and _counts(after.get(unit))]
    if not units:
        return None
    pairs = [(before[unit], after[unit]) for unit in units]
    weighted = all(one.lost is not None and one.possible for pair in pairs for one in pair)
    terms = [(*_term(old, weighted), *_term(new, weighted)) for old, new in pairs]
    weighting = Weighting.WEIGHTED_DAYS if weighted else Weighting.SIMPLE_MEAN
    a, b, c, d = (sum(column) for column in zip(*terms, strict=True))
    return Panel(name, weighting, dict(zip(units, terms, strict=True)), (a, b, c, d))


def revision(name: str, period: Period, members: Iterable[str], before: Totals, after: Totals) -> GroupRevision | None:
    """The group's rate in two vintages of the same period, on the members that have both."""
    both = panel(name, members, before, after)
    if both is None:
        return None
    old, old_weight, new, new_weight = both.sums
    return GroupRevision(name, period, _half_up(old, old_weight), _half_up(new, new_weight))


def _counts(known: Known | None) -> bool:
    return known is not None and known.rate > 0


def _term(known: Known, weighted: bool) -> tuple[int, int]:
    return (_PER_DAY * (known.lost or 0), known.possible or 0) if weighted else (known.rate, 1)


def _half_up(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)
