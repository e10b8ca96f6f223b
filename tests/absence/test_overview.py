"""The overview of a programme asks as few questions for many groups and periods as for one."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from absence.queries import Ground, cohort_members, programme_members
from absence.queries.units import published_periods
from absence.queries.vintages import newest_vintage, vintage_of
from municipalities.models import Organisation, Population
from tests.absence.imports import VINTAGE, long_file, municipalities, released, total, wide_file
from tests.factories import (
    CohortFactory,
    CohortMembershipFactory,
    ParticipationFactory,
    ProgrammeFactory,
    person,
)

pytestmark = pytest.mark.django_db
AT_MOST = 12


def years(number: str, *wanted: int) -> list[str]:
    return [total(number, f"{year}K{quarter}", 600, 6000) for year in wanted for quarter in (1, 2, 3, 4)]


def a_group(programme, place, n: int):
    """A participant in a cohort of its own."""
    member = ParticipationFactory(programme=programme, municipality=place)
    cohort = CohortFactory(programme=programme, slug=f"pulje-{n}", name=f"Pulje {n}", position=n)
    CohortMembershipFactory(cohort=cohort, participation=member)
    Population.objects.create(municipality=place, counted_on=date(2008, 1, 1), inhabitants_count=1000 * n)


def questions(client, programme) -> int:
    client.get(reverse("absence:imports"))  # whoever has been here before has the cookies of a kept page
    with CaptureQueriesContext(connection) as asked:
        page = client.get(reverse("absence:overview", args=[programme.slug]))
    assert page.status_code == 200
    assert "10,0" in page.content.decode()
    return len(asked)


def test_three_groups_and_more_periods_ask_no_more_than_one(client):
    places = municipalities("0101", "0104", "0105", "0106")
    programme = ProgrammeFactory()
    a_group(programme, places[0], 1)
    released(long_file(*years("0101", 2007, 2008), *years("0106", 2007, 2008)), name="1.csv")
    client.force_login(person("adviser"))
    one = questions(client, programme)
    assert one <= AT_MOST
    for n in (2, 3):
        a_group(programme, places[n - 1], n)
    numbers = ("0101", "0104", "0105", "0106")
    more = (line for number in numbers for line in years(number, 2005, 2006, 2009))
    released(long_file(*more, *years("0104", 2007, 2008), *years("0105", 2007, 2008)), name="2.csv")
    assert questions(client, programme) == one


def test_published_windows_ask_no_more_than_quarters(client):
    places = municipalities("0101", "0106")
    programme = ProgrammeFactory()
    a_group(programme, places[0], 1)
    released(long_file(*years("0101", 2006, 2007, 2008), *years("0106", 2006, 2007, 2008)))
    client.force_login(person("adviser"))
    one = questions(client, programme)
    released(wide_file("Kommunenr;Q406-Q307;Q407-Q308", "0101;9,7;9,8", "0106;9,1;9,2"), name="w.csv")
    assert questions(client, programme) == one


def test_the_ground_says_what_the_single_questions_say():
    places = municipalities("0101", "0104", "0105", "0106")
    programme = ProgrammeFactory()
    for n in (1, 2):
        a_group(programme, places[n - 1], n)
    joint = Organisation.objects.create(slug="felles", name="Felles", kind=Organisation.Kind.JOINT_MUNICIPALITY)
    joint.members.set(places[2:3])
    ParticipationFactory(programme=programme, municipality=None, organisation=joint)
    district = Organisation.objects.create(slug="bydel", name="Bydel", kind=Organisation.Kind.DISTRICT)
    district.members.set(places[3:])
    ParticipationFactory(programme=programme, municipality=None, organisation=district)
    released(long_file(*years("0101", 2006, 2007)))
    released(wide_file("Kommunenr;Q406-Q307;Q407-Q308", "0101;9,7;0,0"), name="w.csv")
    ground = Ground(programme)
    assert ground.members() == programme_members(programme) == {place.pk for place in places[:3]}
    assert {one.slug: set(one.ids) for one in ground.cohorts()} == cohort_members(programme)
    assert ground.published_periods() == published_periods("PAI")
    assert len(ground.published_periods()) == 2, "also the window that is held"
    assert ground.newest_vintage == newest_vintage("PAI") == VINTAGE
    for lengths in ((1,), (4,), (1, 4)):
        periods = ground.compared_periods()
        assert ground.vintage_of(periods, lengths) == vintage_of("PAI", periods, lengths=lengths)
