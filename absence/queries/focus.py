"""The municipalities of the invited cohorts, window by window (appendix 6), beside the means that files print."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from programmes.models import Programme

from ..calculations.comparisons import panel_values
from ..calculations.groups import Weighting, group_value
from ..calculations.periods import Period
from ..calculations.rates import rounded
from ..models import Figure, PrintedRow, Source, StagedFigure, Suspicion
from .ground import WINDOW, Ground, Units
from .newest import FAR_FUTURE
from .tables import AbsenceTable, Row, made_table
from .units import UnitTable, published_figures


def focus_table(
    programme: Programme,
    periods: Iterable[Period] | None = None,
    *,
    as_of: date | None = None,
    source: str = Source.PAI,
) -> AbsenceTable:
    """The municipalities of the invited cohorts by window (appendix 6): rolled from quarters, as published, and the
    means; the mean that the file itself printed stands beside ours."""
    ground = Ground(programme, source, as_of)
    windows = tuple(periods or ground.published_periods())
    units = ground.units(windows)
    ids = _invited(ground) & units.ids
    rows: list[Row] = []
    for basis, table in (
        ("rolled", ground.rolled(windows, ids)),
        ("published", published_figures(source, windows, as_of=as_of, ids=ids)),
    ):
        rows += _focus_rows(basis, table, windows, ids, units)
    printed = _printed_means(source, windows, as_of, ids)
    rows += printed
    n = max((row.n or 0 for row in rows), default=0)
    return made_table(
        ground,
        map(str, windows),
        rows,
        Weighting.SIMPLE_MEAN,
        windows,
        n=n,
        total=len(ids),
        notes=_focus_notes(rows, printed, windows, source),
        lengths=(1, WINDOW),
    )


def _invited(ground: Ground) -> set[int]:
    slugs = set(ground.programme.cohorts.filter(is_by_invitation=True).values_list("slug", flat=True))
    return {unit for cohort in ground.cohorts() if cohort.slug in slugs for unit in cohort.ids}


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
