"""All checks on all figures of an import, fast.

A file of one quarter has 26 000 figures and a few hundred totals. The totals are judged by every check. Of the other
figures only those that could be suspected are looked up cheaply, and then judged by the same functions: a test holds
the result equal to applying every check to every figure.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from absence.calculations.checks import CHECKS, Check, Subject
from absence.calculations.checks.context import (
    Figure,
    Group,
    History,
    Known,
    Panel,
    PrintedRow,
    Spread,
    UnitSets,
    spread,
)
from absence.calculations.checks.large_change import AT_LEAST
from absence.calculations.checks.lost_comma import LOW, TOO_HIGH
from absence.calculations.checks.panels import panel, revision
from absence.calculations.checks.parts import TOLERANCE
from absence.calculations.checks.printed_rows import PrintedCell, recomputed_rows
from absence.calculations.checks.suspicion import Suspicion
from absence.calculations.checks.tables import (
    NOTHING,
    WHOLE,
    Cells,
    Part,
    Table,
    laid_over,
    previous_periods,
    year_before_periods,
)
from absence.calculations.columns import FigureColumns
from absence.calculations.dimensions import ALL, TOTAL
from absence.calculations.periods import Period

SELF, DOCTOR, WOMEN, MEN = "self_certified", "doctor_certified", "women", "men"
Totals = dict[str, Known]  # by municipality
Earlier = Callable[[str], FigureColumns] | None
NO_HISTORY, NO_GROUP = History(), Group()
FIGURE_CHECKS = [one for one in CHECKS if one.subject == Subject.FIGURE]
TOTAL_CHECKS = [one for one in CHECKS if one.subject in (Subject.TOTAL, Subject.FIGURE)]


@dataclass(frozen=True)
class Verdict:
    """What the checks found. ``printed`` is every mean or total row beside our recomputation, also those that agree.

    ``rates`` are the effective ones of all figures, as they were judged.
    """

    suspicions: list[Suspicion]
    printed: list[PrintedRow]
    rates: list[int | None]


def run_checks(
    columns: FigureColumns | Table,
    released: FigureColumns | None = None,
    *,
    groups: Mapping[str, Collection[str]] | None = None,
    printed: Iterable[PrintedCell] = (),
    earlier: Earlier = None,
) -> Verdict:
    """Apply all checks to the figures of one import.

    ``columns``: also laid out already, as a `Table`.
    ``released``: what is released of the same source in its newest vintage, each figure once: the same periods (for
    revisions), and the periods up to four quarters before (for windows seven). Of cells that are no totals, the period
    before is enough, and of a file's only period what is in its `reach`. ``earlier`` gives a municipality's totals from
    before these (up to six years), for its own spread. ``groups``: name → municipality numbers, for the checks that
    look at a group's change.
    """
    file = columns if isinstance(columns, Table) else Table(columns)
    run = _Run(file, Table(released or FigureColumns()), groups or {}, earlier)
    found = [*run.judge_figures(), *run.judge_units(), *run.judge_revisions()]
    zeros = {one.index for one in found if one.rule == "V1" and one.index is not None}
    rows = recomputed_rows(printed, run.file, zeros)
    found += _judge(Subject.PRINTED_ROW, rows)
    return Verdict(sorted(found, key=_order), rows, run.file.rates)


class _Run:
    """One file, what is known from before, and the two laid over each other."""

    def __init__(self, file: Table, before: Table, groups: Mapping[str, Collection[str]], earlier: Earlier = None):
        self.file, self.before, self.groups, self.earlier = file, before, groups, earlier
        self.series: dict[str, dict[Period, Known]] = {}
        periods = {*file.totals, *before.totals}
        self.totals: dict[Period, Totals] = {
            period: before.totals.get(period, {}) | file.totals.get(period, {}) for period in periods
        }

    def judge_figures(self) -> Iterator[Suspicion]:
        kept: dict[Period, Cells] = {}  # only what the next periods look back on: a long file stays small
        for period, places in self.file.places.items():
            own = self.file.cells(period)
            yield from self._judge_totals(period, own)
            if len(self.file.total_places[period]) < len(places):
                near = [one for one in previous_periods(period) if one in self.totals]
                kept = {one: kept.get(one) or self._cells(one, self.file.cells(one)) for one in near}
                yield from self._judge_cells(period, own, kept)
            kept[period] = self._cells(period, own)

    def _judge_totals(self, period: Period, own: Cells) -> Iterator[Suspicion]:
        totals, places = self.file.totals[period], self.file.total_places[period]
        column = spread(known.rate for known in totals.values())
        panels = self._panels(period)
        previous, years_before = self._known(previous_periods(period)), self._known(year_before_periods(period))
        for municipality, known in totals.items():
            figure = Figure(places.get(municipality), municipality, period, known.rate, known.possible)
            group = _group(figure, own, column, panels.get(municipality, ()))
            yield from _apply(TOTAL_CHECKS, figure, self._history(figure, previous, years_before), group)

    def _judge_cells(self, period: Period, own: Cells, before: dict[Period, Cells]) -> Iterator[Suspicion]:
        for place in _suspected(self.file, period, own, list(before.values())):
            figure = _figure(self.file, place, period)
            part, unit = (figure.sector, figure.sex, figure.absence_type), figure.municipality
            rates = ((one, cells[part][unit]) for one, cells in before.items() if unit in cells.get(part, NOTHING))
            previous = next((Known(*known) for known in rates), None)
            yield from _apply(FIGURE_CHECKS, figure, History(previous), _group(figure, own))

    def judge_units(self) -> Iterator[Suspicion]:
        sets = (self._unit_sets(period) for period in self.file.totals)
        return _judge(Subject.UNITS, (one for one in sets if one))

    def judge_revisions(self) -> Iterator[Suspicion]:
        revisions = (
            revision(name, period, members, self.before.totals[period], totals)
            for period, totals in self.file.totals.items()
            if period in self.before.totals
            for name, members in self.groups.items()
        )
        return _judge(Subject.GROUP, (one for one in revisions if one))

    def _cells(self, period: Period, own: Cells) -> Cells:
        return laid_over(own, self.before.cells(period)) if period in self.before.places else own

    def _history(self, figure: Figure, previous: list[Totals], years_before: list[Totals]) -> History:
        unit, period = figure.municipality, figure.period
        year_before = self._nearest(unit, years_before)
        large = year_before and figure.rate is not None and abs(figure.rate - year_before.rate) >= AT_LEAST
        changes = self._changes_before(unit, period) if large else ()  # a small change asks for none
        revised = self.before.totals.get(period, {}).get(unit)
        return History(self._nearest(unit, previous), year_before, changes, revised)

    def _known(self, periods: list[Period]) -> list[Totals]:
        return [self.totals[one] for one in periods if one in self.totals]

    @staticmethod
    def _nearest(unit: str, tables: list[Totals]) -> Known | None:
        return next((table[unit] for table in tables if unit in table), None)

    def _changes_before(self, unit: str, period: Period) -> tuple[int, ...]:
        series = self._series(unit)
        earlier = sorted(one for one in series if one.quarters == period.quarters and one.first < period.first)
        pairs = [(series[one], next(filter(None, map(series.get, year_before_periods(one))), None)) for one in earlier]
        return tuple(known.rate - before.rate for known, before in pairs if before)

    def _series(self, unit: str) -> dict[Period, Known]:
        """All that is known of one municipality's totals; few have changes so large that their past is asked for."""
        if unit not in self.series:
            older = Table(self.earlier(unit)).totals if self.earlier else {}
            tables = {**older, **self.totals} if older else self.totals
            self.series[unit] = {period: table[unit] for period, table in tables.items() if unit in table}
        return self.series[unit]

    def _panels(self, period: Period) -> dict[str, tuple[Panel, ...]]:
        compared = next((one for one in year_before_periods(period) if self.totals.get(one)), None)
        found: dict[str, tuple[Panel, ...]] = defaultdict(tuple)
        if compared is None:
            return found
        for name, members in self.groups.items():
            if matched := panel(name, members, self.totals[compared], self.totals[period]):
                for unit in matched.members:
                    found[unit] += (matched,)
        return found

    def _unit_sets(self, period: Period) -> UnitSets | None:
        for table in (self.file, self.before):
            compared = next((one for one in previous_periods(period) if table.totals.get(one)), None)
            if compared:
                units, before = frozenset(self.file.totals[period]), frozenset(table.totals[compared])
                return UnitSets(period, compared, units, before) if units else None
        return None


