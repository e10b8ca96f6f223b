"""The tables of the reports: groups compared, size and absence, focus municipalities, the PAI table of 2008.

Values are Decimal and unrounded, in percent (changes in percentage points, sizes in inhabitants). Every table says how
its figures were made, on how many municipalities, and from which vintage.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from municipalities.models import Municipality
from programmes.models import Programme

from ..calculations.comparisons import band, change, leave_one_out, matched_panel, panel_values, size_bands
from ..calculations.groups import Weighting, group_value
from ..calculations.periods import Period, quarter_start
from ..calculations.rates import points, rounded
from ..models import Figure, PrintedRow, Source, StagedFigure, Suspicion
from .groups import cohort_members, population_of, programme_members, quarter_of
from .newest import FAR_FUTURE
from .units import UnitTable, last_quarter, published_figures, published_periods, rolled_figures
from .vintages import source_line, vintage_of

WINDOW = 4
MOVES = Decimal("0.2")  # a unit whose absence moves the group's change this much is shown apart (V8)


@dataclass(frozen=True)
class Row:
    """``n`` municipalities of ``n_total`` stand behind the values. ``basis``: rolled, published or printed."""

    key: str
    label: str
    values: tuple[Decimal | None, ...]
    n: int | None = None
    n_total: int | None = None
    basis: str = "rolled"


@dataclass(frozen=True)
class AbsenceTable:
    """``columns`` are the headings of the values: a `Period` as text, ``change``, ``mean_rate`` or ``mean_size``."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    weighting: str
    source: str
    vintage: date | None
    source_line: str
    periods: tuple[Period, ...] = ()
    n_reporting: int = 0
    n_total: int = 0
    notes: tuple[str, ...] = ()

    def row(self, key: str) -> Row:
        return next(row for row in self.rows if row.key == key)


@dataclass
class Units:
    """The municipalities compared: those of the register on the last day of the periods, with what was before them."""

    day: date
    ids: set[int] = field(init=False)
    names: dict[int, str] = field(init=False)

    def __post_init__(self):
        rows = Municipality.objects.valid_on(self.day).values_list("pk", "norwegian_name", "distinct_name")
        # The county stands in brackets where a name occurs twice.
        self.names = {pk: distinct if "(" in distinct else name for pk, name, distinct in rows}
        self.ids = set(self.names)


def comparison(
    programme: Programme,
    periods: Iterable[Period] | None = None,
    *,
    as_of: date | None = None,
    weighting: Weighting = Weighting.WEIGHTED_DAYS,
    matched: bool = True,
    source: str = Source.PAI,
) -> AbsenceTable:
    """All municipalities, those outside and those in the programme (table 4.6); matched unless told not."""
    periods = tuple(periods or compared_periods(source, as_of))
    units = _units(periods)
    table = rolled_figures(source, periods, as_of=as_of)
    inside = programme_members(programme) & units.ids
    panel = set(matched_panel(table, periods, units.ids, weighting)) if matched else units.ids
    groups = (
        ("all", _("All municipalities"), units.ids),
        ("outside", _("Municipalities outside the programme"), units.ids - inside),
        ("in", _("Municipalities in the programme"), inside),
    )
    rows = tuple(_group_row(key, label, table, periods, ids, ids & panel, weighting) for key, label, ids in groups)
    n = rows[0].n or 0
    notes = _panel_notes(n, len(units.ids), matched)
    return _table(map(str, periods), rows, weighting, source, as_of, periods, n, len(units.ids), notes)


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


