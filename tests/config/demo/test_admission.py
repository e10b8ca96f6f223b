"""The made-up round: it stands by itself, says what it is, and changes nothing of the historic programmes."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from config.demo.admission import load_admission
from municipalities.models import User
from programmes.actions.deciding import Ruling, decide
from programmes.models import Application, Participation, Programme
from programmes.queries.admission_apply import places_of
from programmes.queries.deciding import cases_for, recommended
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
    assert {one.name: one.state for one in Application.objects.all()} == {
        "Hamar": "recommended",
        "Molde": "recommended",
        "Alta": "submitted",
    }


def test_the_committee_met_yesterday_so_that_the_batch_decision_can_be_recorded_at_once(adviser):
    load_admission(by=adviser)
    programme, today = Programme.objects.get(), timezone.localdate()
    assert [one.meeting.held_on - today for one in cases_for(programme)] == [timedelta(days=75), timedelta(days=-1)]
    item, found = cases_for(programme).last(), recommended(programme.admission_rounds.get())
    rulings = [Ruling(one.pk, admit=True) for one in found]
    decide(found[0].round, item=item, decided_on=item.meeting.held_on, starts_on=today, rulings=rulings, by=adviser)
    assert sorted(Participation.objects.values_list("name", flat=True)) == ["Hamar", "Molde"]


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
