"""The page of a figure: its own municipality sees every part, all others only those that are not small."""

from datetime import date

import pytest
from django.urls import reverse

from absence.calculations.periods import Period, quarter_index
from absence.queries.origins import figure_origins, hidden_staff
from tests.absence.imports import long_file, municipalities, released, total
from tests.counting import queries_of
from tests.factories import person

pytestmark = pytest.mark.django_db

K1 = Period(quarter_index(2008, 1))


def part(sector: str, possible, *, sex: str = "begge", type_: str = "samlet", period: str = "2008K1", lost=50) -> str:
    return f"0101;{period};{sector};{sex};{type_};{lost};{possible}"


def one_with_parts(*parts: str, **options):
    place = municipalities("0101")[0]
    released(long_file(total("0101", "2008K1", 600, 6000), *parts), **options)
    return place


def page_for(client, user) -> str:
    client.force_login(user)
    return client.get(reverse("absence:figure", args=["0101", K1])).content.decode()


def test_a_small_part_and_the_smallest_beside_it_are_hidden_and_the_whole_is_not():
    place = one_with_parts(part("Undervisning", 640), part("Barnehager", 1400), part("Administrasjon", 3960))
    assert hidden_staff(place, "PAI") == {"teaching all", "kindergarten all"}
    shown = {one.figure.sector: one for one in figure_origins(person("adviser"), place, "PAI", K1)}
    assert shown["teaching"].is_hidden
    assert (shown["teaching"].percent, shown["teaching"].lost_days, shown["teaching"].possible_days) == (None,) * 3
    assert shown["administration"].possible_days == 3960
    assert not shown["all"].is_hidden


def test_all_types_of_absence_of_a_small_part_are_hidden():
    place = one_with_parts(
        part("Undervisning", 640), part("Undervisning", 640, type_="egenmeldt", lost=9), part("Barnehager", 5360)
    )
    rows = figure_origins(person("adviser"), place, "PAI", K1)
    assert [one.is_hidden for one in rows if one.figure.sector == "teaching"] == [True, True]


def test_a_part_that_is_small_in_one_period_or_vintage_is_hidden_in_all():
    place = one_with_parts(part("Undervisning", 900), part("Barnehager", 900), part("Administrasjon", 4200))
    assert hidden_staff(place, "PAI") == frozenset()
    later = [part("Undervisning", 600, period="2008K2"), part("Barnehager", 900, period="2008K2")]
    released(long_file(total("0101", "2008K2", 600, 6000), *later), vintage_on=date(2010, 9, 1))
    assert {one.figure.sector for one in figure_origins(person("adviser"), place, "PAI", K1) if one.is_hidden} == {
        "teaching",
        "kindergarten",
    }


def test_women_are_hidden_where_the_men_are_few():
    place = one_with_parts(part("alle", 5700, sex="kvinner"), part("alle", 300, sex="menn"))
    assert hidden_staff(place, "PAI") == {"all men", "all women"}


def test_the_municipality_sees_its_own_and_others_see_the_word_hidden_and_why(client):
    place = one_with_parts(part("Undervisning", 640, lost="43,21"), part("Administrasjon", 5360))
    for role in ("adviser", "administrator"):
        page = page_for(client, person(role))
        assert page.count(">skjult<") == 6
        assert "færre enn 10 årsverk" in page
        assert not any(number in page for number in ("43,2", "640", "6,8"))
        assert "600" in page
    own = page_for(client, person("project_leader", municipality=place))
    assert "skjult" not in own
    assert "640" in own


def test_the_page_costs_as_many_queries_for_one_part_as_for_three():
    one_with_parts(part("Undervisning", 640))
    address, adviser = reverse("absence:figure", args=["0101", K1]), person("adviser")
    one = queries_of(adviser, address)
    parts = [part("Undervisning", 640), part("Barnehager", 1400), part("Administrasjon", 3960)]
    released(long_file(total("0101", "2008K1", 600, 6000), *parts), vintage_on=date(2010, 9, 1))
    assert queries_of(adviser, address) == one