def _suspected(file: Table, period: Period, own: Cells, before: list[Cells]) -> Iterator[int]:
    """The places of the cells, totals aside, that V1, V4 or V5 could have something to say about."""
    for part, places in file.parts(period).items():
        if part == WHOLE:
            continue
        rates = own[part]
        units = [unit for unit, rate in rates.items() if rate == 0 or rate > TOO_HIGH]
        units += _tenfold(rates, _nearest_rates(part, before))
        units += _parts_differ(part, rates, own)
        yield from (places[unit] for unit in sorted(set(units)))


def _nearest_rates(part: Part, before: list[Cells]) -> Mapping[str, int]:
    """The nearest earlier rate of each municipality; ``before`` is nearest first."""
    found = [cells[part] for cells in before if cells.get(part)]
    return found[0] if len(found) == 1 else {unit: rate for rates in reversed(found) for unit, rate in rates.items()}


def _tenfold(rates: Mapping[str, int], before: Mapping[str, int]) -> list[str]:
    if not before:
        return []
    pairs = [(unit, rate, before[unit]) for unit, rate in rates.items() if unit in before]
    return [unit for unit, rate, old in pairs if old and (LOW * rate <= old or LOW * old <= rate)]


def _parts_differ(part: Part, rates: Mapping[str, int], own: Cells) -> list[str]:
    sector, sex, absence_type = part
    found = []
    own_part, doctor = own.get((sector, sex, SELF)), own.get((sector, sex, DOCTOR))
    if absence_type == TOTAL and own_part and doctor:
        both = own_part.keys() & doctor.keys()
        found += [u for u, rate in rates.items() if u in both and abs(rate - own_part[u] - doctor[u]) > TOLERANCE]
    women, men = own.get((sector, WOMEN, absence_type)), own.get((sector, MEN, absence_type))
    if sex == ALL and women and men:
        both = women.keys() & men.keys()
        found += [u for u, rate in rates.items() if u in both and not _between(women[u], rate, men[u])]
    return found


