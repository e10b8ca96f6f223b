"""The demo tells what sources print of visits and courses; what it makes up is marked and counted nowhere."""

from decimal import Decimal

import pytest

from config.demo.people import load_people
from config.demo.programmes import load_programmes
from config.demo.register_records import load_register
from config.demo.visits import load_visits
from networks.models import ActionPoint, StatedActivity, Visit
from networks.queries.activity import stated_numbers, visit_counts
from programmes.models import Programme


@pytest.fixture
def programme(db):
    load_register()
    load_programmes()
    load_people()
    load_visits()
    return Programme.objects.get(slug="kvalitetskommuner")


def test_visits_and_courses_are_those_that_were_printed(programme):
    counts = visit_counts(programme)
    printed = [[one.value for one in count.stated] for count in counts]
    assert printed == [[None], [140], [113], [20]]
    assert [count.counted for count in counts] == [0, 0, 0, 0]
    numbers = stated_numbers(programme, "spc_courses", "spc_participants", "spc_municipalities", "spc_mean_score")
    assert {key: [one.value for one in found] for key, found in numbers.items()} == {
        "spc_courses": [5],
        "spc_participants": [51],
        "spc_municipalities": [32],
        "spc_mean_score": [Decimal("4.8")],
    }


def test_what_is_made_up_is_marked_and_loaded_once(programme):
    load_visits()
    assert set(Visit.objects.values_list("is_generated", flat=True)) == {True}
    assert (Visit.objects.count(), ActionPoint.objects.count(), StatedActivity.objects.count()) == (3, 3, 17)
