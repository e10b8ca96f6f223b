"""One person for each role, each with what the role needs to have something to see."""

import re

import pytest

from absence.models import GroupWindow
from config.demo.committees import load_committees
from config.demo.people import PASSWORD, PEOPLE, load_people
from config.demo.programmes import load_programmes
from config.demo.register_records import load_register
from municipalities.models import User
from municipalities.permissions import Role
from networks.models import Network


@pytest.fixture
def adviser(db) -> User:
    load_register()
    load_programmes()
    load_committees()
    return load_people()


def test_every_role_has_a_person_and_one_has_none(adviser):
    roles = {person.email: User.objects.get(email=person.email).roles for person in PEOPLE}
    assert set().union(*roles.values()) == {role.value for role in Role}
    assert roles["public@pulje.example"] == frozenset()


def test_the_printed_sign_in_works(adviser, client):
    answer = client.post("/account/login/", {"login": "public@pulje.example", "password": PASSWORD})
    assert answer.status_code == 302
    assert "confirm" not in answer.url


def test_leaders_have_a_network_and_a_municipality_and_the_steering_member_a_seat(adviser):
    leader = User.objects.get(email="network.leader@pulje.example")
    led = Network.objects.filter(posts__user=leader)
    assert led.count() == 1
    assert set(led) <= set(Network.objects.visible_to(leader))
    project_leader = User.objects.get(email="project.leader@pulje.example")
    assert [role.municipality.name for role in project_leader.current_roles] == ["Ringerike"]
    steering = User.objects.get(email="steering.member@pulje.example")
    assert steering.committee_seats.count() == 2


def test_the_project_leaders_front_page_says_who_the_adviser_is_with_telephone(adviser, client):
    GroupWindow.objects.create(  # the programme with figures is the one to begin with
        group_key="in:kvalitetskommuner", source="PAI", first_quarter=2009 * 4, quarters=4, lost=1, possible=10,
        rate_sum=10, n_reporting=1,
    )  # fmt: skip
    client.force_login(User.objects.get(email="project.leader@pulje.example"))
    page = client.get("/").content.decode()
    assert adviser.name in page
    assert f'<a href="tel:{adviser.phone.replace(" ", "")}">{adviser.phone}</a>' in page


def test_no_number_can_reach_anyone(adviser):
    """No Norwegian subscriber's number begins with 1."""
    phones = [one.phone for one in User.objects.exclude(phone="")]
    assert len(set(phones)) == len(phones) == 5
    assert all(re.fullmatch(r"1\d( \d\d){3}", phone) for phone in phones)


def test_a_second_run_changes_nobody(adviser):
    before = list(User.objects.order_by("pk").values())
    load_people()
    assert list(User.objects.order_by("pk").values()) == before
