"""Visits stand on the participant's timeline, for those who may see them."""

import pytest

from networks.timelines import visits_made
from programmes.queries.participation import timeline_of
from tests.factories import MunicipalityFactory, ParticipationFactory, person
from tests.networks.records import a_visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def participation():
    return ParticipationFactory(municipality=MunicipalityFactory())


def test_a_visit_that_was_made_stands_on_the_timeline_with_its_day(participation):
    adviser = person("adviser")
    visit = a_visit(participation, by=adviser)
    a_visit(participation, state="planned")
    found = [line for line in timeline_of(participation, adviser).lines if str(visit.pk) in line.url]
    assert [line.on for line in found] == [visit.made_on]
    assert len(list(visits_made(adviser, participation))) == 1


def test_the_municipality_sees_visits_whose_note_is_shared_and_strangers_none(participation):
    adviser = person("adviser")
    own = person("project_leader", municipality=participation.municipality)
    stranger = person("project_leader", municipality=MunicipalityFactory())
    a_visit(participation, by=adviser)
    assert not list(visits_made(own, participation))
    shared = a_visit(participation, by=adviser, shared=True)
    assert [line.url.rstrip("/").rpartition("/")[2] for line in visits_made(own, participation)] == [str(shared.pk)]
    assert not list(visits_made(stranger, participation))
