"""What waits at the desk, each with what is needed to judge it: the words, the numbers, the series it stands in."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from ..calculations.columns import percent
from ..calculations.periods import Period
from ..calculations.rates import format_percent
from ..models import Figure, ImportBatch, StagedFigure, Suspicion
from .labels import rule_label, slice_label
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
    series: tuple[Point, ...] = ()
    lost: Decimal | None = None
    possible: Decimal | None = None

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
    """What holds something back and has no answer: of one import, or of all."""
    rows = _chosen(Suspicion.objects.open(), batch, rule, search)
    return _groups(rows, with_series=True)


def warning_groups(batch: ImportBatch) -> list[RuleGroup]:
    """What is let through and shown."""
    return _groups(batch.suspicions.filter(blocking=False), with_series=False)


def answered(batch: ImportBatch) -> list[Doubt]:
    rows = batch.suspicions.exclude(decision="").order_by("-decided_at", "pk")
    return _doubts(rows.select_related("municipality", "batch", "decided_by")[:SHOWN], with_series=False)


def open_rules() -> list[tuple[str, str]]:
    """Rules that something open falls under, for a filter."""
    found = Suspicion.objects.open().order_by("rule").values_list("rule", flat=True).distinct()
    return [(rule, rule_label(rule)) for rule in found]


def oldest_open() -> datetime | None:
    return Suspicion.objects.open().order_by("batch__uploaded_at").values_list("batch__uploaded_at", flat=True).first()


def _chosen(rows: QuerySet, batch: ImportBatch | None, rule: str, search: str) -> QuerySet:
    if batch is not None:
        rows = rows.filter(batch=batch)
    if rule:
        rows = rows.filter(rule=rule)
    if search:
        rows = rows.filter(municipality__distinct_name__icontains=search)
    return rows


def _groups(rows: QuerySet, *, with_series: bool) -> list[RuleGroup]:
    totals = dict(rows.order_by().values_list("rule").annotate(total=Count("pk")))
    shown = rows.select_related("municipality", "batch").order_by("rule", "batch", "position", "first_quarter", "pk")
    by_rule: dict[str, list[Doubt]] = defaultdict(list)
    for one in _doubts(shown[:SHOWN], with_series=with_series):
        by_rule[one.suspicion.rule].append(one)
    return [RuleGroup(rule, rule_label(rule), tuple(found), totals[rule]) for rule, found in by_rule.items()]


def _doubts(rows: Iterable[Suspicion], *, with_series: bool) -> list[Doubt]:
    rows = list(rows)
    series = _Series(rows) if with_series else None
    return [_doubt(one, series) for one in rows]


def _doubt(one: Suspicion, series: "_Series | None") -> Doubt:
    staged = series.staged_of(one) if series else None
    return Doubt(
        suspicion=one,
        place=str(one.municipality) if one.municipality else _("All municipalities in the file"),
        part=slice_label(one.sector, one.sex, one.absence_type),
        period=one.period.label(),
        value="" if one.value is None else _("%(rate)s percent") % {"rate": format_percent(one.percent)},
        words=suspicion_words(one),
        series=series.points(one) if series else (),
        lost=staged.lost_days if staged else None,
        possible=staged.possible_days if staged else None,
    )


class _Series:
    """The figures round all suspicions shown, in two queries."""

    def __init__(self, rows: list[Suspicion]):
        rows = [one for one in rows if one.municipality_id]
        self._known: dict[tuple, dict[int, int | None]] = defaultdict(dict)
        self._staged: dict[tuple[int, int], StagedFigure] = {}
        if rows:
            around = self._around(rows)
            self._add_released(rows, around)
            self._add_staged(rows, around)

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

    @staticmethod
    def _key(one, source: str) -> tuple:
        return (one.municipality_id, source, one.quarters, one.sector, one.sex, one.absence_type)

    def staged_of(self, one: Suspicion) -> StagedFigure | None:
        return self._staged.get((one.batch_id, one.position))

    def points(self, one: Suspicion) -> tuple[Point, ...]:
        if not one.municipality_id:
            return ()
        known = dict(self._known.get(self._key(one, one.batch.source), {}))
        known[one.first_quarter] = one.value
        near = sorted(first for first in known if abs(first - one.first_quarter) <= BACK)
        return tuple(
            Point(Period(first, one.quarters), percent(known[first]), first == one.first_quarter) for first in near
        )
