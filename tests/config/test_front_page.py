"""The front page says what waits, where the programme stands, and what is one's own."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from absence.calculations.periods import quarter_index
from absence.models import GroupWindow, MunicipalityQuarter, Release
from config.front.numbers import active_counts
from config.front.waiting import waiting_count, waiting_for
from jobs.models import Job
from networks.models import Network, NetworkMembership, NetworkPost
from programmes.queries import participant_counts
from reporting.models import Edition
from tests.access_table import ROLES
from tests.access_world import a_file, a_held_figure, edition, published, world
from tests.factories import (
    CohortFactory,
    CohortMembershipFactory,
    MunicipalityFactory,
    ParticipationFactory,
    ProgrammeFactory,
    person,
    steering_member,
)

pytestmark = pytest.mark.django_db

FIRST = quarter_index(2008, 1)


def window(key: str, first: int, rate: int) -> None:
    """A group's four-quarter figure; ``rate`` in tenths of a percent."""
    GroupWindow.objects.create(
        group_key=key,
        source="PAI",
        first_quarter=first,
        quarters=4,
        lost=rate,
        possible=1000,
        rate_sum=rate,
        n_reporting=1,
    )


def quarters(municipality, rate: int) -> None:
    for quarter in range(FIRST, FIRST + 4):
        MunicipalityQuarter.objects.create(
            municipality=municipality, source="PAI", quarter=quarter, lost=rate, possible=1000
        )


@pytest.fixture
def programme():
    return ProgrammeFactory(slug="kvalitet", name="Kvalitetsprogrammet", short_name="Kvalitet")


def front_page(client, user=None) -> str:
    if user:
        client.force_login(user)
    return client.get(reverse("home")).content.decode()


def test_what_waits_for_an_adviser_is_typed_and_the_oldest_first(programme):
    adviser = person("adviser")
    batch, _suspicion = a_held_figure(MunicipalityFactory(), adviser)
    refused = a_file(adviser, "refused")
    draft = edition(programme, state="review", submitted_at=timezone.now() - timedelta(days=30))
    job = Job.objects.create(
        kind="municipalities.send_invitation", state="failed", finished_at=timezone.now(), error="The disk is full."
    )
    urls = [one.url for one in waiting_for(adviser)]
    assert urls == [
        reverse("reporting:edition", args=[draft.pk]),
        reverse("absence:import", args=[batch.pk]),
        reverse("absence:import", args=[refused.pk]),
        reverse("jobs:job", args=[job.pk]),
    ]
    assert waiting_count(adviser) == 4


def test_a_held_figure_waits_until_it_is_decided(programme):
    adviser = person("adviser")
    batch, suspicion = a_held_figure(MunicipalityFactory(), adviser)
    assert "1 venter på svar" in waiting_for(adviser)[0].text
    type(suspicion).objects.update(decision="accepted", decided_at=timezone.now(), reason="right")
    type(batch).objects.update(state="released", released_at=timezone.now())
    assert waiting_for(adviser) == []


def test_a_file_without_doubts_waits_for_release():
    adviser = person("adviser")
    a_file(adviser, "staged")
    assert "frigi tallene" in waiting_for(adviser)[0].text


def test_a_refusal_long_ago_no_longer_waits():
    adviser = person("adviser")
    batch = a_file(adviser, "refused")
    type(batch).objects.update(uploaded_at=timezone.now() - timedelta(days=15))
    assert (waiting_for(adviser), waiting_count(adviser)) == ([], 0)


@pytest.mark.parametrize("role", [None, "project_leader", "network_leader", "steering_member"])
def test_the_secretariats_work_waits_for_nobody_else(programme, role):
    a_held_figure(MunicipalityFactory(), person("adviser"))
    edition(programme, state="review")
    reader = person(role)
    assert (waiting_for(reader), waiting_count(reader)) == ([], 0)


def test_five_numbers_stand_against_a_year_before(client, programme):
    for first, inside, outside in ((FIRST, 100, 95), (FIRST + 4, 97, 96)):
        window("in:kvalitet", first, inside)
        window("outside:kvalitet", first, outside)
    page = front_page(client, person("adviser"))
    for text in ("9,7", "−0,3 prosentpoeng på ett år", "9,6", "+0,1", "−0,4 prosentpoeng på ett år"):
        assert text in page
    assert "<svg" in page.partition("<main")[2]
    chart = page.partition("<main")[2].partition('<svg class="for-desk"')[2].partition("</svg>")[0]
    assert "<rect" in chart
    assert "1. kv. 2009–4. kv. 2009" in chart
    assert "De andre 9,6" in chart


def test_without_figures_there_is_no_chart_and_no_number_of_absence(client, programme):
    main = front_page(client, person("adviser")).partition("<main")[2]
    assert "<svg" not in main
    assert "Fravær i programmet" not in main


