"""Networks change by dated acts with a reason, and who looks after them hands over everything."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.front.waiting import waiting_count, waiting_for
from correspondence.models import Message
from municipalities.models import AuditEvent
from networks.actions import networks as actions
from networks.actions import posts
from networks.actions.errors import NotPossible
from networks.models import ActionPoint, Handover, Network
from networks.queries.handovers import bundle_of
from networks.queries.networks import network_lines
from tests.counting import queries_of
from tests.factories import ParticipationFactory, ProgrammeFactory, person
from tests.networks.records import a_contact, a_handover, a_network, a_post, a_task, a_visit

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate
HANDED = date(2009, 9, 1)


@pytest.fixture
def adviser():
    return person("adviser")


@pytest.fixture
def programme():
    return ProgrammeFactory(ends_on=TODAY() + timedelta(days=400))


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_new_network_gets_an_address_of_its_own(adviser, programme):
    first = actions.make_network(programme=programme, name="Øst", by=adviser)
    second = actions.make_network(programme=programme, name="Øst!", by=adviser)
    taken = actions.make_network(programme=programme, name="New", by=adviser)
    assert [one.slug for one in (first, second, taken)] == ["ost", "ost-2", "new-2"]


def test_a_network_is_made_and_changed_on_a_page(adviser, programme):
    client = client_of(adviser)
    client.post(
        reverse("networks:make_network", args=[programme.slug]), {"name": "Sør", "themes": ["sickness_absence"]}
    )
    network = Network.objects.get()
    assert network.themes == ["sickness_absence"]
    change = reverse("networks:change_network", args=[programme.slug, network.slug])
    client.post(change, {"name": "Sørvest", "themes": []})
    network.refresh_from_db()
    assert (network.name, network.slug, network.themes) == ("Sørvest", "sor", [])


def test_a_move_is_one_dated_act_and_can_be_taken_back(adviser, programme):
    one = ParticipationFactory(programme=programme)
    old, new = a_network(programme, "Gammelt", one), a_network(programme, "Nytt")
    before = old.memberships.get()
    after = actions.move(before, to=new, on=date(2009, 7, 1), reason="Nærmere naboene", by=adviser)
    before.refresh_from_db()
    assert (before.ends_on, after.starts_on, after.moved_from) == (date(2009, 6, 30), date(2009, 7, 1), before)
    assert before.end_reason == after.reason == "Nærmere naboene"
    actions.stay(before, by=adviser)
    before.refresh_from_db()
    assert (before.ends_on, before.end_reason) == (None, "")
    assert not new.memberships.exists()
    assert AuditEvent.objects.filter(action="networks.undo_move").exists()


def test_a_move_that_is_refused_leaves_everything_as_it_was(adviser, programme):
    one = ParticipationFactory(programme=programme)
    old, new = a_network(programme, "Gammelt", one), a_network(programme, "Nytt", one)
    answer = client_of(adviser).post(
        reverse("networks:move_member", args=[programme.slug, old.slug, old.memberships.get().pk]),
        {"to": new.pk, "on": "2009-07-01", "reason": "Prøve"},
    )
    assert "er alt i nettverket" in answer.content.decode()
    assert old.memberships.get().ends_on is None


def test_a_participant_is_not_twice_in_a_network_at_a_time(adviser, programme):
    one = ParticipationFactory(programme=programme)
    network = a_network(programme, "Sør", one)
    with pytest.raises(NotPossible):
        actions.join(network, participation=one, starts_on=date(2009, 1, 1), reason="Igjen", by=adviser)
    actions.leave(network.memberships.get(), last_day=date(2008, 12, 31), reason="Pause", by=adviser)
    actions.join(network, participation=one, starts_on=date(2009, 1, 1), reason="Igjen", by=adviser)
    assert network.memberships.count() == 2


def test_a_stranger_to_the_programme_does_not_join(adviser, programme):
    with pytest.raises(NotPossible):
        actions.join(
            a_network(programme), participation=ParticipationFactory(), starts_on=HANDED, reason="Nei", by=adviser
        )


def test_the_page_tells_of_moves_with_dates_and_reason(adviser, programme):
    one = ParticipationFactory(programme=programme, name="Moss")
    old, new = a_network(programme, "Gammelt", one), a_network(programme, "Nytt")
    actions.move(old.memberships.get(), to=new, on=date(2009, 7, 1), reason="Nærmere naboene", by=adviser)
    page = client_of(adviser).get(reverse("networks:network", args=[programme.slug, old.slug])).content.decode()
    for text in ("flyttet til Nytt", "til 30. juni 2009", "Nærmere naboene"):
        assert text in page


def test_a_programme_that_has_ended_proposes_its_last_day_for_a_change_of_posts(adviser, programme):
    network, _member, post = a_held_network(programme, person("adviser"))
    asked = {"hand_over": ("handed_on", [post.pk]), "appoint": ("starts_on", [])}
    for last, proposed in ((date(2010, 6, 1), date(2010, 6, 1)), (timezone.localdate(), timezone.localdate())):
        type(programme).objects.filter(pk=programme.pk).update(ends_on=last)
        for name, (field, more) in asked.items():
            page = client_of(adviser).get(reverse(f"networks:{name}", args=[programme.slug, network.slug, *more]))
            assert page.context["form"][field].value() == proposed


def a_held_network(programme, leaver, kind="adviser"):
    member = ParticipationFactory(programme=programme, name="Moss")
    network = a_network(programme, "Sør", member)
    return network, member, a_post(network, leaver, kind, starts_on=date(2008, 1, 1))


def test_a_handover_takes_along_tasks_visits_and_what_is_known(adviser, programme):
    successor = person("adviser")
    network, member, post = a_held_network(programme, adviser)
    task = a_task(a_visit(member), "Sende råd", "secretariat", network=network, post="adviser")
    theirs, done = a_task(a_visit(member), "Lage plan"), a_task(a_visit(member), "Ferdig", done_at=timezone.now())
    planned = a_visit(member, "planned", by=adviser, planned_on=date(2009, 10, 1))
    a_contact(member, adviser, text="Rådmannen ringte")
    handover = posts.hand_over(post, handed_on=HANDED, successor=successor, note="Ring ordføreren", by=adviser)
    post.refresh_from_db()
    assert post.ends_on == date(2009, 8, 31)
    assert list(planned.advisers.all()) == [successor]
    assert list(handover.visits.all()) == [planned]
    assert task in ActionPoint.objects.held_by(successor, TODAY())
    assert task not in ActionPoint.objects.held_by(adviser, TODAY())
    bundle = bundle_of(handover, TODAY())
    assert {row.point for row in bundle.tasks} == {task, theirs}
    assert done not in {row.point for row in bundle.tasks}
    page = client_of(successor).get(reverse("networks:handover", args=[programme.slug, handover.pk])).content.decode()
    for text in ("Sende råd", "Lage plan", "Rådmannen ringte", "Ring ordføreren", "besøk planlagt 1. oktober 2009"):
        assert text in page
    letter = Message.objects.get()
    assert letter.to == successor
    assert "Sør" in letter.subject


def test_a_handover_from_a_coming_day_leaves_earlier_visits_where_they_are(adviser, programme):
    successor, coming = person("adviser"), TODAY() + timedelta(days=30)
    _network, member, post = a_held_network(programme, adviser)
    soon = a_visit(member, "planned", by=adviser, planned_on=coming - timedelta(days=1))
    later = a_visit(member, "planned", by=adviser, planned_on=coming)
    posts.hand_over(post, handed_on=coming, successor=successor, by=adviser)
    assert list(soon.advisers.all()) == [adviser]
    assert list(later.advisers.all()) == [successor]
    task = a_task(a_visit(member), "Nå", "secretariat", network=post.network, post="adviser")
    assert task in ActionPoint.objects.held_by(adviser, TODAY())
    assert task in ActionPoint.objects.held_by(successor, coming)


def test_the_successor_marks_it_as_read_and_nobody_else(adviser, programme):
    successor = person("adviser")
    _network, _member, post = a_held_network(programme, adviser)
    handover = posts.hand_over(post, handed_on=HANDED, successor=successor, by=adviser)
    assert "Overlevering" in [one.kind for one in waiting_for(successor)]
    with pytest.raises(NotPossible):
        posts.mark_read(handover, by=adviser)
    posts.mark_read(handover, by=successor)
    assert "Overlevering" not in [one.kind for one in waiting_for(successor)]


def test_a_handover_is_taken_back_until_it_is_read(adviser, programme):
    successor = person("adviser")
    network, member, post = a_held_network(programme, adviser)
    planned = a_visit(member, "planned", by=adviser, planned_on=HANDED)
    handover = posts.hand_over(post, handed_on=HANDED, successor=successor, by=adviser)
    posts.undo_handover(handover, by=adviser)
    assert [(one.user, one.ends_on) for one in network.posts.all()] == [(adviser, None)]
    assert list(planned.advisers.all()) == [adviser]
    post.refresh_from_db()
    again = posts.hand_over(post, handed_on=HANDED, successor=successor, by=adviser)
    posts.mark_read(again, by=successor)
    with pytest.raises(NotPossible):
        posts.undo_handover(again, by=adviser)


def test_a_network_without_leader_says_so_and_waits_until_one_is_appointed(adviser, programme):
    leaver, successor = person("network_leader"), person("network_leader")
    network, _member, post = a_held_network(programme, leaver, "leader")
    assert "Nettverk uten leder" not in [one.kind for one in waiting_for(adviser)]
    posts.hand_over(post, handed_on=HANDED, by=adviser)
    (line,) = network_lines(Network.objects.all(), TODAY())
    assert line.is_without_leader
    page = client_of(adviser).get(reverse("networks:networks", args=[programme.slug]))
    assert "uten nettverksleder" in page.content.decode()
    assert "Nettverk uten leder" in [one.kind for one in waiting_for(adviser)]
    posts.appoint(network, user=successor, kind="leader", starts_on=TODAY(), by=adviser)
    assert "Nettverk uten leder" not in [one.kind for one in waiting_for(adviser)]
    assert Handover.objects.get().successor == successor
    assert Message.objects.get().to == successor


def test_a_leader_whose_account_is_closed_leaves_the_network_waiting(adviser, programme):
    leaver = person("network_leader")
    a_held_network(programme, leaver, "leader")
    leaver.is_active = False
    leaver.save()
    assert "Nettverk uten leder" in [one.kind for one in waiting_for(adviser)]


def test_a_leader_who_leaves_with_the_programme_leaves_nothing_waiting(adviser):
    ended = ProgrammeFactory(ends_on=date(2010, 6, 30))
    network, _member, _post = a_held_network(ended, person("network_leader"), "leader")
    network.posts.update(ends_on=date(2010, 6, 30))
    assert not waiting_for(adviser)


def test_a_post_is_handed_over_once(adviser, programme):
    _network, _member, post = a_held_network(programme, adviser)
    posts.hand_over(post, handed_on=HANDED, successor=person("adviser"), by=adviser)
    with pytest.raises(NotPossible):
        posts.hand_over(post, handed_on=HANDED, by=adviser)


def test_what_waits_is_typed_and_counted_as_it_is_listed(adviser, programme):
    network, member, _post = a_held_network(programme, adviser)
    a_task(a_visit(member), "Sende råd", "secretariat", network=network, post="adviser", due_on=HANDED)
    a_task(a_visit(member), "Lage plan", due_on=HANDED)
    a_task(a_visit(ParticipationFactory(programme=programme)), "En annens", due_on=HANDED)
    a_task(a_visit(member), "I tide", due_on=TODAY() + timedelta(days=5))
    a_visit(member, "made", by=adviser)
    a_visit(member, "planned", by=adviser)
    a_handover(network, person("adviser"), adviser)
    kinds = [one.kind for one in waiting_for(adviser)]
    assert sorted(kinds) == sorted(
        ["Oppgave forfalt", "Oppgave forfalt", "Notat å skrive", "Besøk som skulle vært gjort", "Overlevering"]
    )
    assert waiting_count(adviser) == len(kinds)


def test_a_project_leader_s_tasks_wait_on_the_front_page(adviser, programme):
    member = ParticipationFactory(programme=programme)
    leader = person("project_leader", municipality=member.municipality)
    a_task(a_visit(member, shared=True), "Lage plan", due_on=HANDED)
    a_task(a_visit(member), "Ikke delt")
    assert [(one.kind, one.text) for one in waiting_for(leader)] == [
        ("Din oppgave", "Lage plan (frist 1. september 2009)")
    ]


def test_the_list_of_networks_is_filtered(adviser, programme):
    members = [ParticipationFactory(programme=programme) for _ in range(2)]
    members[1].municipality.county.name = "Troms"
    first = a_network(programme, "Nord", members[0], themes=["innovation"])
    a_network(programme, "Sør", members[1], themes=["reputation"])
    a_post(first, adviser)

    def listed(**asked):
        answer = client_of(adviser).get(reverse("networks:networks", args=[programme.slug]), asked)
        return [row.network.name for row in answer.context["rows"]]

    assert listed() == ["Nord", "Sør"]
    assert listed(theme="innovation") == ["Nord"]
    assert listed(adviser=adviser.pk) == ["Nord"]
    assert listed(county=members[0].municipality.county.name) == ["Nord", "Sør"]
    assert listed(theme="reputation", adviser=adviser.pk) == []


def test_a_handover_s_page_asks_no_more_for_three_members_than_for_one(adviser, programme):
    few, many = (a_network(programme, name) for name in ("Få", "Mange"))
    for network, times in ((few, 1), (many, 3)):
        for _ in range(times):
            member = ParticipationFactory(programme=programme)
            network.memberships.create(participation=member)
            a_task(a_visit(member), network=network, post="adviser", side="secretariat")
            a_visit(member, "planned")
            a_contact(member, adviser)
    pages = [a_handover(one, adviser, person("adviser"), kind="adviser") for one in (few, many)]
    one, three = (queries_of(adviser, reverse("networks:handover", args=[programme.slug, p.pk])) for p in pages)
    assert one == three


def test_why_somebody_joined_is_the_secretariat_s_own(adviser, programme):
    one = ParticipationFactory(programme=programme)
    actions.join(
        a_network(programme, "Sør"), participation=one, starts_on=date(2009, 1, 1), reason="Uenighet", by=adviser
    )
    leader = person("project_leader", municipality=one.municipality)
    url = reverse("networks:networks_export", args=[programme.slug, "csv"])
    seen = [("Uenighet" in client_of(user).get(url).content.decode("utf-8-sig")) for user in (adviser, leader)]
    assert seen == [True, False]
