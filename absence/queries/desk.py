"""What waits at the desk, each with what is needed to judge it: the words, the numbers, the series it stands in."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from itertools import chain

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from ..calculations.columns import percent, rate_from_days
from ..calculations.periods import Period
from ..models import Figure, ImportBatch, MunicipalityQuarter, StagedBlock, StagedFigure, Suspicion
from .answers import undoable
from .labels import rule_label, rule_order, slice_label
from .shown import format_percent
from .words import suspicion_words

SHOWN = 60  # suspicions a page: each with its series
BACK = 12  # quarters of series before the point


@dataclass(frozen=True)
class Point:
    """One figure of the small series; ``is_marked`` is the one that is doubted."""

    period: Period
    rate: Decimal | None
    is_marked: bool = False


@dataclass(frozen=True)
class Doubt:
    suspicion: Suspicion
    place: str
    part: str
    period: str
    value: str
    words: str
    also: tuple[str, ...] = ()
    series: tuple[Point, ...] = ()
    series_note: str = ""
    lost: Decimal | None = None
    possible: Decimal | None = None
    rules: tuple[str, ...] = ()
    is_undoable: bool = False

    @property
    def has_days(self) -> bool:
        return self.lost is not None and self.possible is not None

    @property
    def is_correctable(self) -> bool:
        """One figure can be corrected; a whole period or municipality cannot."""
        return self.suspicion.position is not None

    @property
    def title(self) -> str:
        what = ", ".join(filter(None, (self.place, self.part, self.period)))
        return f"{what}: {self.value}" if self.value else what


@dataclass(frozen=True)
class RuleGroup:
    """The suspicions of one rule. ``total`` counts also those that are not shown."""

    rule: str
    label: str
    doubts: tuple[Doubt, ...]
    total: int


def open_groups(batch: ImportBatch | None = None, *, rule: str = "", search: str = "") -> list[RuleGroup]:
    """What holds something back and has no answer: of one import, or of all.

    A figure that several rules hold stands once, under the first of them, with what the others say beside it.
    """
    rows = _chosen(Suspicion.objects.open(), batch, search)
    figures = _figures(rows)
    if rule:
        figures = [held for held in figures if held[0][1] == rule]
    totals = Counter(held[0][1] for held in figures)
    shown = {held[0][0]: [pk for pk, _ in held[1:]] for held in figures[:SHOWN]}
    found = Suspicion.objects.select_related("municipality", "batch").in_bulk([*shown, *chain(*shown.values())])
    also = {pk: tuple(suspicion_words(found[other]) for other in others) for pk, others in shown.items()}
    return _grouped(_doubts([found[pk] for pk in shown], with_series=True, also=also), totals)


def _figures(rows: QuerySet) -> list[list[tuple[int, str]]]:
    """(id, rule) of the doubts about each figure, the first rule first; in the order of the rules."""
    held: dict[tuple, list[tuple[int, str]]] = defaultdict(list)
    for pk, rule, batch, position in rows.order_by("batch", "position", "pk").values_list(
        "pk", "rule", "batch", "position"
    ):
        held[(batch, position) if position is not None else (pk,)].append((pk, rule))
    for doubts in held.values():
        doubts.sort(key=lambda one: rule_order(one[1]))
    return sorted(held.values(), key=lambda doubts: rule_order(doubts[0][1]))


def warning_groups(batch: ImportBatch) -> list[RuleGroup]:
    """What is let through and shown."""
    rows = batch.suspicions.filter(blocking=False)
    totals = Counter(dict(rows.order_by().values_list("rule").annotate(total=Count("pk"))))
    shown = rows.select_related("municipality", "batch").order_by("rule", "position", "first_quarter", "pk")[:SHOWN]
    return _grouped(_doubts(shown, with_series=False), totals)


def answered(batch: ImportBatch) -> list[Doubt]:
    """The answers of an import, the newest first: one a figure, whatever number of rules doubted it."""
    held = _figures(batch.suspicions.exclude(decision=""))
    rows = batch.suspicions.filter(pk__in=[one[0][0] for one in held]).order_by("-decided_at", "pk")
    shown = list(rows.select_related("municipality", "batch", "decided_by")[:SHOWN])
    rules = {one[0][0]: tuple(dict.fromkeys(rule for _, rule in one)) for one in held}
    back = undoable(shown)
    found = _doubts(shown, with_series=False)
    return [replace(one, rules=rules[one.suspicion.pk], is_undoable=one.suspicion.pk in back) for one in found]


def open_rules() -> list[tuple[str, str]]:
    """Rules that something open falls under, for a filter."""
    found = Suspicion.objects.open().order_by("rule").values_list("rule", flat=True).distinct()
    return [(rule, rule_label(rule)) for rule in found]


def oldest_open() -> datetime | None:
    return Suspicion.objects.open().order_by("batch__uploaded_at").values_list("batch__uploaded_at", flat=True).first()


def _chosen(rows: QuerySet, batch: ImportBatch | None, search: str) -> QuerySet:
    if batch is not None:
        rows = rows.filter(batch=batch)
    return rows.filter(municipality__distinct_name__icontains=search) if search else rows


def _grouped(doubts: Iterable[Doubt], totals: Counter) -> list[RuleGroup]:
    by_rule: dict[str, list[Doubt]] = defaultdict(list)
    for one in doubts:
        by_rule[one.suspicion.rule].append(one)
    rules = sorted(by_rule, key=rule_order)
    return [RuleGroup(rule, rule_label(rule), tuple(by_rule[rule]), totals[rule]) for rule in rules]


def _doubts(rows: Iterable[Suspicion], *, with_series: bool, also: Mapping[int, tuple[str, ...]] = {}) -> list[Doubt]:
    rows = list(rows)
    series = _Series(rows) if with_series else None
    return [_doubt(one, series, also.get(one.pk, ())) for one in rows]


def _doubt(one: Suspicion, series: "_Series | None", also: tuple[str, ...]) -> Doubt:
    staged = series.staged_of(one) if series else None
    return Doubt(
        suspicion=one,
        place=str(one.municipality) if one.municipality else _("All municipalities in the file"),
        part=slice_label(one.sector, one.sex, one.absence_type),
        period=one.period.label(),
        value="" if one.value is None else _("%(rate)s percent") % {"rate": format_percent(one.percent)},
        words=suspicion_words(one),
        also=also,
        series=series.points(one) if series else (),
        series_note=series.note(one) if series else "",
        lost=staged.lost_days if staged else None,
        possible=staged.possible_days if staged else None,
    )


class _Series:
    """The figures round all suspicions shown, in four queries.

    A published window of a municipality that has no other published is seen against the windows that its own quarters
    give. The two are never joined by a line, and the note says which is which.
    """

    def __init__(self, rows: list[Suspicion]):
        rows = [one for one in rows if one.municipality_id]
        self._known: dict[tuple, dict[int, int | None]] = defaultdict(dict)
        self._staged: dict[tuple[int, int], StagedFigure] = {}
        self._rolled: dict[int, dict[int, int]] = {}
        if rows:
            around = self._around(rows)
            self._add_released(rows, around)
            self._add_staged(rows, around)
        self._rolled = self._own_quarters([one for one in rows if self._is_alone(one)])

    @staticmethod
    def _around(rows: list[Suspicion]) -> dict:
        firsts = [one.first_quarter for one in rows]
        return {
            "municipality__in": {one.municipality_id for one in rows},
            "quarters__in": {one.quarters for one in rows},
            "sector__in": {one.sector for one in rows},
            "sex__in": {one.sex for one in rows},
            "absence_type__in": {one.absence_type for one in rows},
            "first_quarter__range": (min(firsts) - BACK, max(firsts) + BACK),
        }

    def _add_released(self, rows: list[Suspicion], around: dict) -> None:
        found = Figure.objects.filter(source__in={one.batch.source for one in rows}, **around).order_by("vintage_on")
        for one in found.only("municipality_id", "source", "first_quarter", "rate"):
            self._known[self._key(one, one.source)][one.first_quarter] = one.rate

    def _add_staged(self, rows: list[Suspicion], around: dict) -> None:
        batches = {one.batch_id: one.batch for one in rows}
        for one in StagedFigure.objects.filter(batch__in=batches, **around):
            self._known[self._key(one, batches[one.batch_id].source)][one.first_quarter] = one.rate
            self._staged[one.batch_id, one.position] = one
        low, high = around["first_quarter__range"]
        blocks = StagedBlock.objects.filter(batch__in=batches, first_quarter__lte=high, last_quarter__gte=low)
        for block in blocks if 1 in around["quarters__in"] else ():
            self._add_packed(block.columns(), batches[block.batch_id].source, rows)

    def _add_packed(self, columns: dict[str, list], source: str, rows: list[Suspicion]) -> None:
        """Of what is packed, the series of the doubted figures."""
        wanted = {self._key(one, source) for one in rows}
        names = ("municipality_id", "quarters", "sector", "sex", "absence_type", "first_quarter", "rate")
        for unit, *about, first, rate in zip(*(columns[name] for name in names), strict=True):
            if (key := (unit, source, *about)) in wanted:
                self._known[key][first] = rate

    @staticmethod
    def _key(one, source: str) -> tuple:
        return (one.municipality_id, source, one.quarters, one.sector, one.sex, one.absence_type)

    def staged_of(self, one: Suspicion) -> StagedFigure | None:
        return self._staged.get((one.batch_id, one.position))

    def _is_alone(self, one: Suspicion) -> bool:
        known = self._known.get(self._key(one, one.batch.source), {})
        return one.quarters > 1 and not any(
            rate is not None for first, rate in known.items() if first != one.first_quarter
        )

    def _own_quarters(self, rows: list[Suspicion]) -> dict[int, dict[int, int]]:
        """Suspicion → first quarter → the rate of the window its municipality's quarters make."""
        if not rows:
            return {}
        around = self._around(rows)
        del around["quarters__in"], around["first_quarter__range"]
        firsts = [one.first_quarter for one in rows]
        span = (min(firsts) - BACK, max(firsts) + BACK + max(one.quarters for one in rows))
        found = MunicipalityQuarter.objects.filter(quarter__range=span, **around)
        days: dict[tuple, dict[int, tuple[int, int]]] = defaultdict(dict)
        for one in found.filter(source__in={row.batch.source for row in rows}):
            key = (one.municipality_id, one.source, one.sector, one.sex, one.absence_type)
            days[key][one.quarter] = (one.lost, one.possible)
        keys = {one.pk: (one.municipality_id, one.batch.source, one.sector, one.sex, one.absence_type) for one in rows}
        return {one.pk: _windows(days.get(keys[one.pk], {}), one.quarters) for one in rows}

    def note(self, one: Suspicion) -> str:
        if not self._rolled.get(one.pk):
            return ""
        return _("The line is made of the municipality’s own quarters; the ring is the figure of the file.")

    def points(self, one: Suspicion) -> tuple[Point, ...]:
        if not one.municipality_id:
            return ()
        if rolled := self._rolled.get(one.pk):
            return _apart(one, rolled)
        known = dict(self._known.get(self._key(one, one.batch.source), {}))
        known[one.first_quarter] = one.value
        near = sorted(first for first in known if abs(first - one.first_quarter) <= BACK)
        return tuple(
            Point(Period(first, one.quarters), percent(known[first]), first == one.first_quarter) for first in near
        )


def _windows(days: Mapping[int, tuple[int, int]], quarters: int) -> dict[int, int]:
    """First quarter → rate, where every quarter of the window is there. Scaled as `calculations.columns`."""
    found = {}
    for first in days:
        parts = [days.get(quarter) for quarter in range(first, first + quarters)]
        if None not in parts:
            lost, possible = (sum(part[at] for part in parts) for at in (0, 1))
            found[first] = rate_from_days(lost, possible)
    return found


def _apart(one: Suspicion, rolled: Mapping[int, int]) -> tuple[Point, ...]:
    """The doubted figure among windows of another making, parted from their line by a gap."""
    near = [first for first in sorted(rolled) if abs(first - one.first_quarter) <= BACK]
    line = [Point(Period(first, one.quarters), percent(rolled[first])) for first in near]
    return (*line, Point(one.period, None), Point(one.period, one.percent, is_marked=True))