def test_participants_are_counted_as_on_the_programmes_own_page(programme):
    cohort = CohortFactory(programme=programme)
    for withdrawn_on in (None, None, date(2010, 1, 1), date(2008, 1, 1)):
        participation = ParticipationFactory(programme=programme, withdrawn_on=withdrawn_on)
        CohortMembershipFactory(cohort=cohort, participation=participation)
    days = [programme.ends_on, date(2009, 6, 30), date(2007, 1, 1)]
    assert active_counts(programme, days) == [participant_counts(programme, day).active for day in days] == [2, 3, 0]


def network_with(programme, municipality) -> Network:
    network = Network.objects.create(programme=programme, slug="sor", name="Nettverk sør")
    participation = ParticipationFactory(programme=programme, municipality=municipality)
    NetworkMembership.objects.create(network=network, participation=participation)
    return network


def test_a_project_leader_sees_the_municipality_in_a_sentence_the_network_and_the_adviser(client, programme):
    own = MunicipalityFactory(name="Mandal")
    adviser = person("adviser")
    type(adviser).objects.filter(pk=adviser.pk).update(name="Randi Rådgiver", phone="900 00 000")
    network = network_with(programme, own)
    NetworkPost.objects.create(network=network, user=adviser, kind="adviser")
    quarters(own, 92)
    window("all", FIRST, 95)
    page = front_page(client, person("project_leader", municipality=own))
    assert "Mandal hadde 9,2 prosent fravær i 1. kv. 2008–4. kv. 2008, 0,3 prosentpoeng lavere enn landet." in page
    assert "Nettverk sør" in page
    assert "Randi Rådgiver" in page
    assert 'href="tel:90000000"' in page


def test_a_project_leader_without_figures_is_told_so(client, programme):
    page = front_page(client, person("project_leader", municipality=MunicipalityFactory()))
    assert "Det er ingen fraværstall for kommunen din ennå." in page


def test_a_steering_member_reads_the_newest_report_and_its_findings(client):
    programme = ProgrammeFactory(is_public=False)
    edition(programme, findings="Fraværet gikk ned.", **published())
    edition(programme, year=2009, findings="Et utkast.")
    page = front_page(client, steering_member(programme))
    assert "Fraværet gikk ned." in page
    assert "Et utkast." not in page


def test_a_steering_member_is_told_that_no_report_is_published_yet(client):
    words = "Ingen rapport er publisert ennå. Du får e-post når det kommer en."
    programme = ProgrammeFactory(is_public=False)
    member = steering_member(programme)
    assert words in front_page(client, member)
    edition(programme, **published())
    assert words not in front_page(client, member)


def test_the_public_sees_programmes_and_reports_that_are_open_and_nothing_else(client, programme):
    CohortMembershipFactory(cohort=CohortFactory(programme=programme))
    hidden = ProgrammeFactory(name="Skjult", is_public=False)
    edition(programme, is_public=True, findings="Åpne funn.", **published())
    edition(hidden, findings="Lukkede funn.", **published())
    page = front_page(client)
    assert "Kvalitetsprogrammet" in page
    assert "1 deltaker per 30. juni 2010" in page
    assert "Åpne funn." in page
    assert "Skjult" not in page
    assert "Lukkede" not in page


def test_the_foot_says_which_figures_are_in_use_to_those_who_see_figures(client, programme):
    batch = a_file(person("adviser"), "released")
    Release.objects.create(batch=batch, source="PAI", vintage_on=date(2010, 6, 1), figure_count=1)
    words = "Fraværstall fra KS/PAI per 1. juni 2010"
    assert words not in front_page(client)
    assert words in front_page(client, person("adviser"))


@pytest.mark.parametrize("role", ROLES[:-1])
def test_the_front_page_asks_at_most_twelve_questions_however_much_there_is(
    client, role, django_assert_max_num_queries
):
    everything = world()
    if user := everything.users[role]:
        client.force_login(user)
    quarters(everything.municipality, 90)
    for key in ("all", f"in:{everything.programme.slug}", f"outside:{everything.programme.slug}"):
        window(key, FIRST, 90)
    client.get(reverse("home"))  # reads the settings that are kept for the life of the process
    with django_assert_max_num_queries(12) as few:
        client.get(reverse("home"))
    for number in range(3):
        place = MunicipalityFactory()
        ParticipationFactory(programme=everything.programme, municipality=place)
        a_held_figure(place, everything.users["adviser"])
        edition(everything.programme, year=2010 + number, is_public=True, **published())
        edition(everything.programme, year=2020 + number, state="review", submitted_at=timezone.now())
    assert Edition.objects.count() == 9
    with django_assert_max_num_queries(len(few)):
        client.get(reverse("home"))
