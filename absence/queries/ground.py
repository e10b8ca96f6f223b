"""What the tables about a programme stand on: releases, register, participants and figures, each asked for once.

A page with several tables gives them all the same `Ground`, so that it asks as few questions for many groups and
periods as for one.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from django.db import connection
from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.utils import timezone

from municipalities.models import Municipality, Population
from programmes.models import Participation, Programme
from programmes.queries import last_day
from programmes.queries.counts import JOINT

from ..calculations.columns import days
from ..calculations.periods import Period, quarter_start
from ..calculations.rates import Absence
from ..models import GroupWindow, MunicipalityQuarter, Source
from .groups import quarter_of
from .newest import FAR_FUTURE
from .units import WHOLE, UnitTable, rolled, rolled_figures

WINDOW = 4
# Releases with their periods; published windows that are still held; and the newest quarter of all, of length 0.
KNOWN = """
SELECT vintage_on, CAST(periods AS text) FROM absence_release WHERE source = %(source)s AND vintage_on <= %(as_of)s
UNION ALL
SELECT DISTINCT CAST(NULL AS date), '[[' || staged.first_quarter || ', ' || staged.quarters || ']]'
FROM absence_stagedfigure staged JOIN absence_importbatch batch ON batch.id = staged.batch_id
WHERE staged.held AND staged.quarters = 4 AND batch.source = %(source)s AND batch.state = 'released'
UNION ALL
SELECT CAST(NULL AS date), '[[' || MAX(quarter) || ', 0]]' FROM absence_municipalityquarter WHERE source = %(source)s
"""


class CohortOf(NamedTuple):
    """A cohort with members. ``ids`` are whole municipalities, the withdrawn left out."""

    position: int
    slug: str
    name: str
    starts_on: date | None
    ids: frozenset[int]


@dataclass
class Units:
    """The municipalities compared: those of the register on the last day of the periods, with what was before them."""

    names: dict[int, str]
    ids: set[int] = field(init=False)

    def __post_init__(self):
        self.ids = set(self.names)


class Ground:
    """Of one programme, one source, and what was known ``as_of`` a vintage."""

    def __init__(self, programme: Programme, source: str = Source.PAI, as_of: date | None = None):
        self.programme, self.source, self.as_of = programme, source, as_of
        self._loaded: tuple[int, int] | None = None

    @cached_property
    def _known(self) -> list[tuple[date | None, list[tuple[int, int]]]]:
        with connection.cursor() as cursor:
            cursor.execute(KNOWN, {"source": self.source, "as_of": self.as_of or FAR_FUTURE})
            rows = [(day, json.loads(periods)) for day, periods in cursor.fetchall() if periods]
        return [(date.fromisoformat(str(day)) if day else None, [tuple(one) for one in found]) for day, found in rows]

    @cached_property
    def newest_vintage(self) -> date | None:
        return max((day for day, _ in self._known if day), default=None)

    def published_periods(self) -> list[Period]:
        """The four-quarter windows that the source itself published, oldest first; also those held at the desk."""
        windows = {one for _, periods in self._known for one in periods if one[1] == WINDOW}
        return sorted(Period(*one) for one in windows)

    def vintage_of(self, periods: Iterable[Period], lengths: Collection[int]) -> date | None:
        """The newest vintage that has anything of these periods (see `vintages.vintage_of`)."""
        wanted = list(periods)
        for day, released in sorted((one for one in self._known if one[0]), key=lambda one: one[0], reverse=True):
            used = [Period(*other) for other in released if other[1] in lengths]
            if any(one.overlaps(other) for one in wanted for other in used):
                return day
        return None

    def last_window(self) -> Period | None:
        """The last four-quarter window that the source published; where it published none, the last quarters give."""
        if published := self.published_periods():
            return published[-1]
        last = next((first for _, periods in self._known for first, length in periods if not length), None)
        return Period(last - WINDOW + 1, WINDOW) if last else None

    def compared_periods(self) -> tuple[Period, ...]:
        """The last window, the one before it, and the one a year before the last (as in table 4.6)."""
        last = self.last_window()
        if last is None:
            return ()
        before = self.published_periods()[-2:-1] or [Period(last.first - 1, WINDOW)]
        return tuple(sorted({last, *before, Period(last.first - WINDOW, WINDOW)}))

    def first_years(self) -> tuple[Period, Period]:
        """The first published window that ends within the programme, and the same a year later (as in the report of
        2008); where none is published, the programme's first four quarters and the four after them."""
        start = self.programme.starts_on
        published = (one for one in self.published_periods() if one.ends_on >= start)
        first = next(published, None) or Period(quarter_of(start), WINDOW)
        return first, Period(first.first + WINDOW, WINDOW)

    @cached_property
    def _register(self) -> list[tuple]:
        """Every municipality with its life, and its inhabitants when the programme was young."""
        counts = Population.objects.filter(municipality=OuterRef("pk"), counted_on__lte=self._first_count())
        newest = counts.order_by("-counted_on", "-inhabitants_count").values("inhabitants_count")[:1]
        names = ("pk", "norwegian_name", "distinct_name", "valid_from", "valid_to", "inhabitants")
        return list(Municipality.objects.annotate(inhabitants=Subquery(newest)).order_by().values_list(*names))

    def _first_count(self) -> date:
        """The count of inhabitants that held when the programme was young."""
        return date(self.programme.starts_on.year + 2, 1, 1)

    def population(self) -> dict[int, int]:
        return {row[0]: row[5] for row in self._register if row[5] is not None}

    def units(self, periods: Collection[Period]) -> Units:
        last = max((period.last for period in periods), default=quarter_of(timezone.localdate()))
        day = quarter_start(last)
        # The county stands in brackets where a name occurs twice.
        return Units(
            {
                pk: distinct if "(" in distinct else name
                for pk, name, distinct, first, until, _ in self._register
                if (first is None or first <= day) and (until is None or until >= day)
            }
        )

    @cached_property
    def _participants(self) -> list[tuple]:
        """A line for each whole municipality of each active participation, and each cohort it is in (or none)."""
        day = last_day(self.programme, timezone.localdate())
        active = Participation.objects.filter(programme=self.programme).active_on(day).order_by()
        cohort = "cohort_memberships__cohort__"
        names = ("municipality_id", "organisation__kind", "joined", "cohort_memberships__ends_on")
        rows = active.annotate(joined=F("organisation__members")).values_list(
            *names, f"{cohort}position", f"{cohort}slug", f"{cohort}name", f"{cohort}starts_on"
        )
        return [
            (own or joined, cohort if slug and (ends_on is None or ends_on >= day) else None)
            for own, kind, joined, ends_on, *cohort in rows
            for slug in [cohort[1]]
            if own or (joined and kind in JOINT)
        ]

    def members(self) -> set[int]:
        """The whole municipalities that take part (as `groups.programme_members`)."""
        return {municipality for municipality, _ in self._participants}

    def cohorts(self) -> list[CohortOf]:
        """The cohorts that have members, in their order (members as `groups.cohort_members`)."""
        found: dict[tuple, set[int]] = defaultdict(set)
        for municipality, cohort in self._participants:
            if cohort:
                found[tuple(cohort)].add(municipality)
        return sorted((CohortOf(*cohort, frozenset(ids)) for cohort, ids in found.items()), key=lambda one: one[:2])

    def load(self, periods: Iterable[Period], groups: Collection[str] = ()) -> dict[str, dict[Period, Decimal]]:
        """Ask for the kept sums of all these periods at once, for the tables that follow; one query.

        Gives group key → its weighted four-quarter rates in time order, of the ``groups`` named, for a chart.
        """
        if not (periods := list(periods)):
            return {}
        self._loaded = first, last = min(one.first for one in periods), max(one.last for one in periods)
        units = MunicipalityQuarter.objects.filter(quarter__range=(first, last)).annotate(key=Value(""))
        windows = GroupWindow.objects.filter(group_key__in=groups, quarters=WINDOW).annotate(unit=Value(0))
        rows = _whole(units, self.source, "key", "municipality_id", "quarter").union(
            _whole(windows, self.source, "group_key", "unit", "first_quarter"), all=True
        )
        self._quarters: dict[int, dict[int, Absence]] = defaultdict(dict)
        rates: dict[str, dict[Period, Decimal]] = defaultdict(dict)
        for key, unit, quarter, lost, possible in rows:
            if key:
                rates[key][Period(quarter, WINDOW)] = Decimal(100 * lost) / possible
            else:
                self._quarters[quarter][unit] = Absence.from_days(days(lost), days(possible))
        return {key: dict(sorted(found.items())) for key, found in rates.items()}

    def rolled(self, periods: Collection[Period], ids: Collection[int] | None = None) -> UnitTable:
        """The periods from the source's quarters (as `units.rolled_figures`)."""
        first, last = self._loaded or (0, -1)
        if not all(first <= one.first and one.last <= last for one in periods):
            return rolled_figures(self.source, periods, as_of=self.as_of, ids=ids)
        table = {period: rolled(period, self._quarters) for period in sorted(set(periods))}
        if ids is None:
            return table
        return {period: {unit: one for unit, one in found.items() if unit in ids} for period, found in table.items()}


def _whole(rows: QuerySet, source: str, *names: str) -> QuerySet:
    return rows.filter(source=source, **WHOLE).order_by().values_list(*names, "lost", "possible")
