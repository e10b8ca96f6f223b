"""The search finds by name and number what the reader may see."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import MunicipalityFactory, ProgrammeFactory, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def mandal():
    return MunicipalityFactory(name="Mandal", number="1002")


def found(client, user, text: str, url: str = "search") -> str:
    client.force_login(user)
    return client.get(reverse(url), {"q": text}).content.decode().partition("<main")[2 if url == "search" else 0]


@pytest.mark.parametrize("text", ["mand", "MANDAL", "1002", " mandal "])
@pytest.mark.parametrize("url", ["search", "search_suggestions"])
def test_a_municipality_is_found_by_name_and_number(client, mandal, text, url):
    assert reverse("municipalities:municipality", args=["1002"]) in found(client, person("adviser"), text, url)


@pytest.mark.parametrize(
    ("name", "text"),
    [("Ås", "ås"), ("Ås", "ÅS"), ("Ørland", "ørland"), ("Ørland", "ØRLAND"), ("Sør-Odal", "SØR"), ("Ærfjord", "ær")],
)
@pytest.mark.parametrize("url", ["search", "search_suggestions"])
def test_norwegian_letters_are_found_in_small_letters_and_in_capitals(client, name, text, url):
    MunicipalityFactory(name=name, number="0214")
    assert "0214" in found(client, person("adviser"), text, url)


def test_those_that_begin_with_the_text_come_first(client):
    for name in ("Nord-Odal", "Odda"):
        MunicipalityFactory(name=name)
    page = found(client, person("adviser"), "od")
    assert page.index("Odda") < page.index("Nord-Odal")


@pytest.fixture
def ringerike():
    MunicipalityFactory(name="Ringerike", number="0605", valid_to=date(2019, 12, 31))
    MunicipalityFactory(name="Ringerike", number="3007", valid_from=date(2020, 1, 1), valid_to=date(2023, 12, 31))
    MunicipalityFactory(name="Ringerike", number="3305", valid_from=date(2024, 1, 1))


@pytest.mark.parametrize("url", ["search", "search_suggestions"])
def test_the_municipality_of_today_comes_first_and_the_others_have_years(client, ringerike, url):
    page = found(client, person("adviser"), "ringerike", url)
    assert page.index("3305, Østfold<") < page.index("0605, Østfold, til 2019<")
    assert page.index("3305, Østfold<") < page.index("3007, Østfold, til 2023<")


def test_in_a_programme_of_the_past_the_municipality_of_its_time_comes_first(client, ringerike):
    ProgrammeFactory()
    page = found(client, person("adviser"), "ringerike")
    assert page.index("0605, Østfold, til 2019<") < page.index("3007, Østfold, fra 2020 til 2023<")
    assert page.index("0605, Østfold, til 2019<") < page.index("3305, Østfold, fra 2024<")


def test_a_stranger_is_not_found(client, mandal):
    leader = person("project_leader", municipality=MunicipalityFactory(name="Mandalen"))
    page = found(client, leader, "mandal")
    assert "Mandalen" in page
    assert "1002" not in page


def test_a_programme_is_found_by_those_who_may_see_it(client):
    ProgrammeFactory(name="Saman om ein betre kommune")
    ProgrammeFactory(name="Saman i det skjulte", is_public=False)
    page = found(client, person(), "saman")
    assert "betre kommune" in page
    assert "skjulte" not in page


def test_nothing_found_says_what_to_try(client):
    assert "Ingen treff" in found(client, person("adviser"), "xyz")


def test_no_search_is_made_without_words(client, mandal):
    assert "Mandal" not in found(client, person("adviser"), "")
    assert "Mandal" not in found(client, person("adviser"), "", "search_suggestions")


def test_what_is_searched_for_is_shown_as_text(client):
    assert "<script>x" not in found(client, person("adviser"), "<script>x")
