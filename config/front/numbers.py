"""A programme in five numbers, each against a year before."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from absence.calculations.periods import Period
from absence.calculations.rates import MINUS, Absence
from absence.queries.shown import format_percent, format_points
from networks.models import NetworkMembership
from programmes.models import CohortMembership, Programme
from programmes.queries import last_day

STAY = ("starts_on", "ends_on", "participation__withdrawn_on")


@dataclass(frozen=True)
class Number:
    """``change`` says how it compares with a year before; empty when that is not known."""

    label: str
    value: str
    change: str = ""


def day_of(programme: Programme) -> date:
    return last_day(programme, timezone.localdate())


def year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)


def people_numbers(programme: Programme) -> list[Number]:
    """Participants and networks on the programme's day and a year before; two queries."""
    days = [day_of(programme), year_before(day_of(programme))]
    now, before = active_counts(programme, days)
    networks_now, networks_before = network_counts(programme, days)
    return [
        Number(_("Participants"), str(now), change_in_count(now, before)),
        Number(_("Networks"), str(networks_now), change_in_count(networks_now, networks_before)),
    ]


def active_counts(programme: Programme, days: list[date]) -> list[int]:
    """As ``programmes.queries.participant_counts`` counts the active ones, for several days at once."""
    rows = list(CohortMembership.objects.filter(cohort__programme=programme).values_list(*STAY))
    return [sum(is_active(stay, day) for stay in rows) for day in days]


def active_by_programme(programmes: list[Programme]) -> dict[int, int]:
    """Programme → active participants on the day it is counted on; one query for all of them."""
    days = {one.pk: day_of(one) for one in programmes}
    rows = CohortMembership.objects.filter(cohort__programme__in=programmes).values_list("cohort__programme", *STAY)
    return Counter(programme for programme, *stay in rows if is_active(stay, days[programme]))


def is_active(stay, day: date) -> bool:
    """Whether a time in a cohort holds on the day: (first day, last day, day of withdrawal), each known or not."""
    starts, ends, gone = stay
    return (starts is None or starts <= day) and (ends is None or ends >= day) and (gone is None or gone > day)


def network_counts(programme: Programme, days: list[date]) -> list[int]:
    """Networks with at least one member on the day; an unknown beginning is the programme's."""
    known = Q(starts_on__isnull=True) | Q(starts_on__lte=max(days))
    rows = NetworkMembership.objects.filter(known, network__programme=programme)
    rows = list(rows.values_list("network_id", "starts_on", "ends_on"))
    return [
        len(
            {
                network
                for network, starts, ends in rows
                if (starts or programme.starts_on) <= day and (ends is None or ends >= day)
            }
        )
        for day in days
    ]


def absence_numbers(programme: Programme, series: dict[str, dict[Period, Absence]]) -> list[Number]:
    """The last window of the programme and of the others, and the difference; each against the window a year before."""
    inside, outside = series.get(f"in:{programme.slug}", {}), series.get(f"outside:{programme.slug}", {})
    both = sorted(set(inside) & set(outside))
    if not both:
        return []
    window = both[-1]
    earlier = Period(window.first - 4, window.quarters)
    rates = [figures[window].rate for figures in (inside, outside)]
    before = [figures[earlier].rate if earlier in figures else None for figures in (inside, outside)]
    gap = rates[0] - rates[1]
    gap_before = before[0] - before[1] if None not in before else None
    return [
        Number(_("Absence in the programme, percent"), format_percent(rates[0]), change_in_points(rates[0], before[0])),
        Number(_("Absence outside it, percent"), format_percent(rates[1]), change_in_points(rates[1], before[1])),
        Number(_("Difference, percentage points"), format_points(gap), change_in_points(gap, gap_before)),
    ]


def change_in_count(now: int, before: int) -> str:
    if now == before:
        return _("the same as a year before")
    sign = "+" if now > before else MINUS
    return _("%(change)s in a year") % {"change": f"{sign}{abs(now - before)}"}


def change_in_points(now: Decimal, before: Decimal | None) -> str:
    if before is None:
        return ""
    return _("%(change)s percentage points in a year") % {"change": format_points(now - before)}
