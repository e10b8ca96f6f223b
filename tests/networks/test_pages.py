"""The networks' pages: one's own and those one leads, with members and posts as of a date."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from municipalities.models import Organisation, RoleAssignment
from networks.models import Network, NetworkMembership, NetworkPost
from networks.queries import by_cohort, networks_with_members
from tests.counting import queries_of
from tests.factories import CohortFactory, ParticipationFactory, ProgrammeFactory, UserFactory, person

pytestmark = pytest.mark.django_db


def network(programme, name="Nettverk", members=("Alta",), **values) -> Network:
    found = Network.objects.create(programme=programme, slug=f"n{Network.objects.count()}", name=name, **values)
    for one in members:
        join(found, one)
    return found


def join(found: Network, name: str, **times) -> NetworkMembership:
    one = ParticipationFactory(programme=found.programme, name=name)
    return NetworkMembership.objects.create(network=found, participation=one, **times)


def get(user, name: str, *args, **asked):
    client = Client()
    client.force_login(user)
    return client.get(reverse(f"networks:{name}", args=args), asked)


def listed(user, programme, **asked) -> list[str]:
    return [row.network.name for row in get(user, "networks", programme.slug, **asked).context["rows"]]


def municipality_of(found: Network):
    return found.memberships.first().participation.municipality


def test_a_project_leader_sees_the_networks_of_ones_own_municipality_only():
    programme = ProgrammeFactory()
    own, other = network(programme, "Eget"), network(programme, "Fremmed")
    leader = person("project_leader", municipality=municipality_of(own))
    assert listed(leader, programme) == ["Eget"]
    assert get(leader, "network", programme.slug, own.slug).status_code == 200
    assert get(leader, "network", programme.slug, other.slug).status_code == 404


def test_a_member_of_a_joint_body_sees_its_network():
    programme = ProgrammeFactory()
    found = network(programme, "Felles", members=())
    joint = Organisation.objects.create(slug="innherred", name="Innherred", kind="joint_municipality")
    one = ParticipationFactory(programme=programme, municipality=None, organisation=joint)
    NetworkMembership.objects.create(network=found, participation=one)
    place = ParticipationFactory().municipality
    joint.members.add(place)
    assert listed(person("project_leader", municipality=place), programme) == ["Felles"]


def test_a_network_leader_sees_the_network_as_long_as_the_post_lasts():
    programme = ProgrammeFactory()
    leader = person("network_leader")
    for name, ends_on in (("Ledet", None), ("Forlatt", date(2009, 1, 1))):
        NetworkPost.objects.create(network=network(programme, name), user=leader, kind="leader", ends_on=ends_on)
    assert listed(leader, programme) == ["Ledet"]


@pytest.mark.parametrize("role", [None, "steering_member"])
def test_who_is_in_no_network_has_no_page_of_networks(role):
    found = network(ProgrammeFactory())
    user = person(role)
    assert get(user, "networks", found.programme.slug).status_code == 403
    assert get(user, "network", found.programme.slug, found.slug).status_code == 403


def test_a_network_of_a_hidden_programme_does_not_exist():
    found = network(ProgrammeFactory(is_public=False))
    leader = person("project_leader", municipality=municipality_of(found))
    assert get(leader, "network", found.programme.slug, found.slug).status_code == 404
    assert get(person("adviser"), "network", found.programme.slug, found.slug).status_code == 200


def test_a_network_is_found_under_its_own_programme_only():
    found = network(ProgrammeFactory())
    assert get(person("adviser"), "network", ProgrammeFactory().slug, found.slug).status_code == 404


def test_members_stand_in_the_order_of_a_norwegian_directory():
    found = network(ProgrammeFactory(), members=("Ås", "Øyer", "Alta", "Ærøy"))
    (row,) = get(person("adviser"), "networks", found.programme.slug).context["rows"]
    assert row.names == "Alta, Ærøy, Øyer, Ås"
    (printed,) = networks_with_members(found.programme, date(2010, 1, 1))
    assert printed.members == ("Alta", "Ærøy", "Øyer", "Ås")


def test_members_are_those_of_the_day():
    found = network(ProgrammeFactory(), members=())
    join(found, "Før", ends_on=date(2008, 12, 31))
    join(found, "Etter", starts_on=date(2009, 1, 1))
    adviser = person("adviser")

    def on(day):
        context = get(adviser, "network", found.programme.slug, found.slug, on=day).context
        return context["row"].names, [one.participation.name for one in context["former"]]

    assert on("2008-12-31") == ("Før", [])
    assert on("2009-01-01") == ("Etter", ["Før"])


def test_the_page_names_adviser_leader_and_the_members_project_leaders():
    found = network(ProgrammeFactory())
    adviser = UserFactory(name="Randi Rådgiver", phone="22 00 00 00")
    NetworkPost.objects.create(network=found, user=adviser, kind="adviser")
    NetworkPost.objects.create(
        network=found, user=UserFactory(name="Gammel Leder"), kind="leader", ends_on=date(2009, 1, 1)
    )
    leader = person("project_leader", municipality=municipality_of(found))
    text = get(leader, "network", found.programme.slug, found.slug).content.decode()
    for one in ("Randi Rådgiver", "22 00 00 00", adviser.email, leader.name, "per 30. juni 2010"):
        assert one in text
    assert "Gammel Leder" not in text


def test_a_member_is_a_link_only_for_those_who_may_open_it():
    found = network(ProgrammeFactory(), members=("Vår", "Nabo"))
    own, other = (one.participation.municipality for one in found.memberships.order_by("pk"))

    def linked(user) -> list[bool]:
        text = get(user, "network", found.programme.slug, found.slug).content.decode()
        return [reverse("municipalities:municipality", args=[one.number]) in text for one in (own, other)]

    leader = person("network_leader")
    NetworkPost.objects.create(network=found, user=leader, kind="leader")
    assert linked(person("project_leader", municipality=own)) == [True, False]
    assert linked(leader) == [True, True]
    assert linked(person("adviser")) == [True, True]


def test_a_grouping_that_is_not_certain_says_so():
    found = network(ProgrammeFactory(), members=())
    join(found, "Odda", is_certain=False)
    assert "(ikke sikkert)" in get(person("adviser"), "networks", found.programme.slug).content.decode()
    page = get(person("adviser"), "network", found.programme.slug, found.slug).content.decode()
    assert "Kilden sier ikke sikkert hvem som hørte sammen." in page


def test_the_list_is_searched_by_network_and_member_and_sorted():
    programme = ProgrammeFactory()
    first, second = (CohortFactory(programme=programme, position=at) for at in (1, 2))
    network(programme, "Åtte", members=("Alta",), cohort=first)
    network(programme, "Sør", members=("Moss", "Ås"), cohort=second)
    adviser = person("adviser")
    assert listed(adviser, programme) == ["Åtte", "Sør"]
    assert listed(adviser, programme, sort="name") == ["Sør", "Åtte"]
    assert listed(adviser, programme, sort="-name") == ["Åtte", "Sør"]
    assert listed(adviser, programme, sort="-members") == ["Sør", "Åtte"]
    assert listed(adviser, programme, q="moss") == ["Sør"]
    assert listed(adviser, programme, q="ått") == listed(adviser, programme, q="Åtte") == ["Åtte"]


def test_a_search_for_a_member_finds_the_network_once_and_shows_all_its_members():
    found = network(ProgrammeFactory(), members=("Nord-Aurdal", "Nord-Odal", "Moss"))
    (row,) = get(person("adviser"), "networks", found.programme.slug, q="nord").context["rows"]
    assert row.names == "Moss, Nord-Aurdal, Nord-Odal"


def test_networks_are_grouped_by_cohort_for_the_report():
    programme = ProgrammeFactory()
    cohort = CohortFactory(programme=programme)
    network(programme, "Med", cohort=cohort)
    network(programme, "Uten")
    grouped = by_cohort(networks_with_members(programme, date(2010, 1, 1)))
    assert {key: [row.network.name for row in rows] for key, rows in grouped.items()} == {
        cohort: ["Med"],
        None: ["Uten"],
    }


def busy(times: int) -> Network:
    """A network with so many members, former members, posts and project leaders."""
    found = network(ProgrammeFactory(), cohort=None, members=[f"Kommune {at}" for at in range(times)])
    for at in range(times):
        join(found, f"Før {at}", ends_on=date(2008, 1, 1))
        NetworkPost.objects.create(network=found, user=UserFactory(), kind="adviser")
    for one in found.memberships.all():
        RoleAssignment.objects.create(
            user=UserFactory(),
            role="project_leader",
            municipality=one.participation.municipality,
            starts_on=date(2007, 1, 1),
        )
    return found


def test_a_network_s_page_asks_no_more_for_three_members_than_for_one():
    adviser = person("adviser")
    found = [busy(times) for times in (1, 3)]
    one, three = (queries_of(adviser, reverse("networks:network", args=[x.programme.slug, x.slug])) for x in found)
    assert one == three <= 12


def test_the_list_asks_no_more_for_three_networks_than_for_one():
    programme, adviser = ProgrammeFactory(), person("adviser")
    url = reverse("networks:networks", args=[programme.slug])
    network(programme, "A")
    one = queries_of(adviser, url)
    for name in ("B", "C"):
        NetworkPost.objects.create(network=network(programme, name), user=UserFactory(), kind="leader")
    assert queries_of(adviser, url) == one <= 12