def _between(one: int, rate: int, other: int) -> bool:
    return one <= rate <= other or other <= rate <= one


def _figure(file: Table, place: int, period: Period) -> Figure:
    c = file.columns
    return Figure(
        place,
        c.municipality[place],
        period,
        file.rates[place],
        c.possible[place],
        c.sector[place],
        c.sex[place],
        c.absence_type[place],
    )


def _group(figure: Figure, own: Cells, column: Spread | None = None, panels: tuple[Panel, ...] = ()) -> Group:
    unit, sector, sex, absence_type = figure.municipality, figure.sector, figure.sex, figure.absence_type
    return Group(
        column,
        own.get((sector, sex, SELF), NOTHING).get(unit),
        own.get((sector, sex, DOCTOR), NOTHING).get(unit),
        own.get((sector, WOMEN, absence_type), NOTHING).get(unit),
        own.get((sector, MEN, absence_type), NOTHING).get(unit),
        panels,
    )


def _judge(subject: Subject, things: Iterable) -> Iterator[Suspicion]:
    checks = [one for one in CHECKS if one.subject == subject]
    for thing in things:
        yield from _apply(checks, thing, NO_HISTORY, NO_GROUP)


def _apply(checks: Iterable[Check], figure, history: History, group: Group) -> Iterator[Suspicion]:
    return (found for check in checks if (found := check.judge(figure, history, group)))


def _order(one: Suspicion) -> tuple:
    place = -1 if one.index is None else one.index
    return (one.period.first, one.period.quarters, one.municipality or "", place, int(one.rule[1:]), one.group or "")
