"""The register's list and pages: who sees which municipality, as of which day, in which order."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from municipalities.models import MunicipalityChange, Organisation, Population, RoleAssignment
from municipalities.queries.register import alphabetical, thousands
from networks.models import Network, NetworkMembership, NetworkPost
from tests.counting import queries_of
from tests.factories import (
    CohortMembershipFactory,
    CountyFactory,
    MunicipalityFactory,
    ParticipationFactory,
    ProgrammeFactory,
    UserFactory,
    person,
)

pytestmark = pytest.mark.django_db
MERGER = date(2020, 1, 1)


def get(user, name: str, *args, **asked):
    client = Client()
    client.force_login(user)
    return client.get(reverse(f"municipalities:{name}", args=args), asked)


def listed(user, **asked) -> list[str]:
    return [row.name for row in get(user, "municipalities", **asked).context["rows"]]


def test_the_alphabet_ends_with_æ_ø_å():
    assert sorted(["Åmot", "Ærø", "Øyer", "Alta", "zoo"], key=alphabetical) == ["Alta", "zoo", "Ærø", "Øyer", "Åmot"]


def test_thousands_have_a_space_and_nothing_is_a_dash():
    assert (thousands(12400), thousands(0), thousands(None)) == ("12\N{NO-BREAK SPACE}400", "0", "–")


def test_the_list_is_sorted_as_a_norwegian_directory_is():
    for name in ("Åmot", "Øyer", "Alta"):
        MunicipalityFactory(name=name)
    assert listed(person("adviser"), sort="name") == ["Alta", "Øyer", "Åmot"]
    assert listed(person("adviser"), sort="-name") == ["Åmot", "Øyer", "Alta"]


def test_a_municipality_without_inhabitants_stands_last_whichever_way_the_list_runs():
    small, large = MunicipalityFactory(name="Liten"), MunicipalityFactory(name="Stor")
    MunicipalityFactory(name="Ukjent")
    Population.objects.create(municipality=small, counted_on=date(2008, 1, 1), inhabitants_count=900)
    Population.objects.create(municipality=large, counted_on=date(2008, 1, 1), inhabitants_count=90000)
    assert listed(person("adviser"), sort="inhabitants") == ["Liten", "Stor", "Ukjent"]
    assert listed(person("adviser"), sort="-inhabitants") == ["Stor", "Liten", "Ukjent"]


def test_a_sorting_that_does_not_exist_is_by_number():
    MunicipalityFactory(number="0200", name="A")
    MunicipalityFactory(number="0100", name="B")
    assert listed(person("adviser"), sort="nonsense") == ["B", "A"]


def test_the_list_holds_those_that_existed_on_the_day():
    MunicipalityFactory(name="Gammel", valid_to=date(2019, 12, 31))
    MunicipalityFactory(name="Ny", valid_from=MERGER)
    assert listed(person("adviser")) == ["Ny"]
    assert listed(person("adviser"), on="2019-12-31") == ["Gammel"]


def test_the_list_says_its_date_and_keeps_it_in_the_filters():
    response = get(person("adviser"), "municipalities", on="2010-06-01")
    assert "per 1. juni 2010" in response.content.decode()
    assert response.context["form"].data["on"] == "2010-06-01"


def test_a_date_that_cannot_be_read_says_so_and_counts_today():
    response = get(person("adviser"), "municipalities", on="31.06.x")
    assert response.context["day"] == timezone.localdate()
    assert response.context["form"].errors["on"]


def test_inhabitants_are_the_newest_count_before_the_day():
    place = MunicipalityFactory()
    for year, count in ((2008, 100), (2010, 110), (2013, 130)):
        Population.objects.create(municipality=place, counted_on=date(year, 1, 1), inhabitants_count=count)
    rows = get(person("adviser"), "municipalities", on="2010-06-01").context["rows"]
    assert [row.inhabitants for row in rows] == ["110"]


@pytest.mark.parametrize("words", ["åm", "0101", "ÅMOT"])
def test_the_search_finds_names_and_numbers(words):
    MunicipalityFactory(number="0101", name="Åmot")
    MunicipalityFactory(number="0219", name="Bærum")
    assert listed(person("adviser"), q=words) == ["Åmot"]


def test_a_county_that_is_no_more_leads_to_a_day_when_it_was():
    county = CountyFactory(number="10", name="Vest-Agder", valid_to=date(2019, 12, 31))
    MunicipalityFactory(name="Mandal", county=county, valid_to=date(2019, 12, 31))
    response = get(person("adviser"), "municipalities", county="10")
    assert response.context["other_day"]["url"] == "?county=10&on=2019-12-31"
    assert listed(person("adviser"), county="10", on="2019-12-31") == ["Mandal"]


def test_a_project_leader_sees_only_ones_own_on_a_day_when_it_existed():
    own = MunicipalityFactory(name="Vår", valid_to=date(2019, 12, 31))
    MunicipalityFactory(name="Fremmed")
    leader = person("project_leader", municipality=own)
    assert listed(leader) == ["Vår"]
    assert "per 31. desember 2019" in get(leader, "municipalities").content.decode()


def test_a_stranger_s_municipality_does_not_exist():
    own, other = MunicipalityFactory(), MunicipalityFactory()
    leader = person("project_leader", municipality=own)
    assert get(leader, "municipality", own.number).status_code == 200
    assert get(leader, "municipality", other.number).status_code == 404
    assert get(leader, "municipality", "9999").status_code == 404


def test_a_role_that_has_ended_opens_nothing():
    own = MunicipalityFactory()
    leader = UserFactory()
    RoleAssignment.objects.create(
        user=leader, role="project_leader", municipality=own, starts_on=date(2005, 1, 1), ends_on=date(2009, 1, 1)
    )
    assert get(leader, "municipality", own.number).status_code == 403


def test_what_a_municipality_became_is_a_link_only_for_those_who_may_open_it():
    old, new = MunicipalityFactory(valid_to=date(2019, 12, 31)), MunicipalityFactory(valid_from=MERGER)
    MunicipalityChange.objects.create(kind="merge", happened_on=MERGER, predecessor=old, successor=new)
    link = f'href="{reverse("municipalities:municipality", args=[new.number])}"'
    for user, is_link in ((person("adviser"), True), (person("project_leader", municipality=old), False)):
        page = get(user, "municipality", old.number).content.decode()
        assert new.name in page
        assert "1. januar 2020" in page
        assert (link in page) is is_link


@pytest.fixture
def merger():
    """Kristiansund and Frei became the new Kristiansund; Frei's other neighbour is a stranger to them."""
    old, frei = MunicipalityFactory(name="Kristiansund", number="1503"), MunicipalityFactory(name="Frei", number="1556")
    new = MunicipalityFactory(name="Kristiansund", number="1505")
    for before in (old, frei):
        MunicipalityChange.objects.create(kind="merge", happened_on=date(2008, 1, 1), predecessor=before, successor=new)
    return old, frei, new


