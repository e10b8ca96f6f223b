"""How many visits and courses there were: counted from the records, beside what sources print."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from programmes.models import Programme

from ..models import StatedActivity, Visit

VISITS = "municipal_visits"


@dataclass(frozen=True)
class StatedNumber:
    """A printed number; ``value`` is None where the source says that there were some and prints none."""

    value: Decimal | None
    unit: str
    qualifier: str
    source: str
    remark: str
    period_from: date
    period_to: date

    @property
    def is_whole_year(self) -> bool:
        return (self.period_from.month, self.period_from.day, self.period_to.month, self.period_to.day) == (
            1,
            1,
            12,
            31,
        )


@dataclass(frozen=True)
class VisitCount:
    """Visits of one year: ``counted`` are made and registered here, ``stated`` what sources print for it."""

    year: int
    counted: int
    stated: tuple[StatedNumber, ...]


def visit_counts(programme: Programme, year: int | None = None) -> list[VisitCount]:
    """By year, one year or all of the programme's, in order; visits made up for the demonstration count nowhere.

    Two queries. A stated number belongs to the year in which its period begins.
    """
    made = Visit.objects.counted().filter(participation__programme=programme)
    days = list(made.order_by().values_list("made_on", flat=True))
    stated = [_stated(one) for one in programme.stated_activities.filter(key=VISITS).order_by("period_from")]
    years = range(programme.starts_on.year, programme.ends_on.year + 1) if year is None else [year]
    return [
        VisitCount(
            one,
            sum(day.year == one for day in days),
            tuple(number for number in stated if number.period_from.year == one),
        )
        for one in years
    ]


def stated_numbers(programme: Programme, *keys: str) -> dict[str, list[StatedNumber]]:
    """Key of an activity → its printed numbers in order; without keys all of them. One query."""
    found: dict[str, list[StatedNumber]] = {}
    rows = programme.stated_activities.order_by("key", "period_from")
    for one in rows.filter(key__in=keys) if keys else rows:
        found.setdefault(one.key, []).append(_stated(one))
    return found


def _stated(one: StatedActivity) -> StatedNumber:
    return StatedNumber(one.value, one.unit, one.qualifier, one.source, one.remark_text, one.period_from, one.period_to)
