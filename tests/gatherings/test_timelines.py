"""Gatherings stand on the timeline of those whose people came."""

import pytest
from django.utils import timezone

from gatherings.timelines import gatherings_attended
from tests.factories import MunicipalityFactory, ParticipationFactory, person
from tests.gatherings.worlds import a_gathering, a_registration

pytestmark = pytest.mark.django_db


def test_one_line_a_gathering_with_how_many_came(django_assert_num_queries):
    participation = ParticipationFactory(municipality=MunicipalityFactory())
    attended, missed = (a_gathering(participation.programme) for _ in range(2))
    for number in range(2):
        a_registration(attended, participation, name=f"Person {number}", attended_at=timezone.now())
    a_registration(missed, participation, name="Borte")
    adviser = person("adviser")

    with django_assert_num_queries(3):
        lines = list(gatherings_attended(adviser, participation))

    assert [(line.on, line.detail) for line in lines] == [(attended.starts_on, "2 personer var til stede")]
    own = person("project_leader", municipality=participation.municipality)
    assert len(list(gatherings_attended(own, participation))) == 1


def test_who_came_is_not_told_to_strangers():
    participation = ParticipationFactory(municipality=MunicipalityFactory())
    a_registration(a_gathering(participation.programme), participation, attended_at=timezone.now())
    stranger = person("project_leader", municipality=MunicipalityFactory())
    assert not list(gatherings_attended(stranger, participation))
