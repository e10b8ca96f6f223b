"""Tasks, the contact log, who has been visited, the same problem elsewhere, and what sources print."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from municipalities.models import AuditEvent, Population
from networks.actions import action_points as actions
from networks.actions.errors import NotPossible
from networks.models import ActionPoint, Contact, StatedActivity
from networks.queries.activity import stated_numbers, visit_counts
from networks.queries.likeness import alike_rows
from tests.counting import queries_of
from tests.factories import ParticipationFactory, ProgrammeFactory, person
from tests.networks.records import DAY, WHEN, a_contact, a_network, a_post, a_task, a_visit

pytestmark = pytest.mark.django_db

ON = date(2010, 6, 30)


@pytest.fixture
def adviser():
    return person("adviser")


@pytest.fixture
def programme():
    return ProgrammeFactory()


def get(user, name: str, *args, **asked):
    client = Client()
    client.force_login(user)
    return client.get(reverse(f"networks:{name}", args=args), asked)


def post(user, name: str, *args, **sent):
    client = Client()
    client.force_login(user)
    return client.post(reverse(f"networks:{name}", args=args), sent)


def test_the_municipality_reports_its_task_as_done_and_both_sides_see_it(adviser, programme):
    visit = a_visit(ParticipationFactory(programme=programme), shared=True)
    task = a_task(visit, "Lage plan")
    leader = person("project_leader", municipality=visit.participation.municipality)
    post(leader, "task_done", programme.slug, task.pk, note="Vedtatt i mai")
    task.refresh_from_db()
    assert (task.done_by, task.done_note) == (leader, "Vedtatt i mai")
    for user in (leader, adviser):
        assert "Vedtatt i mai" in get(user, "visit", programme.slug, visit.pk).content.decode()


def test_the_municipality_does_not_report_the_secretariat_s_tasks(programme):
    visit = a_visit(ParticipationFactory(programme=programme), shared=True)
    task = a_task(visit, "Sende råd", "secretariat")
    leader = person("project_leader", municipality=visit.participation.municipality)
    assert post(leader, "task_done", programme.slug, task.pk).status_code == 403
    assert ActionPoint.objects.open().exists()


def test_a_task_is_done_once_and_can_be_opened_again(adviser):
    task = a_task(a_visit())
    actions.report_done(task, note="Ferdig", by=adviser)
    with pytest.raises(NotPossible):
        actions.report_done(task, by=adviser)
    actions.reopen(task, by=adviser)
    assert not ActionPoint.objects.get().is_done
    assert AuditEvent.objects.get(action="networks.task_reopen").detail == {"note": "Ferdig"}


def test_the_list_of_tasks_is_filtered(adviser, programme):
    member = ParticipationFactory(programme=programme, name="Moss")
    network = a_network(programme, "Sør", member)
    a_post(network, adviser)
    visit = a_visit(member)
    a_task(visit, "Forfalt", due_on=date(2009, 1, 1))
    a_task(visit, "Gjort", done_at=WHEN)
    a_task(visit, "Min", "secretariat", network=network, post="adviser")
    a_task(a_visit(ParticipationFactory(programme=programme)), "Annet nettverk", "secretariat", owner=person("adviser"))

    def listed(**asked):
        return {row.point.text for row in get(adviser, "tasks", programme.slug, **asked).context["rows"]}

    assert listed() == {"Forfalt", "Gjort", "Min", "Annet nettverk"}
    assert listed(state="overdue") == {"Forfalt"}
    assert listed(state="done") == {"Gjort"}
    assert listed(state="open", side="municipality") == {"Forfalt"}
    assert listed(side="me") == {"Min"}
    assert listed(network=network.slug) == {"Forfalt", "Gjort", "Min"}
    assert listed(q="forf") == {"Forfalt"}


def test_a_task_of_an_empty_post_says_that_nobody_has_it(adviser, programme):
    member = ParticipationFactory(programme=programme)
    a_task(a_visit(member), "Ring", "secretariat", network=a_network(programme, "Sør", member), post="leader")
    assert "ingen har rollen nå" in get(adviser, "tasks", programme.slug).content.decode()


def test_a_contact_is_logged_in_one_line_and_taken_away_by_its_writer_only(adviser, programme):
    member = ParticipationFactory(programme=programme, slug="moss")
    line = {"kind": "call", "at": "2009-03-10T12:00", "with_whom": "Rådmannen", "text": "Avtalte møte"}
    post(adviser, "add_contact", programme.slug, "moss", **line)
    contact = Contact.objects.get()
    assert (contact.participation, contact.who, contact.at) == (member, adviser, WHEN)
    assert post(person("adviser"), "remove_contact", programme.slug, contact.pk).status_code == 404
    post(adviser, "remove_contact", programme.slug, contact.pk)
    assert not Contact.objects.exists()
    assert AuditEvent.objects.get(action="networks.contact_remove").detail == {"text": "Avtalte møte"}


def test_a_contact_in_the_time_to_come_is_refused_with_what_was_typed(adviser, programme):
    ParticipationFactory(programme=programme, slug="moss")
    line = {"kind": "call", "at": "2999-01-01T12:00", "text": "Avtalte møte"}
    page = post(adviser, "add_contact", programme.slug, "moss", **line).content.decode()
    assert "Tidspunktet er ikke kommet ennå." in page
    assert "Avtalte møte" in page


def test_the_municipality_does_not_see_the_log(adviser, programme):
    member = ParticipationFactory(programme=programme)
    a_contact(member, adviser, text="Hemmelig")
    leader = person("project_leader", municipality=member.municipality)
    assert not Contact.objects.visible_to(leader).exists()
    page = get(leader, "follow_up", programme.slug, member.slug).content.decode()
    assert "Hemmelig" not in page
    assert "Kontaktlogg" not in page


def test_the_log_is_filtered(adviser, programme):
    one, two = (ParticipationFactory(programme=programme, name=name) for name in ("Moss", "Ås"))
    network = a_network(programme, "Sør", one)
    a_contact(one, adviser, kind="email", text="Plan")
    a_contact(two, person("adviser"), at=timezone.now())

    def listed(**asked):
        return [row.participation.name for row in get(adviser, "contacts", programme.slug, **asked).context["rows"]]

    assert listed() == ["Ås", "Moss"]
    assert listed(kind="email") == listed(year=2009) == listed(network=network.slug) == ["Moss"]
    assert listed(adviser=adviser.pk) == listed(q="plan") == ["Moss"]


def covered(user, programme, **asked) -> dict:
    rows = get(user, "coverage", programme.slug, **asked).context["rows"]
    return {row.participation.name: (row.visits, row.last and row.last.kind, row.days_since) for row in rows}


def test_coverage_counts_visits_of_the_year_and_days_since_the_last_contact(adviser, programme):
    visited, called, never, gone = (
        ParticipationFactory(programme=programme, name=name) for name in ("Alta", "Moss", "Tana", "Ute")
    )
    gone.withdrawn_on = date(2009, 1, 1)
    gone.save()
    a_visit(visited)
    a_visit(visited, "planned", planned_on=date(2009, 5, 1))
    a_visit(visited, planned_on=date(2008, 5, 1))
    a_contact(visited, adviser, at=WHEN)
    a_contact(called, adviser, at=WHEN)
    asked = {"year": 2009, "on": "2009-12-31"}
    assert covered(adviser, programme, **asked) == {
        "Alta": (1, "telefon", 296),
        "Moss": (0, "telefon", 296),
        "Tana": (0, None, None),
    }
    assert covered(adviser, programme, year=2009, on="2009-03-05")["Alta"] == (1, "besøk", 1)
    assert set(covered(adviser, programme, **asked, without="on")) == {"Moss", "Tana"}
    assert list(covered(adviser, programme, **asked)) == [never.name, "Alta", "Moss"]


def test_coverage_is_summed_by_adviser_and_network(adviser, programme):
    one, two = (ParticipationFactory(programme=programme) for _ in range(2))
    network = a_network(programme, "Sør", one, two)
    a_post(network, adviser)
    ParticipationFactory(programme=programme)
    a_visit(one)
    context = get(adviser, "coverage", programme.slug, year=2009).context
    sums = [(line.name, line.participants, line.visited, line.without) for line in context["by_adviser"]]
    assert sums == [(adviser.name, 2, 1, 1), ("", 1, 0, 1)]
    assert [line.name for line in context["by_network"]] == ["Sør", ""]
    assert set(covered(adviser, programme, network=network.slug)) == {one.name, two.name}
    assert set(covered(adviser, programme, adviser=adviser.pk)) == {one.name, two.name}


def test_a_network_leader_covers_the_own_members_only(programme):
    leader, member = person("network_leader"), ParticipationFactory(programme=programme)
    ParticipationFactory(programme=programme)
    a_post(a_network(programme, "Sør", member), leader, "leader")
    assert list(covered(leader, programme)) == [member.name]


@pytest.mark.parametrize("name", ["coverage_export", "contacts_export", "tasks_export"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_every_list_is_downloaded(adviser, programme, name, form):
    member = ParticipationFactory(programme=programme)
    a_task(a_visit(member))
    a_contact(member, adviser)
    assert member.name in get(adviser, name, programme.slug, "csv").content.decode("utf-8-sig")
    assert get(adviser, name, programme.slug, form).status_code == 200
    assert get(adviser, name, programme.slug, "exe").status_code == 404


def test_lists_ask_no_more_for_three_participants_than_for_one(adviser, programme):
    def one_more():
        member = ParticipationFactory(programme=programme)
        network = a_network(programme, f"Nettverk {member.pk}", member, themes=["innovation"])
        a_post(network, person("adviser"))
        a_task(a_visit(member, by=adviser))
        a_contact(member, adviser)
        return member

    first = one_more()
    urls = [reverse(f"networks:{name}", args=[programme.slug]) for name in ("coverage", "contacts")]
    urls += [reverse(f"networks:{name}", args=[programme.slug, first.slug]) for name in ("follow_up", "alike")]
    urls.append(reverse("networks:municipality_follow_up", args=[first.municipality.number]))
    few = [queries_of(adviser, url) for url in urls]
    one_more()
    one_more()
    a_task(a_visit(first, by=adviser))
    a_contact(first, adviser)
    assert [queries_of(adviser, url) for url in urls] == few


def sized(participation, inhabitants: int):
    Population.objects.create(
        municipality=participation.municipality, counted_on=date(2008, 1, 1), inhabitants_count=inhabitants
    )
    return participation


def test_the_same_problem_elsewhere_says_why_it_fits(programme):
    own = sized(ParticipationFactory(programme=programme), 4000)
    near = ParticipationFactory(programme=programme, name="Samme nettverk")
    a_network(programme, "Eget", own, near, themes=["sickness_absence", "innovation"])
    both = sized(ParticipationFactory(programme=programme, name="Begge"), 3000)
    one = sized(ParticipationFactory(name="Ett tema, annet program"), 30_000)
    none = sized(ParticipationFactory(programme=programme, name="Bare størrelsen"), 3500)
    a_network(programme, "Annet", both, themes=["sickness_absence", "innovation"])
    a_network(one.programme, "Fjernt", one, themes=["innovation"])
    a_network(programme, "Uten", none)
    rows = alike_rows(own, ON)
    assert [(row.participation.name, row.score) for row in rows] == [("Begge", 7), ("Ett tema, annet program", 3)]
    assert [reason.text for reason in rows[0].reasons] == [
        "tema: innovasjon",
        "tema: sykefravær",
        "under 5\xa0000 innbyggere",
    ]
    assert [row.participation.name for row in alike_rows(own, ON, same_size=True)] == ["Begge"]
    assert [row.participation.name for row in alike_rows(own, ON, theme="sickness_absence")] == ["Begge"]
    assert [row.participation.name for row in alike_rows(own, ON, search="ETT")] == [one.name]


def test_a_topic_of_a_visit_finds_those_who_work_on_it(adviser, programme):
    own, other = (ParticipationFactory(programme=programme) for _ in range(2))
    a_visit(own, topics=["reputation"])
    a_network(programme, "Omdømme", other, themes=["reputation"])
    (row,) = alike_rows(own, ON)
    assert [(reason.text, reason.points) for reason in row.reasons] == [("emne på besøk: omdømme", 2)]
    assert "emne på besøk: omdømme" in get(adviser, "alike", programme.slug, own.slug).content.decode()


def test_those_who_have_withdrawn_and_one_s_own_place_are_not_elsewhere(programme):
    own = ParticipationFactory(programme=programme)
    again = ParticipationFactory(municipality=own.municipality)
    gone = ParticipationFactory(programme=programme, withdrawn_on=date(2009, 1, 1))
    for number, one in enumerate((own, again, gone)):
        a_network(one.programme, f"N{number}", one, themes=["innovation"])
    assert alike_rows(own, ON) == []


def test_visits_are_counted_beside_what_sources_print_and_made_up_ones_are_not(adviser, programme):
    member = ParticipationFactory(programme=programme)
    a_visit(member)
    a_visit(member, "planned")
    a_visit(member, is_generated=True)
    StatedActivity.objects.create(
        programme=programme,
        key="municipal_visits",
        item={"nb": "Besøk"},
        period_from=date(2009, 1, 1),
        period_to=date(2009, 12, 31),
        value=Decimal(113),
        unit="visits",
        qualifier="exact",
        source="Rapporten",
        remark={"nb": "De fleste i pulje 3 og 4."},
    )
    (count,) = visit_counts(programme, 2009)
    assert (count.counted, [one.value for one in count.stated]) == (1, [113])
    assert [one.counted for one in visit_counts(programme)] == [0, 0, 1, 0]
    assert stated_numbers(programme)["municipal_visits"][0].is_whole_year
    page = get(adviser, "coverage", programme.slug, year=2009).content.decode()
    assert "Kildene oppgir 113 besøk i 2009 uten å si hos hvem (Rapporten)." in page


def test_who_has_been_visited_agrees_with_the_number_of_visits_beside_it(adviser, programme):
    member = ParticipationFactory(programme=programme)
    a_visit(member, is_generated=True)
    page = get(adviser, "coverage", programme.slug, year=2009)
    (row,), (count,) = page.context["rows"], visit_counts(programme, 2009)
    assert (row.visits, row.last, page.context["without"], count.counted) == (0, None, 1, 0)
    a_visit(member)
    page = get(adviser, "coverage", programme.slug, year=2009)
    (row,), (count,) = page.context["rows"], visit_counts(programme, 2009)
    assert (row.visits, bool(row.last), page.context["without"], count.counted) == (1, True, 0, 1)


def test_a_made_up_visit_says_so(adviser, programme):
    visit = a_visit(ParticipationFactory(programme=programme), is_generated=True)
    assert "laget for demonstrasjonen" in get(adviser, "visit", programme.slug, visit.pk).content.decode()
    assert "(laget for demonstrasjonen)" in get(adviser, "visits", programme.slug).content.decode()
    assert visit.day == DAY
