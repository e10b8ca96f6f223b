"""Series across changes of the municipal map: which older figures a municipality may carry as its own.

- merge: ΣL / ΣP of the predecessors; with a rate alone there is no back-series but a break;
- recode, rename: the series goes on;
- split: nothing is cast back; a break;
- transfer (a border moved): the series goes on, with a break.

Source: domain specification, part 6. 500/5000 and 56/800 become 556/5800 = 9,6, where a simple mean would say 8,5.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from absence.calculations.periods import Period
from absence.calculations.rates import Absence, summed
from absence.calculations.series import Break

Known = Mapping[Period, Absence | None]


class ChangeKind(StrEnum):
    """What happened to the numbers of the register."""

    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"
    RECODE = "recode"
    TRANSFER = "transfer"


@dataclass(frozen=True)
class MapChange:
    """From quarter ``at`` on, the municipalities ``old`` are ``new``."""

    kind: ChangeKind
    at: int
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True)
class BackSeries:
    """The figures a municipality may show as its own, and where they no longer measure the same."""

    figures: dict[Period, Absence | None]
    breaks: tuple[Break, ...] = ()


def back_series(unit: str, changes: Iterable[MapChange], figures: Mapping[str, Known]) -> BackSeries:
    """The unit's figures with those of its predecessors before it.

    ``figures`` is unit → period → figure as the source gave them. A period that lies across a merger is the unit's own
    when the source gave it so, else the sum of the predecessors', and None when one of them is missing.
    """
    changes = list(changes)
    own = dict(figures.get(unit, {}))
    change = max((one for one in changes if unit in one.new), key=lambda one: one.at, default=None)
    if change is None:
        return BackSeries(own)
    earlier = [one for one in changes if one.at < change.at]
    before = {old: back_series(old, earlier, figures) for old in change.old}
    after = {period: figure for period, figure in own.items() if period.last >= change.at}
    return _JOINS[change.kind](unit, change, before, after)


def _carry_on(unit: str, change: MapChange, before: dict[str, BackSeries], after: dict) -> BackSeries:
    old = before[change.old[change.new.index(unit)]]
    older = {period: figure for period, figure in old.figures.items() if period.first < change.at}
    return BackSeries({**older, **after}, old.breaks)


def _carry_on_with_break(unit: str, change: MapChange, before: dict[str, BackSeries], after: dict) -> BackSeries:
    carried = _carry_on(unit, change, before, after)
    return BackSeries(carried.figures, (*carried.breaks, _cut(change)))


def _start_anew(unit: str, change: MapChange, before: dict[str, BackSeries], after: dict) -> BackSeries:
    return BackSeries({period: one for period, one in after.items() if period.first >= change.at}, (_cut(change),))


def _sum_predecessors(unit: str, change: MapChange, before: dict[str, BackSeries], after: dict) -> BackSeries:
    periods = {period for old in before.values() for period in old.figures if period.first < change.at}
    breaks = {cut for old in before.values() for cut in old.breaks}
    older: dict[Period, Absence | None] = {}
    for period in periods:
        parts = [old.figures.get(period) for old in before.values()]
        older[period] = summed(parts)
        if older[period] is None and any(part is not None and part.rate_only for part in parts):
            breaks.add(_cut(change))
    given = {period: one for period, one in after.items() if one is not None or period not in older}
    return BackSeries({**older, **given}, tuple(sorted(breaks, key=lambda cut: cut.at)))


def _cut(change: MapChange) -> Break:
    return Break(change.at, change.kind)


_JOINS = {
    ChangeKind.MERGE: _sum_predecessors,
    ChangeKind.SPLIT: _start_anew,
    ChangeKind.RENAME: _carry_on,
    ChangeKind.RECODE: _carry_on,
    ChangeKind.TRANSFER: _carry_on_with_break,
}
