"""Groups compared: all, outside and in the programme (table 4.6), and cohorts with their change (report of 2008)."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from programmes.models import Programme

from ..calculations.comparisons import change, leave_one_out, matched_panel, panel_values
from ..calculations.groups import Weighting, group_value
from ..calculations.periods import Period
from ..calculations.rates import rounded
from ..models import Source
from .ground import CohortOf, Ground, Units
from .groups import quarter_of
from .tables import AbsenceTable, Row, made_table
from .units import UnitTable

MOVES = Decimal("0.2")  # a unit whose absence moves the group's change this much is shown apart (V8)


def comparison(
    programme: Programme,
    periods: Iterable[Period] | None = None,
    *,
    as_of: date | None = None,
    weighting: Weighting = Weighting.WEIGHTED_DAYS,
    matched: bool = True,
    source: str = Source.PAI,
    ground: Ground | None = None,
) -> AbsenceTable:
    """All municipalities, those outside and those in the programme (table 4.6); matched unless told not."""
    ground = ground or Ground(programme, source, as_of)
    periods = tuple(periods or ground.compared_periods())
    units = ground.units(periods)
    table = ground.rolled(periods)
    inside = ground.members() & units.ids
    panel = set(matched_panel(table, periods, units.ids, weighting)) if matched else units.ids
    groups = (
        ("all", _("All municipalities"), units.ids),
        ("outside", _("Municipalities outside the programme"), units.ids - inside),
        ("in", _("Municipalities in the programme"), inside),
    )
    rows = tuple(_group_row(key, label, table, periods, ids, ids & panel, weighting) for key, label, ids in groups)
    n, total = rows[0].n or 0, len(units.ids)
    notes = _panel_notes(n, total, matched)
    return made_table(ground, map(str, periods), rows, weighting, periods, n=n, total=total, notes=notes)


def _group_row(key, label, table: UnitTable, periods, members: set, counted: set, weighting) -> Row:
    values = [group_value(table.get(period, {}), counted, weighting) for period in periods]
    n = min((value.n_reporting for value in values), default=0)
    return Row(key, label, tuple(value.rate for value in values), n, len(members))


def _panel_notes(n: int, total: int, matched: bool) -> list[str]:
    if not matched:
        return [_("Each period has the municipalities that have figures in it; they are not the same in all periods.")]
    return [
        _("The same %(n)s of %(total)s municipalities in all periods: those with figures in all of them.")
        % {"n": n, "total": total}
    ]


def groups_table(
    programme: Programme,
    periods: Iterable[Period] | None = None,
    *,
    as_of: date | None = None,
    weighting: Weighting = Weighting.WEIGHTED_DAYS,
    source: str = Source.PAI,
    ground: Ground | None = None,
) -> AbsenceTable:
    """All municipalities and each cohort, each on its own matched panel, with the change; and without the one unit
    that carries a cohort's change (the PAI table of the 2008 report)."""
    ground = ground or Ground(programme, source, as_of)
    periods = tuple(periods or ground.first_years())
    units = ground.units(periods)
    table = ground.rolled(periods)
    rows = [_change_row("all", _("All municipalities"), table, periods, units.ids, weighting)]
    for cohort in ground.cohorts():
        ids = cohort.ids & units.ids
        if ids and _had_begun(cohort, periods):
            rows.append(_change_row(f"cohort:{cohort.slug}", cohort.name, table, periods, ids, weighting))
            rows += _without_rows(cohort, table, periods, ids, weighting, units)
    notes = [
        _("Each group has the municipalities with figures in all the periods. The change is in percentage points.")
    ]
    n, columns = rows[0].n or 0, (*map(str, periods), "change")
    return made_table(ground, columns, rows, weighting, periods, n=n, total=len(units.ids), notes=notes)


def _change_row(key, label, table, periods, ids, weighting, without: int | None = None) -> Row:
    counted = ids - {without}
    values = panel_values(table, periods, counted, weighting)
    moved = change(table, periods[0], periods[-1], set(matched_panel(table, periods, counted, weighting)), weighting)
    rates = tuple(values[period].rate for period in periods)
    return Row(key, label, (*rates, moved.points), values[periods[0]].n_reporting, len(counted))


def _without_rows(cohort: CohortOf, table, periods, ids, weighting, units: Units) -> list[Row]:
    found = leave_one_out(table, periods[0], periods[-1], ids, weighting)
    if not found or not _carries(found[0]):
        return []
    unit = found[0].unit
    label = _("%(group)s without %(name)s") % {"group": cohort.name, "name": units.names[unit]}
    key = f"cohort:{cohort.slug}:without:{unit}"
    return [_change_row(key, label, table, periods, ids, weighting, without=unit)]


def _carries(one) -> bool:
    """V8: without it the change moves 0,2 points or more, or changes sign as printed."""
    whole, rest, moved = one.whole.points, one.rest.points, one.moved
    if whole is None or rest is None or moved is None:
        return False
    return abs(moved) >= MOVES or rounded(whole) * rounded(rest) < 0


def _had_begun(cohort: CohortOf, periods) -> bool:
    return cohort.starts_on is None or quarter_of(cohort.starts_on) <= periods[-1].first
