"""The front page says what waits, where the programme stands, and what is one's own."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from absence.calculations.periods import quarter_index
from absence.models import GroupWindow, MunicipalityQuarter, Release, RevisionNote, Suspicion
from config.front.numbers import active_counts
from config.front.programmes import first_choice, programmes_for
from config.front.waiting import waiting_count, waiting_for
from jobs.models import Job
from networks.models import Network, NetworkMembership, NetworkPost
from programmes.models import AccessRequest, Programme
from programmes.queries import participant_counts
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
from tests.gatherings.worlds import a_gathering
from tests.networks.records import DAY, a_handover, a_network, a_post, a_task, a_visit
from tests.programmes.records_assessment import grant_of, sent_application, sent_round
from tests.programmes.records_committees import meeting_of
from tests.programmes.rounds import Scene, a_round, begun, scene

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


def test_a_released_revision_waits_for_its_note():
    adviser = person("adviser")
    batch = a_file(adviser, "released")
    doubt = {"rule": "V9", "code": "revised", "blocking": False, "note_required": True, "first_quarter": FIRST}
    Suspicion.objects.create(batch=batch, municipality=MunicipalityFactory(), **doubt)
    (line,) = waiting_for(adviser)
    assert (line.kind, line.url) == ("Notat mangler", reverse("absence:import", args=[batch.pk]))
    with override("nn"):
        assert waiting_for(adviser)[0].kind == "Notat manglar"
    assert waiting_count(adviser) == 1
    RevisionNote.objects.create(batch=batch, text="Nye tall fra kommunen.")
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


def test_who_looks_after_a_network_is_the_same_here_and_on_the_page_of_the_municipality(client, programme):
    own, today = MunicipalityFactory(name="Mandal"), timezone.localdate()
    network, before, after = network_with(programme, own), person("adviser"), person("adviser")
    for one, name, times in ((before, "Britt Før", {"ends_on": today}), (after, "Etta Etter", {"starts_on": today})):
        type(one).objects.filter(pk=one.pk).update(name=name)
        NetworkPost.objects.create(network=network, user=one, kind="adviser", **times)
    leader = person("project_leader", municipality=own)
    register_page = reverse("municipalities:municipality", args=[own.number])
    for last, seen in ((today - timedelta(days=9), (True, False)), (today + timedelta(days=9), (True, True))):
        Programme.objects.filter(pk=programme.pk).update(ends_on=last)
        for page in (front_page(client, leader), client.get(register_page).content.decode()):
            assert ("Britt Før" in page, "Etta Etter" in page) == seen


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


KINDS = {
    "adviser": {
        "Avvist fil",
        "Venter på svar",
        "Klart for frigivelse",
        "Notat mangler",
        "Utkast til gjennomsyn",
        "Godkjent rapport",
        "Mislykket jobb",
        "Ber om tilgang",
        "Søknader å vurdere",
        "Rapport om tilskudd",
        "Oppgave forfalt",
        "Notat å skrive",
        "Besøk som skulle vært gjort",
        "Overlevering",
        "Nettverk uten leder",
    },
    "network_leader": {
        "Mislykket jobb",
        "Oppgave forfalt",
        "Notat å skrive",
        "Besøk som skulle vært gjort",
        "Overlevering",
    },
    "project_leader": {"Mislykket jobb", "Sekretariatet ber om mer", "Rapport om tilskudd", "Din oppgave"},
    "steering_member": {"Mislykket jobb"},
}


def one_more_of_each(everything, number: int) -> None:
    """Whatever can stand on somebody's front page, once more."""
    programme, adviser = everything.programme, everything.users["adviser"]
    for user in filter(None, everything.users.values()):
        Job.objects.create(kind="a.kind", state="failed", finished_at=timezone.now(), error="Full.", asked_by=user)
    work_for_the_secretariat(programme, adviser, everything.admission, number)
    follow_up_that_waits(everything, number)
    gathering = a_gathering(programme)
    gathering.networks.add(everything.network)
    gathering.cohorts.add(everything.cohort)
    meeting_of(everything.books.committee, timezone.localdate() + timedelta(days=number))
    a_round(programme, everything.cohort)
    found = Scene(
        programme,
        everything.cohort,
        a_round(programme, everything.cohort),
        everything.municipality,
        everything.users["project_leader"],
        adviser,
    )
    asked_for_more(found, timezone.localdate())
    begun(
        Scene(programme, everything.cohort, a_round(programme, everything.cohort), everything.municipality, None, None),
        by=everything.users["project_leader"],
    )


def work_for_the_secretariat(programme, adviser, admission, number: int) -> None:
    place = MunicipalityFactory()
    a_held_figure(place, adviser)
    a_file(adviser, "staged")
    revised = a_file(adviser, "released")
    Suspicion.objects.create(
        batch=revised,
        rule="V9",
        code="revised",
        blocking=False,
        note_required=True,
        municipality=place,
        first_quarter=FIRST,
    )
    edition(programme, year=2010 + number, is_public=True, **published())
    edition(programme, year=2020 + number, state="review", submitted_at=timezone.now())
    edition(programme, year=2030 + number, state="approved", approved_at=timezone.now())
    AccessRequest.objects.create(
        round=admission.round, name="Ny", email=f"ny{number}@kommune.example", municipality=place
    )
    for _application in range(2):
        sent_application(sent_round(programme))