def size_association(
    programme: Programme,
    period: Period | None = None,
    *,
    n: int = 25,
    as_of: date | None = None,
    source: str = Source.PAI,
) -> AbsenceTable:
    """The n largest and the n smallest participants: mean rate and mean size (table 4.7), simple means both."""
    period = period or last_window(source, as_of)
    periods = (period,) if period else ()
    units = _units(periods)
    members = programme_members(programme) & units.ids
    population = {unit: count for unit, count in population_of(_first_count(programme)).items() if unit in members}
    figures = rolled_figures(source, periods, as_of=as_of, ids=members).get(period, {}) if period else {}
    bands = [band(ids, figures, population) for ids in size_bands(population, n)]
    labels = (_("The %(n)s largest municipalities"), _("The %(n)s smallest"))
    rows = [
        Row(key, label % {"n": len(one.units)}, (one.value.rate, one.mean_size), one.value.n_reporting, len(one.units))
        for key, label, one in zip(("largest", "smallest"), labels, bands, strict=True)
    ]
    difference = points(bands[1].value.rate, bands[0].value.rate)
    rows.append(Row("difference", _("Difference"), (difference, None)))
    reporting = sum(one.value.n_reporting for one in bands)
    notes = [
        _("Simple means of the municipalities’ rates and of their inhabitants. The size is the register’s."),
        _("That two things go together does not say that the one causes the other."),
    ]
    columns = ("mean_rate", "mean_size")
    return _table(columns, rows, Weighting.SIMPLE_MEAN, source, as_of, periods, reporting, len(population), notes)


def _first_count(programme: Programme) -> date:
    """The count of inhabitants that held when the programme was young."""
    return date(programme.starts_on.year + 2, 1, 1)


def groups_table(
    programme: Programme,
    periods: Iterable[Period] | None = None,
    *,
    as_of: date | None = None,
    weighting: Weighting = Weighting.WEIGHTED_DAYS,
    source: str = Source.PAI,
) -> AbsenceTable:
    """All municipalities and each cohort, each on its own matched panel, with the change; and without the one unit
    that carries a cohort's change (the PAI table of the 2008 report)."""
    periods = tuple(periods or first_years(programme, source, as_of))
    units = _units(periods)
    table = rolled_figures(source, periods, as_of=as_of)
    rows = [_change_row("all", _("All municipalities"), table, periods, units.ids, weighting)]
    members = cohort_members(programme)
    for cohort in programme.cohorts.order_by("position"):
        ids = members.get(cohort.slug, set()) & units.ids
        if ids and _had_begun(cohort, periods):
            rows.append(_change_row(f"cohort:{cohort.slug}", cohort.name, table, periods, ids, weighting))
            rows += _without_rows(cohort, table, periods, ids, weighting, units)
    notes = [
        _("Each group has the municipalities with figures in all the periods. The change is in percentage points.")
    ]
    n, columns = rows[0].n or 0, (*map(str, periods), "change")
    return _table(columns, rows, weighting, source, as_of, periods, n, len(units.ids), notes)


def _change_row(key, label, table, periods, ids, weighting, without: int | None = None) -> Row:
    counted = ids - {without}
    values = panel_values(table, periods, counted, weighting)
    moved = change(table, periods[0], periods[-1], set(matched_panel(table, periods, counted, weighting)), weighting)
    rates = tuple(values[period].rate for period in periods)
    return Row(key, label, (*rates, moved.points), values[periods[0]].n_reporting, len(counted))


def _without_rows(cohort, table, periods, ids, weighting, units: Units) -> list[Row]:
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


def _had_begun(cohort, periods) -> bool:
    return cohort.starts_on is None or quarter_of(cohort.starts_on) <= periods[-1].first


def focus_table(
    programme: Programme,
    periods: Iterable[Period] | None = None,
    *,
    as_of: date | None = None,
    source: str = Source.PAI,
) -> AbsenceTable:
    """The municipalities of the invited cohorts by window (appendix 6): rolled from quarters, as published, and the
    means; the mean that the file itself printed stands beside ours."""
    windows = tuple(periods or published_periods(source, as_of=as_of))
    units = _units(windows)
    ids = _invited(programme) & units.ids
    rows: list[Row] = []
    for basis, table in (
        ("rolled", rolled_figures(source, windows, as_of=as_of, ids=ids)),
        ("published", published_figures(source, windows, as_of=as_of, ids=ids)),
    ):
        rows += _focus_rows(basis, table, windows, ids, units)
    printed = _printed_means(source, windows, as_of, ids)
    rows += printed
    columns = tuple(map(str, windows))
    n = max((row.n or 0 for row in rows), default=0)
    notes = _focus_notes(rows, printed, windows, source)
    return _table(columns, rows, Weighting.SIMPLE_MEAN, source, as_of, windows, n, len(ids), notes, (1, WINDOW))


