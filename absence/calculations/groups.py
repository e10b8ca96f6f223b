"""The figure of a group of municipalities: weighted by workdays, or the plain mean; always said which, with n."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from absence.calculations.rates import Absence, summed

# unit → its figure in one period; a unit without a figure is None or absent.
Figures = Mapping[str, Absence | None]


class Weighting(StrEnum):
    """How a group's figure is made from its units'."""

    WEIGHTED_DAYS = "weighted_days"  # 100 · ΣL / ΣP: every workday counts the same
    SIMPLE_MEAN = "simple_mean"  # the mean of the rates: every unit counts the same


@dataclass(frozen=True)
class GroupValue:
    """``rate`` in percent, unrounded; None when no unit reports. ``n_reporting`` units of ``n_total`` are in it."""

    rate: Decimal | None
    weighting: Weighting
    n_reporting: int
    n_total: int


def usable(figure: Absence | None, weighting: Weighting) -> bool:
    """Whether the figure may enter: a rate without workdays never enters a weighted one."""
    return figure is not None and not (weighting == Weighting.WEIGHTED_DAYS and figure.rate_only)


def group_value(figures: Figures, members: Iterable[str], weighting: Weighting) -> GroupValue:
    """The group's figure from the members that have a usable one.

    >>> figures = {"0101": Absence.from_days(500, 5000), "0104": Absence.from_days(56, 800)}
    >>> round(group_value(figures, figures, Weighting.WEIGHTED_DAYS).rate, 1)
    Decimal('9.6')
    >>> group_value(figures, figures, Weighting.SIMPLE_MEAN).rate
    Decimal('8.5')
    """
    units = set(members)
    entering = [one for unit in sorted(units) if usable(one := figures.get(unit), weighting)]
    return GroupValue(_rate(entering, weighting), weighting, len(entering), len(units))


def _rate(figures: list, weighting: Weighting) -> Decimal | None:
    if not figures:
        return None
    if weighting == Weighting.SIMPLE_MEAN:
        return sum((figure.rate for figure in figures), Decimal(0)) / len(figures)
    whole = summed(figures)
    return whole.rate if whole else None
