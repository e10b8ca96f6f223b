"""The programmes' pages: public, each count with its date, and no link that does not open."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from municipalities.models import Organisation
from tests.counting import queries_of
from tests.factories import (
    CohortFactory,
    CohortMembershipFactory,
    ParticipationFactory,
    person,
    steering_member,
)
from tests.programmes.worlds import full_programme

pytestmark = pytest.mark.django_db


def page(name: str, *args, user=None, **asked) -> str:
    client = Client()
    if user:
        client.force_login(user)
    response = client.get(reverse(f"programmes:{name}", args=args), asked)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_what_a_body_is_stands_beside_its_name_only_where_the_name_does_not_say_it():
    cohort = CohortFactory()
    for slug, name, kind in (("alna", "Bydel Alna", "district"), ("lofoten", "Lofotsamarbeid", "regional_council")):
        body = Organisation.objects.create(slug=slug, name=name, kind=kind)
        one = ParticipationFactory(
            programme=cohort.programme, municipality=None, organisation=body, name=name, slug=slug
        )
        CohortMembershipFactory(cohort=cohort, participation=one)
    listed = page("participants", cohort.programme.slug)
    assert "<small>regionråd</small>" in listed
    assert "<small>bydel</small>" not in listed
    assert "Regionråd." in page("participant", cohort.programme.slug, "lofoten")
    assert "Bydel." not in page("participant", cohort.programme.slug, "alna")


def test_everyone_reads_a_public_programme():
    programme = full_programme()
    for text in ("Program", "Part 0", "Et notat", "Om data.", "23. oktober 2006"):
        assert text in page("programme", programme.slug)


def test_a_programme_that_is_not_public_exists_for_the_secretariat_and_its_steering_group_only():
    hidden, other = (CohortFactory(programme__is_public=False).programme for _n in range(2))
    url = reverse("programmes:programme", args=[hidden.slug])
    for user, status in (
        (None, 404),
        (person(), 404),
        (person("project_leader"), 404),
        (steering_member(other), 404),
        (steering_member(hidden), 200),
        (person("adviser"), 200),
    ):
        client = Client()
        if user:
            client.force_login(user)
        assert client.get(url).status_code == status
        assert (hidden.name in client.get(reverse("programmes:programmes")).content.decode()) is (status == 200)


def test_the_count_says_its_date_and_the_withdrawals_that_nobody_names_are_explained():
    programme = full_programme()
    text = page("programme", programme.slug)
    assert "2 aktive deltakere per 30. juni 2010. 3 er tatt opp, 1 har trukket seg." in text
    assert "Ingen vet hvem." in text


def test_the_date_in_the_address_is_the_one_counted_on():
    programme = full_programme()
    text = page("programme", programme.slug, on="2009-01-31")
    assert "2 aktive deltakere per 31. januar 2009. 2 er tatt opp, 0 har trukket seg." in text
    assert 'value="2009-01-31"' in text
    assert "Ingen vet hvem." not in text


def test_the_date_goes_on_to_the_participants_and_the_cohorts():
    programme = full_programme()
    text = page("programme", programme.slug, on="2009-01-31")
    cohort = programme.cohorts.get()
    for url in (
        reverse("programmes:participants", args=[programme.slug]),
        reverse("programmes:cohort", args=[programme.slug, cohort.slug]),
    ):
        assert f'href="{url}?on=2009-01-31"' in text


def test_a_date_that_cannot_be_read_says_so_and_counts_on_the_last_day():
    text = page("programme", full_programme().slug, on="31.06.2010x")
    assert "per 30. juni 2010" in text
    assert "ds-validation-message" in text


def test_before_its_first_day_the_programme_had_not_begun():
    text = page("programme", full_programme().slug, on="2006-12-31")
    assert "Programmet hadde ikke begynt; det startet 1. januar 2007." in text


def test_one_that_stands_in_two_cohorts_is_named():
    programme = full_programme(2)
    one = programme.participations.get(name="Kommune 0")
    CohortMembershipFactory(cohort=programme.cohorts.last(), participation=one)
    assert "Kommune 0 står i to puljer og er telt i begge: 5 plasser er 4 ulike deltakere." in page(
        "programme", programme.slug
    )
    assert "Kommune 0 står i to puljer, så det er 5 plasser." in page("participants", programme.slug)


def test_a_stated_count_that_differs_is_marked():
    assert "avviker" in page("programme", full_programme().slug)


def test_a_municipality_is_a_link_only_for_those_who_may_open_it():
    programme = full_programme(2)
    own, other = (programme.participations.get(name=f"Kommune {at}").municipality for at in (0, 1))
    leader = person("project_leader", municipality=own)

    def linked(user) -> list[bool]:
        pages = {
            place: page("participant", programme.slug, place.participations.get().slug, user=user)
            for place in (own, other)
        }
        return [reverse("municipalities:municipality", args=[one.number]) in text for one, text in pages.items()]

    assert linked(None) == [False, False]
    assert linked(leader) == [True, False]
    assert linked(person("adviser")) == [True, True]


def test_one_that_no_source_identifies_tells_which_it_may_be():
    sande = ParticipationFactory(municipality=None, candidate_numbers=["0713", "1514"])
    assert "hvilken av 0713, 1514 er ikke kjent" in page("participants", sande.programme.slug)


def test_an_empty_list_says_what_to_do():
    assert "Ingen deltaker passer" in page("participants", full_programme().slug, q="finnes ikke")


def test_a_cohort_of_another_programme_does_not_exist():
    programme, cohort = full_programme(), CohortFactory()
    url = reverse("programmes:cohort", args=[programme.slug, cohort.slug])
    assert Client().get(url).status_code == 404


def test_the_words_are_nynorsk_for_those_who_read_it():
    client = Client()
    client.cookies["django_language"] = "nn"
    text = client.get(reverse("programmes:participants", args=[full_programme().slug])).content.decode()
    assert "Deltakarar" in text
    assert "3 deltakarar per 30. juni 2010." in text


@pytest.mark.parametrize("name", ["programme", "participants"])
@pytest.mark.parametrize("role", [None, "adviser"])
def test_a_page_asks_no_more_for_three_than_for_one(name, role):
    user = person(role) if role else None
    one, three = (
        queries_of(user, reverse(f"programmes:{name}", args=[full_programme(times).slug])) for times in (1, 3)
    )
    assert one == three <= 12


def test_a_cohort_s_page_asks_no_more_for_three_than_for_one():
    programme = full_programme()
    cohort, adviser = programme.cohorts.get(), person("adviser")
    url = reverse("programmes:cohort", args=[programme.slug, cohort.slug])
    one = queries_of(adviser, url)
    for _n in range(2):
        CohortMembershipFactory(cohort=cohort)
    assert queries_of(adviser, url) == one <= 12


def test_the_list_of_programmes_asks_no_more_for_three_than_for_one():
    url = reverse("programmes:programmes")
    full_programme()
    one = queries_of(None, url)
    for _n in range(2):
        full_programme()
    assert queries_of(None, url) == one <= 12


def test_before_anybody_has_begun_the_list_says_how_many_begin_when_and_leads_there():
    first = ParticipationFactory(programme__starts_on=date(2008, 1, 1), starts_on=date(2008, 6, 1))
    ParticipationFactory(programme=first.programme, starts_on=date(2008, 6, 1))
    ParticipationFactory(programme=first.programme, starts_on=date(2009, 1, 1))
    listed = page("participants", first.programme.slug, on="2008-03-01")
    assert "Ingen har begynt per 1. mars 2008" in listed
    assert "2 begynner 1. juni 2008" in listed
    assert "1 begynner 1. januar 2009" in listed
    assert "?on=2008-06-01" in listed
    assert "Endre avgrensingene" not in listed
    assert "2 begynner" not in page("participants", first.programme.slug, on="2008-06-01")
