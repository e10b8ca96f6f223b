"""Comparisons between periods and between groups: matched panels, changes, leave-one-out, size bands.

The wording that goes with them stays cautious: an association is not a cause.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from absence.calculations.groups import Figures, GroupValue, Weighting, group_value, usable
from absence.calculations.periods import Period
from absence.calculations.rates import points

# period → unit → figure.
Table = Mapping[Period, Figures]


@dataclass(frozen=True)
class Change:
    """A group's change between two periods, on the units that have a figure in both (``panel``)."""

    before: GroupValue
    after: GroupValue
    panel: tuple[str, ...]

    @property
    def points(self) -> Decimal | None:
        """Percentage points, from the unrounded figures."""
        return points(self.before.rate, self.after.rate)


@dataclass(frozen=True)
class Without:
    """The group's change with and without one unit."""

    unit: str
    whole: Change
    rest: Change

    @property
    def moved(self) -> Decimal | None:
        """How far the change moves, in points, when the unit is left out."""
        return points(self.whole.points, self.rest.points)


@dataclass(frozen=True)
class Band:
    """Participants of like size: mean rate (percent, simple mean) and mean size (inhabitants)."""

    units: tuple[str, ...]
    value: GroupValue
    mean_size: Decimal | None


def matched_panel(
    table: Table, periods: Iterable[Period], members: Iterable[str], weighting: Weighting
) -> tuple[str, ...]:
    """The members with a usable figure in every one of the periods, in order."""
    columns = [table.get(period, {}) for period in periods]
    return tuple(
        unit for unit in sorted(set(members)) if all(usable(column.get(unit), weighting) for column in columns)
    )


def panel_values(
    table: Table, periods: Iterable[Period], members: Iterable[str], weighting: Weighting
) -> dict[Period, GroupValue]:
    """The group's figure in each period on the matched panel; ``n_total`` stays the whole group's."""
    periods, units = list(periods), set(members)
    panel = matched_panel(table, periods, units, weighting)
    return {period: _of_panel(table, period, panel, len(units), weighting) for period in periods}


def change(table: Table, before: Period, after: Period, members: Iterable[str], weighting: Weighting) -> Change:
    """The group's change on the matched panel of the two periods.

    >>> a, b = Period(8027, 4), Period(8031, 4)
    >>> rates = lambda *r: dict(zip(["0101", "0104"], (r and Absence.from_rate(Decimal(r)) for r in r)))
    >>> from absence.calculations.rates import Absence
    >>> change({a: rates("10.0", "9.0"), b: rates("10.4", None)}, a, b, ["0101", "0104"], "simple_mean").points
    Decimal('0.4')
    """
    units = set(members)
    panel = matched_panel(table, (before, after), units, weighting)
    start, end = (_of_panel(table, period, panel, len(units), weighting) for period in (before, after))
    return Change(start, end, panel)


def without(
    table: Table, before: Period, after: Period, members: Collection[str], weighting: Weighting, unit: str
) -> Without:
    """The change of the whole group beside the change without ``unit`` («uten Ringerike»)."""
    others = [one for one in members if one != unit]
    return Without(
        unit,
        change(table, before, after, members, weighting),
        change(table, before, after, others, weighting),
    )


def leave_one_out(
    table: Table, before: Period, after: Period, members: Collection[str], weighting: Weighting
) -> list[Without]:
    """`without` for every unit of the matched panel, the one that moves the change most first."""
    panel = matched_panel(table, (before, after), members, weighting)
    each = [without(table, before, after, members, weighting, unit) for unit in panel if len(panel) > 1]
    return sorted(each, key=lambda one: (-abs(one.moved or Decimal(0)), one.unit))


def size_bands(population: Mapping[str, int], n: int = 25) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The n largest and the n smallest units. They never overlap: with fewer than 2n units, half of them each.

    Units of equal size are taken in the order of their number, so that the bands are the same every time.
    """
    ordered = sorted(population, key=lambda unit: (-population[unit], unit))
    n = min(n, len(ordered) // 2)
    return tuple(ordered[:n]), tuple(ordered[len(ordered) - n :])


def band(units: Iterable[str], figures: Figures, population: Mapping[str, int]) -> Band:
    """Mean rate and mean size of a size band: simple means, as table 4.7 of the final report prints them."""
    units = tuple(units)
    sizes = [population[unit] for unit in units]
    mean = Decimal(sum(sizes)) / len(sizes) if sizes else None
    return Band(units, group_value(figures, units, Weighting.SIMPLE_MEAN), mean)


def _of_panel(table: Table, period: Period, panel: tuple[str, ...], n_total: int, weighting: Weighting) -> GroupValue:
    value = group_value(table.get(period, {}), panel, weighting)
    return GroupValue(value.rate, value.weighting, value.n_reporting, n_total)