def follow_up_that_waits(everything, number: int) -> None:
    adviser, leader = everything.users["adviser"], everything.users["network_leader"]
    member = everything.network.memberships.get().participation
    grant_of(member, year=2001 + number)
    grant_of(member, year=2011 + number, reported_at=timezone.now())
    for user in (adviser, leader):
        a_visit(member, "made", by=user)
        a_visit(member, "planned", by=user)
        a_handover(everything.network, user, user)
    visit = a_visit(member, shared=True, by=adviser)
    a_task(visit, due_on=DAY)
    a_task(visit, "Sende råd", "secretariat", owner=adviser, due_on=DAY)
    orphan = a_network(
        everything.programme, f"Uten leder {number}", ParticipationFactory(programme=everything.programme)
    )
    a_post(orphan, leader, "leader", ends_on=date(2009, 1, 1))


@pytest.mark.parametrize("role", ROLES[:-1])
def test_the_front_page_asks_at_most_twelve_questions_however_much_there_is(
    client, role, django_assert_max_num_queries, django_assert_num_queries
):
    everything = world()
    if user := everything.users[role]:
        client.force_login(user)
    quarters(everything.municipality, 90)
    network = f"network:{everything.programme.slug}:{everything.network.slug}"
    for key in ("all", network, f"in:{everything.programme.slug}", f"outside:{everything.programme.slug}"):
        window(key, FIRST, 90)
    one_more_of_each(everything, 1)
    client.get(reverse("home"))  # reads the settings that are kept for the life of the process
    with django_assert_max_num_queries(12) as few:
        client.get(reverse("home"))
    for number in (2, 3, 4):
        one_more_of_each(everything, number)
    with django_assert_num_queries(len(few)):
        answer = client.get(reverse("home"))
    shown = answer.context["frame"].waiting if role in KINDS else []
    assert {one.kind for one in shown} == KINDS.get(role, set())


@pytest.mark.parametrize("role", KINDS)
def test_what_waits_is_read_in_one_query_and_counted_in_one(role, django_assert_num_queries):
    everything = world()
    for number in (1, 2):
        one_more_of_each(everything, number)
    reader = everything.users[role]
    assert reader.permissions
    with django_assert_num_queries(1):
        count = waiting_count(reader)
    with django_assert_num_queries(1):
        found = waiting_for(reader)
    assert len(found) == count
    assert found == sorted(found, key=lambda one: one.since)


def asked_for_more(found: Scene, due_on: date):
    application = sent_application(found.round, found.municipality)
    application.steps.create(to_state="more_asked", text="Hvem leder?", by=found.adviser)
    type(application).objects.filter(pk=application.pk).update(state="more_asked", more_due_on=due_on)
    return application


def test_what_the_secretariat_asks_for_waits_with_the_day_to_answer_by(client):
    found = scene()
    due_on = timezone.localdate() + timedelta(days=5)
    application = asked_for_more(found, due_on)
    (line,) = waiting_for(found.leader)
    assert line.text == f"Opptak 2009: svar innen {date_format(due_on)}"
    assert line.url == found.url("application", application.pk)
    assert waiting_for(found.adviser) == []
    page = front_page(client, found.leader)
    assert line.text in page
    assert "Ingenting venter" not in page
    type(application).objects.update(more_due_on=timezone.localdate() - timedelta(days=1))
    assert "svaret skulle vært gitt innen" in waiting_for(found.leader)[0].text


def test_a_sent_application_stands_with_its_state_until_some_weeks_after_the_outcome_is_told(client):
    found = scene()
    application = sent_application(found.round, found.municipality)
    url = found.url("application", application.pk)
    assert "mottatt" in front_page(client, found.leader).partition(url)[2].partition("</li>")[0]
    kept = type(application).objects.filter(pk=application.pk)
    kept.update(state="declined")
    assert "under behandling" in front_page(client, found.leader).partition(url)[2].partition("</li>")[0]
    kept.update(told_at=timezone.now() - timedelta(weeks=5))
    assert "ikke tatt opp" in front_page(client, found.leader).partition(url)[2].partition("</li>")[0]
    kept.update(told_at=timezone.now() - timedelta(weeks=7))
    assert url not in front_page(client, found.leader)


def test_who_only_applies_begins_with_the_programme_applied_to(client, programme):
    window("in:kvalitet", quarter_index(programme.starts_on.year, 1), 90)
    found = scene()
    assert first_choice(programmes_for(found.leader)) == programme
    sent_application(found.round, found.municipality)
    assert first_choice(programmes_for(found.leader)) == found.programme