def register_part(number: str) -> str:
    page = get(person("adviser"), "municipality", number).content.decode()
    return " ".join(page.partition("I registeret")[2].partition("</ul>")[0].split())


def test_the_page_of_a_merger_lists_all_that_merged_into_it_with_the_date(merger):
    part = register_part("1505")
    for number, name in (("1503", "Kristiansund"), ("1556", "Frei")):
        assert f"{number} {name}</a>" in part
    assert part.count("<small>sammenslåing 1. januar 2008</small>") == 2


def test_the_page_of_one_that_merged_lists_what_it_merged_with(merger):
    assert "sammenslåing 1. januar 2008, sammen med 1503 Kristiansund</small>" in register_part("1556")


def test_a_change_on_another_day_is_no_part_of_the_merger(merger):
    _old, _frei, new = merger
    late = MunicipalityFactory(name="Tustna", number="1572")
    MunicipalityChange.objects.create(kind="merge", happened_on=MERGER, predecessor=late, successor=new)
    assert "Tustna" not in register_part("1556")
    assert "sammen med" not in register_part("1572")


def test_the_page_tells_who_leads_the_project_and_who_looks_after_the_network():
    participation = ParticipationFactory()
    place = participation.municipality
    CohortMembershipFactory(
        participation=participation, cohort__programme=participation.programme, cohort__name="Pulje 7"
    )
    network = Network.objects.create(programme=participation.programme, slug="n", name="Nettverk nord")
    NetworkMembership.objects.create(network=network, participation=participation)
    adviser = UserFactory(name="Randi Rådgiver", phone="22 00 00 00")
    NetworkPost.objects.create(network=network, user=adviser, kind="adviser")
    leader = person("project_leader", municipality=place)
    page = get(leader, "municipality", place.number).content.decode()
    for text in (leader.name, leader.email, "Nettverk nord", "Randi Rådgiver", "22 00 00 00", "Pulje 7"):
        assert text in page