def _invited(programme: Programme) -> set[int]:
    members = cohort_members(programme)
    slugs = programme.cohorts.filter(is_by_invitation=True).values_list("slug", flat=True)
    return set().union(*(members.get(slug, set()) for slug in slugs))


def _focus_rows(basis: str, table: UnitTable, windows, ids: set[int], units: Units) -> list[Row]:
    if not any(table.values()):
        return []
    suffix = _(", as published") if basis == "published" else ""

    def rates(unit: int) -> tuple[Decimal | None, ...]:
        return tuple(found.rate if (found := table[one].get(unit)) else None for one in windows)

    ordered = sorted(ids, key=lambda unit: (-(rates(unit)[0] or 0), units.names[unit]))
    rows = [Row(f"{basis}:{unit}", units.names[unit] + suffix, rates(unit), basis=basis) for unit in ordered]
    simple = Weighting.SIMPLE_MEAN
    means = [group_value(table[one], ids, simple) for one in windows]
    rows.append(
        Row(
            f"{basis}:mean",
            _("Mean") + suffix,
            tuple(one.rate for one in means),
            max(one.n_reporting for one in means),
            len(ids),
            basis,
        )
    )
    panel = panel_values(table, windows, ids, simple)
    n = panel[windows[0]].n_reporting
    if 0 < n < len(ids):
        label = _("Mean of the %(n)s with figures in all periods") % {"n": n} + suffix
        rows.append(Row(f"{basis}:panel", label, tuple(panel[one].rate for one in windows), n, len(ids), basis))
    return rows


def _printed_means(source: str, windows, as_of: date | None, ids: set[int]) -> list[Row]:
    """The newest file's own mean row, and what its figures give; only of a file that is about these municipalities."""
    rows = (
        PrintedRow.objects.exclude(batch__in=_batches_of_others(ids))
        .filter(
            batch__source=source,
            batch__state__in=("staged", "released"),
            batch__vintage_on__lte=as_of or FAR_FUTURE,
            kind="mean",
            quarters=WINDOW,
            first_quarter__in=[one.first for one in windows],
        )
        .order_by("batch__vintage_on", "batch_id", "row")
    )
    printed, recomputed, label = {}, {}, ""
    for row in rows:
        printed[row.period], recomputed[row.period] = row.printed_percent, row.recomputed_percent
        label = row.label
    if not printed:
        return []
    pick = lambda values: tuple(values.get(one) for one in windows)  # noqa: E731
    return [
        Row("printed:mean", _("%(label)s, as the file prints it") % {"label": label}, pick(printed), basis="printed"),
        Row(
            "printed:recomputed",
            _("%(label)s, of the file’s figures") % {"label": label},
            pick(recomputed),
            basis="printed",
        ),
    ]


def _batches_of_others(ids: set[int]) -> set[int]:
    """Imports with published windows of municipalities that are not among these: their means are of other groups."""
    found: set[int] = set()
    for model in (Figure, StagedFigure):
        of_others = model.objects.filter(quarters=WINDOW, rate__isnull=False).exclude(municipality__in=ids)
        found |= set(of_others.order_by().values_list("batch_id", flat=True).distinct())
    return found


