"""A visit's life: planned, made, written up, shared; nothing is lost when two write at once."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from correspondence.models import Message
from municipalities.models import AuditEvent, MunicipalityChange, Organisation
from networks.actions import visits as actions
from networks.actions.errors import NotPossible, SavedMeanwhile
from networks.actions.visits import Agreed, Met
from networks.models import ActionPoint, NetworkMembership, Visit
from networks.states import TRANSITIONS
from tests.counting import queries_of
from tests.factories import MunicipalityFactory, ParticipationFactory, ProgrammeFactory, person
from tests.networks.records import DAY, a_network, a_post, a_task, a_visit

pytestmark = pytest.mark.django_db

NOTE = {
    "made_on": DAY,
    "place": "Rådhuset",
    "topics": ["sickness_absence"],
    "other_topics": "",
    "expected_of_municipality": "Møtes hver måned",
    "expected_of_programme": "Råd",
    "findings": "Ledelsen er med.",
}


@pytest.fixture
def adviser():
    return person("adviser")


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(name: str, visit: Visit, *more) -> str:
    return reverse(f"networks:{name}", args=[visit.participation.programme.slug, visit.pk, *more])


def save(visit: Visit, by, *, version: int = 0, met=(), agreed=(), finish=False, **values):
    note = NOTE | values
    actions.save_note(
        visit, version=version, values=note, advisers=[by], met=list(met), agreed=list(agreed), finish=finish, by=by
    )


def test_from_plan_to_note(adviser):
    visit = actions.plan_visit(participation=ParticipationFactory(), planned_on=DAY, advisers=[adviser], by=adviser)
    actions.move(visit, "make", made_on=DAY, by=adviser)
    save(visit, adviser, version=1, met=[Met("unions", "Hovedtillitsvalgt", 2)], agreed=[Agreed("Plan")], finish=True)
    visit.refresh_from_db()
    assert (visit.state, visit.findings, visit.written_up_by) == ("written_up", "Ledelsen er med.", adviser)
    assert [(one.party, one.count) for one in visit.met.all()] == [("unions", 2)]
    assert [(one.text, one.side) for one in visit.action_points.all()] == [("Plan", "municipality")]
    acts = (
        AuditEvent.objects.filter(action__startswith="networks.visit").order_by("pk").values_list("action", flat=True)
    )
    assert list(acts) == ["networks.visit_plan", "networks.visit_make", "networks.visit_write_up"]


def test_a_visit_is_not_made_before_its_day(adviser):
    visit = a_visit(state="planned", planned_on=timezone.localdate() + timedelta(days=3))
    with pytest.raises(NotPossible):
        actions.move(visit, "make", by=adviser)
    assert Visit.objects.get().state == "planned"


@pytest.mark.parametrize("state", TRANSITIONS)
def test_only_the_transitions_of_the_table_can_be_made(adviser, state):
    for act in {act for acts in TRANSITIONS.values() for act in acts} - set(TRANSITIONS[state]):
        visit = a_visit(state=state)
        with pytest.raises(NotPossible):
            actions.move(visit, act, by=adviser)


def test_an_empty_note_is_not_finished(adviser):
    visit = a_visit(state="made", findings="")
    with pytest.raises(NotPossible):
        save(visit, adviser, findings="  ", finish=True)
    assert Visit.objects.get().state == "made"


def test_the_second_of_two_who_save_is_told_and_changes_nothing(adviser):
    visit, other = a_visit(state="made"), person("adviser")
    save(visit, adviser, findings="Den førstes funn")
    with pytest.raises(SavedMeanwhile):
        save(Visit.objects.get(), other, findings="Den andres funn")
    assert Visit.objects.get().findings == "Den førstes funn"


def sent(visit: Visit, **fields) -> dict:
    lines = {
        f"{kind}-{name}": n for kind in ("met", "agreed") for name, n in (("TOTAL_FORMS", 1), ("INITIAL_FORMS", 0))
    }
    return {"made_on": "2009-03-04", "advisers": [visit.advisers.first().pk], "version": 0} | lines | fields


def test_two_advisers_on_one_note_lose_nothing(adviser):
    second = person("adviser")
    visit = a_visit(state="made", by=adviser)
    first = {"findings": "Den førstes funn", "agreed-0-text": "Den førstes oppgave"}
    client_of(adviser).post(url("write_up", visit), sent(visit, **first))
    mine = sent(visit, findings="Den andres funn", **{"agreed-0-text": "Den andres oppgave"})
    answer = client_of(second).post(url("write_up", visit), mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    for text in ("Den førstes funn", "Den førstes oppgave", "Den andres funn", "Den andres oppgave"):
        assert text in page
    assert visit.drafts.get(user=second).values["findings"] == ["Den andres funn"]
    together = mine | {"findings": "Begges funn", "version": 1}
    assert client_of(second).post(url("write_up", visit), together).status_code == 302
    visit.refresh_from_db()
    assert visit.findings == "Begges funn"
    assert {one.text for one in visit.action_points.all()} == {"Den førstes oppgave", "Den andres oppgave"}
    assert not visit.drafts.exists()


def test_what_is_typed_is_kept_for_the_writer_alone(adviser):
    visit, client = a_visit(state="made", by=adviser, findings=""), client_of(adviser)
    typed = sent(visit, findings="Halvferdig", **{"met-0-who": "Ordføreren", "met-0-party": "politicians"})
    answer = client.post(url("autosave_note", visit), typed)
    assert "Lagret" in answer.content.decode()
    again = client.get(url("write_up", visit)).content.decode()
    assert "Halvferdig" in again
    assert "Ordføreren" in again
    visit.refresh_from_db()
    assert visit.findings == ""
    other = client_of(person("adviser")).get(url("write_up", visit)).content.decode()
    assert "Halvferdig" not in other
    assert f"{adviser.name} skriver også" in other


def test_a_draft_on_an_old_version_is_shown_beside_what_was_saved(adviser):
    visit, second = a_visit(state="made", by=adviser), person("adviser")
    client_of(second).post(url("autosave_note", visit), sent(visit, findings="Den andres"))
    save(visit, adviser, findings="Den førstes")
    page = client_of(second).get(url("write_up", visit)).content.decode()
    assert "Den andres" in page
    assert "Den førstes" in page


def test_a_draft_can_be_thrown_away(adviser):
    visit = a_visit(state="made", by=adviser)
    client_of(adviser).post(url("autosave_note", visit), sent(visit, findings="Tull"))
    client_of(adviser).post(url("drop_draft", visit))
    assert not visit.drafts.exists()


def test_an_emptied_line_is_taken_away_and_a_done_task_stands(adviser):
    visit = a_visit(state="made", by=adviser)
    gone, done = a_task(visit, "Bort"), a_task(visit, "Gjort", done_at=timezone.now())
    save(visit, adviser, agreed=[Agreed("", pk=gone.pk), Agreed("Endret", pk=done.pk)])
    assert [one.text for one in visit.action_points.all()] == ["Gjort"]


def test_a_task_of_one_who_holds_a_post_is_owned_by_the_post(adviser):
    visit = a_visit(state="made", by=adviser)
    network = a_network(visit.participation.programme, "Sør", visit.participation)
    a_post(network, adviser)
    save(visit, adviser, agreed=[Agreed("Sende råd", owner=adviser), Agreed("Ringe", owner=person("adviser"))])
    by_post, by_name = visit.action_points.order_by("pk")
    assert (by_post.network, by_post.post, by_post.owner) == (network, "adviser", None)
    assert by_name.owner is not None


def test_a_shared_note_is_told_to_the_project_leaders_once(adviser):
    visit = a_visit(by=adviser)
    a_task(visit, "Lage plan")
    leader = person("project_leader", municipality=visit.participation.municipality)
    person("project_leader", municipality=MunicipalityFactory())
    assert actions.share(visit, by=adviser) == [leader]
    with pytest.raises(NotPossible):
        actions.share(visit, by=adviser)
    letter = Message.objects.get()
    assert letter.to == leader
    assert "Lage plan" in letter.body
    assert url("visit", visit) in letter.body


def test_a_corrected_note_is_shared_again_with_a_letter_of_its_own(adviser):
    visit = a_visit(by=adviser)
    person("project_leader", municipality=visit.participation.municipality)
    actions.share(visit, by=adviser)
    actions.move(visit, "reopen", by=adviser)
    save(visit, adviser, version=visit.version, findings="Rettet", finish=True)
    actions.share(visit, by=adviser)
    assert Message.objects.count() == 2


def test_a_note_that_is_not_finished_is_not_shared(adviser):
    with pytest.raises(NotPossible):
        actions.share(a_visit(state="made"), by=adviser)


def test_the_municipality_sees_its_own_shared_notes_only(adviser):
    place = MunicipalityFactory()
    own = ParticipationFactory(municipality=place)
    shared, _kept = a_visit(own, shared=True), a_visit(own)
    a_visit(shared=True)
    leader = person("project_leader", municipality=place)
    assert list(Visit.objects.visible_to(leader)) == [shared]
    assert not Visit.objects.editable_by(leader).exists()


def test_a_member_of_a_joint_body_sees_its_shared_notes():
    joint = Organisation.objects.create(slug="innherred", name="Innherred", kind="joint_municipality")
    place = MunicipalityFactory()
    joint.members.add(place)
    visit = a_visit(ParticipationFactory(municipality=None, organisation=joint), shared=True)
    assert list(Visit.objects.visible_to(person("project_leader", municipality=place))) == [visit]


def test_visits_and_tasks_follow_a_municipality_into_the_one_it_becomes(adviser):
    old = MunicipalityFactory(name="Frei", valid_to=date(2007, 12, 31))
    new = MunicipalityFactory(name="Kristiansund", valid_from=date(2008, 1, 1))
    MunicipalityChange.objects.create(kind="merge", happened_on=date(2008, 1, 1), predecessor=old, successor=new)
    visit = a_visit(ParticipationFactory(municipality=old, name="Frei"), shared=True, by=adviser)
    task = a_task(visit, "Føre planen videre")
    leader = person("project_leader", municipality=new)
    assert "Frei ble en del av Kristiansund" in client_of(leader).get(url("visit", visit)).content.decode()
    assert task in ActionPoint.objects.reportable_by(leader)
    fragment = client_of(adviser).get(reverse("networks:municipality_follow_up", args=[new.number])).content.decode()
    assert "Føre planen videre" in fragment
    assert f"Ført videre fra {old.number} Frei" in fragment
    actions.share(a_visit(visit.participation), by=adviser)
    assert Message.objects.get().to == leader


def test_a_network_leader_sees_and_writes_for_the_members_of_today_only():
    leader, programme = person("network_leader"), ProgrammeFactory()
    member, gone = (ParticipationFactory(programme=programme) for _ in range(2))
    network = a_network(programme, "Sør", member)
    NetworkMembership.objects.create(network=network, participation=gone, ends_on=date(2009, 1, 1))
    a_post(network, leader, "leader")
    visits = [a_visit(one) for one in (member, gone)]
    assert list(Visit.objects.visible_to(leader)) == list(Visit.objects.editable_by(leader)) == visits[:1]


def listed(user, programme, **asked) -> list[str]:
    answer = client_of(user).get(reverse("networks:visits", args=[programme.slug]), asked)
    return [row.visit.participation.name for row in answer.context["rows"]]


def test_the_list_is_filtered_and_sorted(adviser):
    programme, other = ProgrammeFactory(), person("adviser")
    ås, moss = (ParticipationFactory(programme=programme, name=name) for name in ("Ås", "Moss"))
    network = a_network(programme, "Sør", moss)
    a_visit(ås, "planned", by=adviser, planned_on=date(2010, 2, 1))
    a_visit(moss, by=other)
    assert listed(adviser, programme) == ["Ås", "Moss"]
    assert listed(adviser, programme, sort="participant") == ["Moss", "Ås"]
    assert listed(adviser, programme, year=2009) == ["Moss"]
    assert listed(adviser, programme, state="planned") == ["Ås"]
    assert listed(adviser, programme, adviser=other.pk) == ["Moss"]
    assert listed(adviser, programme, network=network.slug) == ["Moss"]
    assert listed(adviser, programme, q="ås") == ["Ås"]


def test_a_visit_stands_under_the_network_that_the_participant_was_in_then(adviser):
    programme = ProgrammeFactory()
    moved = ParticipationFactory(programme=programme)
    before, after = a_network(programme, "Før"), a_network(programme, "Etter")
    NetworkMembership.objects.create(network=before, participation=moved, ends_on=date(2009, 6, 30))
    NetworkMembership.objects.create(network=after, participation=moved, starts_on=date(2009, 7, 1))
    visit = a_visit(moved)
    answers = [
        client_of(adviser).get(reverse("networks:network", args=[programme.slug, one.slug])) for one in (before, after)
    ]
    assert [answer.context["visits"] for answer in answers] == [[visit], []]
    assert listed(adviser, programme, network=before.slug) == [moved.name]
    assert listed(adviser, programme, network=after.slug) == []


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_list_is_downloaded(adviser, form):
    visit = a_visit(by=adviser, place="=1+1")
    answer = client_of(adviser).get(reverse("networks:visits_export", args=[visit.participation.programme.slug, form]))
    assert answer.status_code == 200
    if form == "csv":
        assert "'=1+1" in answer.content.decode("utf-8-sig")


def test_lists_ask_no_more_for_three_visits_than_for_one(adviser):
    programme = ProgrammeFactory()

    def one_more():
        one = ParticipationFactory(programme=programme)
        a_network(programme, f"Nettverk {one.pk}", one)
        a_task(a_visit(one, by=person("adviser")), network=None, owner=person("adviser"), side="secretariat")

    one_more()
    urls = [reverse(f"networks:{name}", args=[programme.slug]) for name in ("visits", "tasks")]
    few = [queries_of(adviser, one) for one in urls]
    one_more()
    one_more()
    assert [queries_of(adviser, one) for one in urls] == few


def test_a_visit_s_page_asks_no_more_for_three_tasks_than_for_one(adviser):
    visit = a_visit(by=adviser)
    a_task(visit)
    one = queries_of(adviser, url("visit", visit))
    for name in ("A", "B"):
        a_task(visit, name, owner=person("adviser"), side="secretariat")
    assert queries_of(adviser, url("visit", visit)) == one


def finished_meanwhile(adviser):
    """A visit whose note is finished in one tab, and what the answer is to the other tab."""
    visit = a_visit(state="made", by=adviser, findings="")
    client = client_of(adviser)
    client.post(url("write_up", visit), sent(visit, findings="Det ferdige", act="finish"))
    other = sent(visit, findings="Den andre fanen", **{"agreed-0-text": "En oppgave til"})
    return visit, client, client.post(url("write_up", visit), other)


def test_what_is_typed_in_another_tab_than_the_note_is_finished_in_is_shown_beside_it(adviser):
    visit, client, answer = finished_meanwhile(adviser)
    assert answer.status_code == 409
    for text in ("Det ferdige", "Den andre fanen", "En oppgave til", "Åpne notatet og fortsett"):
        assert text in answer.text
    assert 'value="finish"' not in answer.text
    assert "Den andre fanen" in client.get(url("write_up", visit)).text
    visit.refresh_from_db()
    assert (visit.state, visit.findings) == ("written_up", "Det ferdige")


def test_the_finished_note_is_opened_with_what_was_typed_and_saved_together(adviser):
    visit, client, _answer = finished_meanwhile(adviser)
    again = sent(visit, findings="Den andre fanen, mer", version=1, act="reopen")
    page = client.post(url("write_up", visit), again, follow=True).text
    assert "Den andre fanen, mer" in page
    assert "Det ferdige" in page
    assert 'value="finish"' in page
    client.post(url("write_up", visit), sent(visit, findings="Begge", version=2, act="finish"))
    visit.refresh_from_db()
    assert (visit.state, visit.findings) == ("written_up", "Begge")


def test_what_is_typed_in_a_visit_that_was_not_made_after_all_is_kept(adviser):
    visit, client = a_visit(state="made", by=adviser, findings=""), client_of(adviser)
    actions.move(visit, "not_made", by=adviser)
    answer = client.post(url("write_up", visit), sent(visit, findings="Skrevet før"))
    assert answer.status_code == 409
    assert "Skrevet før" in answer.text
    assert 'value="reopen"' not in answer.text
    assert visit.drafts.get(user=adviser).values["findings"] == ["Skrevet før"]


def test_what_is_typed_is_kept_also_after_the_note_was_finished(adviser):
    visit, client = a_visit(by=adviser), client_of(adviser)
    assert client.post(url("autosave_note", visit), sent(visit, findings="Videre")).status_code == 200
    assert visit.drafts.get(user=adviser).values["findings"] == ["Videre"]


def test_what_was_typed_just_before_the_button_was_pressed_is_no_draft(adviser):
    visit, client = a_visit(state="made", by=adviser), client_of(adviser)
    note = sent(visit, findings="Alt", **{"agreed-0-text": "Plan", "met-0-who": "Ordføreren"})
    client.post(url("write_up", visit), note | {"act": "finish"})
    assert client.post(url("autosave_note", visit), note).status_code == 204
    assert not visit.drafts.exists()
    more = note | {"expected_of_programme": "Mer veiledning"}
    assert client.post(url("autosave_note", visit), more).status_code == 200
    assert visit.drafts.get(user=adviser).values["expected_of_programme"] == ["Mer veiledning"]


def test_what_is_wrong_in_a_line_stands_in_the_summary_on_top(adviser):
    visit, client = a_visit(state="made", by=adviser), client_of(adviser)
    task = {"agreed-0-text": "Plan", "agreed-0-due_on": "2009-03-03"}
    page = client.post(url("write_up", visit), sent(visit, **task)).text
    assert 'href="#id_agreed-0-due_on">Linje 1, Frist: Oppgaven har frist' in page


def test_a_task_is_not_due_before_the_visit(adviser):
    visit, client = a_visit(state="made", by=adviser), client_of(adviser)
    task = {"agreed-0-text": "Plan", "agreed-0-due_on": "2009-03-03"}
    answer = client.post(url("write_up", visit), sent(visit, **task))
    assert answer.status_code == 200
    assert "Oppgaven har frist før besøket" in answer.text
    assert not visit.action_points.exists()
    on_the_day = task | {"agreed-0-due_on": "2009-03-04"}
    assert client.post(url("write_up", visit), sent(visit, **on_the_day)).status_code == 302
    assert visit.action_points.get().due_on == date(2009, 3, 4)


def test_networks_to_choose_from_stand_in_the_order_of_their_numbers(adviser):
    programme = ProgrammeFactory()
    for name in ("Nettverk 10", "Nettverk 2", "Nettverk 1"):
        a_network(programme, name)
    page = client_of(adviser).get(reverse("networks:visits", args=[programme.slug]))
    names = [label for _value, label in page.context["form"].fields["network"].choices]
    assert names[1:] == ["Nettverk 1", "Nettverk 2", "Nettverk 10"]


def test_a_telephone_number_is_dialled_without_spaces(adviser):
    network = a_network(ProgrammeFactory(), "Nord")
    adviser.phone = "22 33 44 55"
    adviser.save()
    a_post(network, adviser)
    page = client_of(adviser).get(reverse("networks:network", args=[network.programme.slug, network.slug])).text
    assert 'href="tel:22334455">22 33 44 55<' in page
