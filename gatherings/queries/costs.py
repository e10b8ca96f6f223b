"""What the programme covers: how many people's places, and the support to municipalities for local gatherings.

The support is so many kroner for each municipality. Where nobody was registered in the portal, the municipalities are
those of the gathering's networks on its first day.
"""

from dataclasses import dataclass
from datetime import date

from networks.models import NetworkMembership
from programmes.models import Programme

from ..calculations.delegation import paid_keys
from ..models import Gathering, Registration
from .calendar import GatheringRow, audience_of, with_audience


@dataclass(frozen=True)
class CostRow:
    """``paid`` and ``self_paying`` are None where nobody was registered in the portal: then they are unknown.

    ``participants`` is None where it is for no network either; ``from_network`` says that they are the network's.
    """

    row: GatheringRow
    paid: int | None
    self_paying: int | None
    participants: int | None
    from_network: bool
    support_nok: int | None


@dataclass(frozen=True)
class CostYear:
    year: int
    rows: list[CostRow]

    @property
    def paid(self) -> int:
        return sum(one.paid or 0 for one in self.rows)

    @property
    def support_nok(self) -> int:
        return sum(one.support_nok or 0 for one in self.rows)


def costs(programme: Programme, *, year: int | None = None, until: date | None = None) -> list[CostYear]:
    """By year, the gatherings held or announced with what is covered; the rule of each is applied anew. Five queries.

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
    members = _members(gatherings)
    by_year: dict[int, list[CostRow]] = {}
    for gathering in gatherings:
        row = _cost(gathering, seated.get(gathering.pk, []), members.get(gathering.pk, set()))
        by_year.setdefault(gathering.starts_on.year, []).append(row)
    return [CostYear(*one) for one in by_year.items()]


def _members(gatherings: list[Gathering]) -> dict[int, set[int]]:
    """The participations of each gathering's networks on its first day."""
    of_network: dict[int, list[NetworkMembership]] = {}
    networks = {network.pk for one in gatherings for network in one.networks.all()}
    for membership in NetworkMembership.objects.filter(network__in=networks):
        of_network.setdefault(membership.network_id, []).append(membership)
    return {
        one.pk: {
            membership.participation_id
            for network in one.networks.all()
            for membership in of_network.get(network.pk, [])
            if membership.holds_on(one.starts_on)
        }
        for one in gatherings
    }


def _cost(gathering: Gathering, seated: list[Registration], members: set[int]) -> CostRow:
    places = {one.participation_id for one in seated if one.participation_id}
    support = _support(gathering, len(places) if seated else len(members))
    row = GatheringRow(gathering, audience_of(gathering))
    if not seated:
        return CostRow(row, None, None, len(members) or None, bool(members), support)
    covered = set() if gathering.is_paid_by_municipalities else paid_keys(gathering.rule, (one.sent for one in seated))
    own = sum(one.participation_id is not None and one.pk not in covered for one in seated)
    return CostRow(row, len(covered), own, len(places), False, support)


def _support(gathering: Gathering, municipalities: int) -> int | None:
    """None where support was given to an unknown number."""
    if gathering.is_paid_by_municipalities or not gathering.support_nok:
        return 0
    return gathering.support_nok * municipalities or None
