"""A programme small enough to work its figures out by hand.

Workdays lost in each quarter of three years from 4. kv. 2006, of as many possible ones each quarter:

    Ask    in, Innsats   100, 110, 120 of 1 000   10,0  11,0  12,0 percent
    Bru    in, Innsats   240, 240, 210 of 3 000    8,0   8,0   7,0
    Ceder  outside       180, 190, 200 of 2 000    9,0   9,5  10,0
    Dal    outside       360, 360, 360 of 4 000    9,0   and nothing in 1. kv. 2008
"""

from dataclasses import dataclass
from datetime import date

from municipalities.models import Municipality, Population
from networks.models import Network, NetworkMembership
from programmes.models import Programme
from reporting.scope import Scope
from reporting.scopes import scope_for
from tests.absence.imports import long_file, released, total
from tests.factories import (
    CohortFactory,
    CohortMembershipFactory,
    MunicipalityFactory,
    ParticipationFactory,
    ProgrammeFactory,
)

PLACES = {"0101": "Ask", "0104": "Bru", "0105": "Ceder", "0106": "Dal"}
LOST = {"0101": (100, 110, 120), "0104": (240, 240, 210), "0105": (180, 190, 200), "0106": (360, 360, 360)}
POSSIBLE = {"0101": 1000, "0104": 3000, "0105": 2000, "0106": 4000}
SILENT = {("0106", "2008K1")}
FIRST, LAST = 2006 * 4 + 3, 2009 * 4 + 2
COUNTED_ON = date(2009, 1, 1)
MEMBERS = ("0101", "0104")


@dataclass
class SmallWorld:
    programme: Programme
    municipalities: dict[str, Municipality]

    def scope(self, year: int | None = None) -> Scope:
        return scope_for(self.programme, year)


def small_world(*, with_figures: bool = True) -> SmallWorld:
    programme = ProgrammeFactory(slug="lite", name="Det lille programmet", ends_on=date(2010, 6, 30))
    places = {number: MunicipalityFactory(number=number, name=name) for number, name in PLACES.items()}
    for number, municipality in places.items():
        Population.objects.create(
            municipality=municipality, counted_on=COUNTED_ON, inhabitants_count=10 * POSSIBLE[number]
        )
    cohort = CohortFactory(
        programme=programme, slug="innsats", name="Innsats", starts_on=date(2007, 1, 8), is_by_invitation=True
    )
    network = Network.objects.create(programme=programme, cohort=cohort, slug="nettverk-1", name="Nettverk 1")
    for number in MEMBERS:
        taking_part = ParticipationFactory(
            programme=programme, municipality=places[number], name=PLACES[number], slug=number, starts_on=None
        )
        CohortMembershipFactory(cohort=cohort, participation=taking_part, starts_on=date(2007, 1, 8))
        NetworkMembership.objects.create(network=network, participation=taking_part, starts_on=date(2007, 1, 8))
    if with_figures:
        released(long_file(*quarters()), vintage_on=date(2009, 11, 15))
    return SmallWorld(programme, places)


def quarters():
    for number, lost in LOST.items():
        for quarter in range(FIRST, LAST + 1):
            period = f"{quarter // 4}K{quarter % 4 + 1}"
            if (number, period) not in SILENT:
                yield total(number, period, lost[(quarter - FIRST) // 4], POSSIBLE[number])