def _focus_notes(rows: list[Row], printed: list[Row], windows, source: str) -> list[str]:
    notes = [_("The periods overlap: windows that are neighbours share data.")]
    if any(row.basis == "published" for row in rows):
        notes.append(_("“As published” are the windows as the source gave them; the others are summed from quarters."))
    if not printed:
        return notes
    zeros = _zeros(windows, source)
    for window, said, given in zip(windows, printed[0].values, printed[1].values, strict=True):
        if said is not None and given is not None and rounded(abs(said - given)) > Decimal("0.1"):
            notes.append(_differs(window in zeros) % _in_words(window, said, given))
    return notes


def _differs(has_zero: bool) -> str:
    if has_zero:
        return _(
            "For %(period)s the file prints a mean of %(printed)s; its figures give %(recomputed)s. "
            "A missing value was entered as zero and counted in the mean."
        )
    return _("For %(period)s the file prints a mean of %(printed)s; its figures give %(recomputed)s.")


def _in_words(window: Period, said: Decimal, given: Decimal) -> dict[str, str]:
    return {"period": window.label(), "printed": _shown(said), "recomputed": _shown(given)}


def _zeros(windows, source: str) -> set[Period]:
    """Windows in which a file has a zero that is held or was left out."""
    doubts = Suspicion.objects.filter(
        rule="V1",
        value=0,
        decision__in=("", Suspicion.Decision.REJECTED),
        batch__source=source,
        batch__state__in=("staged", "released"),
        quarters=WINDOW,
        first_quarter__in=[one.first for one in windows],
    )
    return {Period(*one) for one in doubts.values_list("first_quarter", "quarters")}


def _shown(value: Decimal) -> str:
    return str(rounded(value)).replace(".", ",")


def last_window(source: str, as_of: date | None = None) -> Period | None:
    """The last four-quarter window that the source published; if it published none, the last that quarters give."""
    published = published_periods(source, as_of=as_of)
    last = None if published else last_quarter(source)
    return published[-1] if published else Period(last - WINDOW + 1, WINDOW) if last else None


def compared_periods(source: str, as_of: date | None = None) -> tuple[Period, ...]:
    """The last window, the one before it, and the one a year before the last (as in table 4.6)."""
    last = last_window(source, as_of)
    if last is None:
        return ()
    before = published_periods(source, as_of=as_of)[-2:-1] or [Period(last.first - 1, WINDOW)]
    return tuple(sorted({last, *before, Period(last.first - WINDOW, WINDOW)}))


def first_years(programme: Programme, source: str = Source.PAI, as_of: date | None = None) -> tuple[Period, Period]:
    """The first published window that ends within the programme, and the same a year later (as in the report of 2008);
    where none is published, the programme's first four quarters and the four after them."""
    published = (one for one in published_periods(source, as_of=as_of) if one.ends_on >= programme.starts_on)
    first = next(published, None) or Period(quarter_of(programme.starts_on), WINDOW)
    return first, Period(first.first + WINDOW, WINDOW)


def _units(periods: tuple[Period, ...]) -> Units:
    last = max((period.last for period in periods), default=quarter_of(date.today()))
    return Units(quarter_start(last))


def _table(columns, rows, weighting, source, as_of, periods, n, total, notes, lengths=(1,)) -> AbsenceTable:
    vintage = vintage_of(source, periods, as_of, lengths=lengths)
    span = _span(periods)
    return AbsenceTable(
        columns=tuple(columns),
        rows=tuple(rows),
        weighting=str(weighting),
        source=str(source),
        vintage=vintage,
        source_line=source_line(source, span, vintage, n=n, total=total, weighting=weighting),
        periods=tuple(periods),
        n_reporting=n,
        n_total=total,
        notes=tuple(notes),
    )


def _span(periods: tuple[Period, ...]) -> str:
    if not periods:
        return ""
    if len(periods) == 1:
        return periods[0].label()
    ends = Period(periods[0].first).label(), Period(max(one.last for one in periods)).label()
    return "–".join(ends)


__all__ = [
    "AbsenceTable",
    "Row",
    "compared_periods",
    "comparison",
    "first_years",
    "focus_table",
    "groups_table",
    "last_window",
    "size_association",
]