def test_the_page_shows_no_programme_that_the_reader_may_not_see():
    hidden = ParticipationFactory(programme=ProgrammeFactory(is_public=False, name="Hemmelig program"))
    leader = person("project_leader", municipality=hidden.municipality)
    assert "Hemmelig program" not in get(leader, "municipality", hidden.municipality.number).content.decode()
    assert "Hemmelig program" in get(person("adviser"), "municipality", hidden.municipality.number).content.decode()


def test_a_municipality_takes_part_through_its_joint_body():
    place = MunicipalityFactory()
    joint = Organisation.objects.create(slug="innherred", name="Innherred samkommune", kind="joint_municipality")
    joint.members.add(place)
    participation = ParticipationFactory(municipality=None, organisation=joint)
    page = get(person("adviser"), "municipality", place.number).content.decode()
    assert participation.programme.name in page
    assert "Gjennom Innherred samkommune." in page


def test_the_absence_comes_from_its_own_room():
    place = MunicipalityFactory()
    page = get(person("adviser"), "municipality", place.number).content.decode()
    assert reverse("absence:municipality_series", args=[place.number]) in page
    assert reverse("absence:municipality", args=[place.number]) in page


def in_several_programmes(times: int):
    """A municipality in so many programmes, each with a cohort, two networks, posts, a change and a count."""
    place = MunicipalityFactory()
    for at in range(times):
        participation = ParticipationFactory(municipality=place)
        CohortMembershipFactory(participation=participation, cohort__programme=participation.programme)
        for name in ("a", "b"):
            network = Network.objects.create(programme=participation.programme, slug=name, name=f"{name}{at}")
            NetworkMembership.objects.create(network=network, participation=participation)
            NetworkPost.objects.create(network=network, user=UserFactory(), kind="adviser")
        before = MunicipalityFactory()
        MunicipalityChange.objects.create(kind="merge", happened_on=MERGER, predecessor=before, successor=place)
        Population.objects.create(municipality=place, counted_on=date(2008 + at, 1, 1), inhabitants_count=5)
        RoleAssignment.objects.create(
            user=UserFactory(), role="project_leader", municipality=place, starts_on=date(2007, 1, 1)
        )
    return place


def test_a_municipality_s_page_asks_no_more_for_three_programmes_than_for_one():
    adviser = person("adviser")
    one, three = (
        queries_of(adviser, reverse("municipalities:municipality", args=[in_several_programmes(times).number]))
        for times in (1, 3)
    )
    assert one == three <= 12


def test_the_list_asks_no_more_for_three_than_for_one():
    adviser, url = person("adviser"), reverse("municipalities:municipalities")
    MunicipalityFactory()
    one = queries_of(adviser, url)
    MunicipalityFactory.create_batch(2)
    assert queries_of(adviser, url) == one <= 12


def test_an_unchanged_list_is_not_made_again():
    MunicipalityFactory()
    client, url = Client(), reverse("municipalities:municipalities")
    client.force_login(person("adviser"))
    client.get(reverse("home"))
    first = client.get(url)
    assert client.get(url, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_a_name_is_never_read_as_html():
    MunicipalityFactory(name="<b>Sør</b>")
    assert "&lt;b&gt;Sør&lt;/b&gt;" in get(person("adviser"), "municipalities").content.decode()
