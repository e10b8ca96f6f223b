"""The made-up round: it stands by itself, says what it is, and changes nothing of the historic programmes."""

from datetime import date

import pytest

from config.demo.admission import load_admission
from municipalities.models import User
from programmes.models import Application, Participation, Programme
from programmes.queries.admission_apply import places_of
from tests.factories import MunicipalityFactory, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def adviser():
    for number, name in (("3403", "Hamar"), ("1506", "Molde"), ("5601", "Alta")):
        MunicipalityFactory(number=number, name=name)
    return person("adviser")


def test_three_have_applied_and_one_waits_to_be_assessed(adviser):
    load_admission(by=adviser)
    found = {one.name: one.assessments.count() for one in Application.objects.all()}
    assert found == {"Hamar": 1, "Molde": 1, "Alta": 0}
    assert set(Application.objects.values_list("state", flat=True)) == {"submitted"}


def test_the_programme_says_that_it_is_made_up_and_nobody_takes_part(adviser):
    load_admission(by=adviser)
    programme = Programme.objects.get()
    assert "laget for demonstrasjonen" in programme.name
    assert programme.purpose["nn"].startswith("Laga for demonstrasjonen")
    assert not Participation.objects.exists()


def test_the_project_leader_can_apply_for_the_municipality_of_today(adviser):
    then = MunicipalityFactory(number="0605", name="Ringerike", valid_to=date(2019, 12, 31))
    now = MunicipalityFactory(number="3305", name="Ringerike", valid_from=date(2024, 1, 1))
    leader = person("project_leader", municipality=then)
    leader.email = "project.leader@pulje.example"
    leader.save()

    load_admission(by=adviser)

    assert places_of(User.objects.get(pk=leader.pk)) == [now]


def test_a_second_run_adds_nothing(adviser):
    load_admission(by=adviser)
    people = User.objects.count()
    load_admission(by=adviser)
    assert (Application.objects.count(), User.objects.count()) == (3, people)
