"""Gatherings as reports print them: counted by cohort and kind, listed by year, against what sources state."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from programmes.models import Programme

from ..models import Gathering, StatedAttendance, StatedGatheringCount
from .calendar import GatheringRow, audience_of, with_audience

ALL = "all"


@dataclass(frozen=True)
class GatheringCount:
    """How many gatherings of a kind were held for a cohort; ``stated`` is what sources say of the same."""

    kind: str
    cohort: str
    count: int
    stated: list[StatedGatheringCount]

    @property
    def kind_label(self) -> str:
        return str(Gathering.Kind(self.kind).label)

    @property
    def differs(self) -> bool:
        return any(not one.count <= self.count <= (one.count_to or one.count) for one in self.stated)


@dataclass(frozen=True)
class GatheringCounts:
    """``cohorts`` are (slug, name) in order; ``counts`` by (kind, cohort slug), and under "all" for the programme."""

    cohorts: list[tuple[str, str]]
    counts: dict[tuple[str, str], GatheringCount]
    kinds: list[str]

    def of(self, kind: str, cohort: str = ALL) -> GatheringCount:
        return self.counts.get((kind, cohort), GatheringCount(kind, cohort, 0, []))

    @property
    def total(self) -> int:
        return sum(self.of(kind).count for kind in self.kinds)

    @property
    def differing(self) -> list[GatheringCount]:
        return [one for one in self.counts.values() if one.differs]


def held_in(programme: Programme, *, year: int | None = None, until: date | None = None) -> QuerySet[Gathering]:
    found = programme.gatherings.filter(state=Gathering.State.HELD)
    if year:
        found = found.filter(starts_on__year=year)
    return found.filter(starts_on__lte=until) if until else found


def gathering_counts(programme: Programme, *, year: int | None = None, until: date | None = None) -> GatheringCounts:
    """Gatherings held, by kind and cohort. Stated counts are for the whole programme, so of a year none are given.

    A gathering for two cohorts counts under both, and once in the programme. Five queries.
    """
    cohorts = [(one.slug, one.name) for one in programme.cohorts.order_by("position")]
    counted: Counter[tuple[str, str]] = Counter()
    for one in with_audience(held_in(programme, year=year, until=until)):
        counted[one.kind, ALL] += 1
        for slug in {place.slug for place in one.cohorts.all()}:
            counted[one.kind, slug] += 1
    stated: dict[tuple[str, str], list[StatedGatheringCount]] = {}
    if year is None:
        for one in programme.stated_gathering_counts.exclude(kind="").select_related("cohort"):
            stated.setdefault((one.kind, one.cohort.slug if one.cohort else ALL), []).append(one)
    keys = list(dict.fromkeys([*counted, *stated]))
    kinds = [kind for kind in Gathering.Kind.values if any(key[0] == kind for key in keys)]
    return GatheringCounts(
        cohorts, {key: GatheringCount(*key, counted[key], stated.get(key, [])) for key in keys}, kinds
    )


def gathering_list(programme: Programme, *, year: int | None = None, until: date | None = None) -> list[GatheringRow]:
    """Date, cohort and activity in order of time, as the appendix of the final report has it. Three queries."""
    found = with_audience(held_in(programme, year=year, until=until)).in_order()
    return [GatheringRow(one, audience_of(one)) for one in found]


def themes_by_gathering(
    programme: Programme, *, year: int | None = None, until: date | None = None
) -> tuple[list[str], list[tuple[Gathering, list[bool]]]]:
    """The themes in alphabetical order, and for each gathering that has any, which of them it took up. One query."""
    found = [one for one in held_in(programme, year=year, until=until).in_order() if one.themes]
    themes = sorted({theme for one in found for theme in one.themes}, key=str.casefold)
    return themes, [(one, [theme in one.themes for theme in themes]) for one in found]


def stated_attendances(programme: Programme) -> list[StatedAttendance]:
    """What sources say of the conferences: how many came, and from how many municipalities. One query."""
    return list(programme.stated_attendances.select_related("gathering__programme"))
