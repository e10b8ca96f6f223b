"""What the programme covers: how many people's places, and the support to those who host local gatherings."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from programmes.models import Programme

from ..calculations.delegation import paid_keys
from ..models import Gathering, Registration
from .calendar import GatheringRow, audience_of, with_audience


@dataclass(frozen=True)
class CostRow:
    """``paid`` and ``participants`` are None where nobody was registered in the portal: then they are unknown."""

    row: GatheringRow
    paid: int | None
    self_paying: int | None
    participants: int | None
    support_nok: int


@dataclass(frozen=True)
class CostYear:
    year: int
    rows: list[CostRow]

    @property
    def paid(self) -> int:
        return sum(one.paid or 0 for one in self.rows)

    @property
    def support_nok(self) -> int:
        return sum(one.support_nok for one in self.rows)


def costs(programme: Programme, *, year: int | None = None, until: date | None = None) -> list[CostYear]:
    """By year, the gatherings held or announced with what is covered; the rule of each is applied anew. Four queries.

    A gathering that the municipalities pay themselves has neither paid places nor support.
    """
    found = programme.gatherings.filter(state__in=[Gathering.State.ANNOUNCED, Gathering.State.HELD])
    if year:
        found = found.filter(starts_on__year=year)
    if until:
        found = found.filter(starts_on__lte=until)
    gatherings = list(with_audience(found).in_order())
    seated: dict[int, list[Registration]] = {}
    for one in Registration.objects.seated().filter(gathering__in=gatherings).order_by("number"):
        seated.setdefault(one.gathering_id, []).append(one)
    by_year: dict[int, list[CostRow]] = {}
    for gathering in gatherings:
        by_year.setdefault(gathering.starts_on.year, []).append(_cost(gathering, seated.get(gathering.pk, [])))
    return [CostYear(*one) for one in by_year.items()]


def _cost(gathering: Gathering, seated: list[Registration]) -> CostRow:
    row = GatheringRow(gathering, audience_of(gathering))
    support = 0 if gathering.is_paid_by_municipalities else gathering.support_nok
    if not seated:
        return CostRow(row, None, None, None, support)
    covered = set() if gathering.is_paid_by_municipalities else paid_keys(gathering.rule, (one.sent for one in seated))
    own = sum(one.participation_id is not None and one.pk not in covered for one in seated)
    places = Counter(one.participation_id for one in seated if one.participation_id)
    return CostRow(row, len(covered), own, len(places), support)
