"""Events of a participant: dated, with a reason, undone while nothing came after; and the page that tells them."""

from datetime import date

import pytest
from django.urls import reverse

from municipalities.models import MunicipalityChange
from networks.models import Network, NetworkMembership
from programmes.actions import participation as actions
from programmes.actions.errors import NotPossible
from programmes.models import Participation
from programmes.queries import participant_counts, participant_rows
from programmes.queries.participation import timeline_of
from programmes.timelines import LINES, TimelineLine
from tests.counting import queries_of
from tests.factories import CohortFactory, CohortMembershipFactory, MunicipalityFactory, ParticipationFactory, person
from tests.programmes.records_assessment import grant_of

pytestmark = pytest.mark.django_db
MOVE = date(2009, 1, 1)


@pytest.fixture
def one():
    return CohortMembershipFactory().participation


@pytest.fixture
def adviser():
    return person("adviser")


def counts(programme, *days):
    return [participant_counts(programme, day).active for day in days]


def texts(participation, user) -> list[str]:
    return [str(line.text) for line in timeline_of(participation, user).lines]


def test_a_move_is_counted_where_it_stands_on_the_day(one, adviser):
    other = CohortFactory(programme=one.programme)
    actions.move(one, to=other, on=MOVE, reason="Passer bedre.", by=adviser)
    for day, cohort in ((date(2008, 12, 31), "first"), (MOVE, "last")):
        (row,) = participant_rows(one.programme, day)
        assert row.cohorts == getattr(one.programme.cohorts, cohort)().name
    assert one.cohort_memberships.get(cohort=other).reason == "Passer bedre."
    assert counts(one.programme, date(2008, 12, 31), MOVE) == [1, 1]


def test_a_withdrawal_counts_from_its_day_and_is_undone_whole(one, adviser):
    event = actions.withdraw(one, on=MOVE, reason="Økonomi.", by=adviser)
    assert counts(one.programme, date(2008, 12, 31), MOVE) == [1, 0]
    assert participant_counts(one.programme, MOVE).admitted == 1
    actions.undo(event, by=adviser)
    one.refresh_from_db()
    assert (one.withdrawn_on, one.withdrawal_reason) == (None, "")
    assert event.participation.events.get().undone_by == adviser


def test_a_withdrawal_that_is_taken_back_stays_in_the_history(one, adviser):
    actions.withdraw(one, on=MOVE, reason="Økonomi.", by=adviser)
    actions.take_back_withdrawal(one, on=date(2009, 2, 1), reason="Fikk penger.", by=adviser)
    assert counts(one.programme, MOVE, date(2009, 2, 1)) == [1, 1]
    assert [event.kind for event in one.events.order_by("pk")] == ["withdrawn", "came_back"]


def test_only_the_newest_event_is_undone(one, adviser):
    first = actions.move(one, to=CohortFactory(programme=one.programme), on=MOVE, reason="A.", by=adviser)
    actions.withdraw(one, on=date(2009, 6, 1), reason="B.", by=adviser)
    with pytest.raises(NotPossible):
        actions.undo(first, by=adviser)


def test_nothing_happens_before_it_began_or_after_it_withdrew(one, adviser):
    with pytest.raises(NotPossible):
        actions.withdraw(one, on=date(2007, 1, 2), reason="For tidlig.", by=adviser)
    actions.withdraw(one, on=MOVE, reason="Økonomi.", by=adviser)
    with pytest.raises(NotPossible):
        actions.move(one, to=CohortFactory(programme=one.programme), on=MOVE, reason="For sent.", by=adviser)


def test_one_enters_late_once_and_is_taken_out_while_nothing_rests_on_it(one, adviser):
    cohort, place = one.programme.cohorts.get(), MunicipalityFactory(name="Å")
    made = actions.enter_late(one.programme, place, cohort=cohort, on=MOVE, reason="Ny rådmann.", by=adviser)
    assert (made.slug, made.starts_on) == ("a", MOVE)
    with pytest.raises(NotPossible):
        actions.enter_late(one.programme, place, cohort=cohort, on=MOVE, reason="Igjen.", by=adviser)
    grant = grant_of(made)
    with pytest.raises(NotPossible):
        actions.undo(made.events.get(), by=adviser)
    grant.delete()
    actions.undo(made.events.get(), by=adviser)
    assert not Participation.objects.filter(municipality=place).exists()


@pytest.fixture
def merger(one):
    """Two participants whose municipalities become a third."""
    other = CohortMembershipFactory(cohort=one.programme.cohorts.get()).participation
    new = MunicipalityFactory(name="Nye", valid_from=MOVE)
    for old in (one, other):
        facts = {"kind": "merge", "happened_on": MOVE, "predecessor": old.municipality, "successor": new}
        MunicipalityChange.objects.create(**facts)
    return one, other, new


def test_after_a_merger_the_new_municipality_carries_on(merger, adviser):
    one, _other, new = merger
    before = one.name
    event = actions.carry_on(one, to=new, on=MOVE, reason="Slått sammen.", by=adviser)
    one.refresh_from_db()
    assert (one.municipality, one.name) == (new, "Nye")
    assert event.municipality_before.name in " ".join(texts(one, None or adviser))
    actions.undo(event, by=adviser)
    one.refresh_from_db()
    assert one.name == before


def test_two_participants_that_merge_become_one_with_both_histories(merger, adviser):
    one, other, new = merger
    for old in (one, other):
        actions.carry_on(Participation.objects.get(pk=old.pk), to=new, on=MOVE, reason="Slått sammen.", by=adviser)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (other.merged_into, other.merged_on) == (one, MOVE)
    assert counts(one.programme, date(2008, 12, 31), MOVE) == [2, 1]
    assert participant_counts(one.programme, MOVE).all_withdrawn == 0
    assert not one.programme.participations.active_on(MOVE).filter(pk=other.pk).exists()
    assert any(text.startswith(f"{other.name}: ") for text in texts(one, adviser))
    rows = {row.participation.pk: row.is_active for row in participant_rows(one.programme, MOVE)}
    assert rows == {one.pk: True, other.pk: False}
    actions.undo(other.events.get(), by=adviser)
    assert counts(one.programme, MOVE) == [2]


def test_only_what_the_register_knows_carries_on(one, adviser):
    with pytest.raises(NotPossible):
        actions.carry_on(one, to=MunicipalityFactory(), on=MOVE, reason="Feil.", by=adviser)


def test_the_public_sees_what_happened_but_not_why(one, adviser, client):
    actions.move(one, to=CohortFactory(programme=one.programme), on=MOVE, reason="Uenighet i ledelsen.", by=adviser)
    grant = grant_of(one)
    network = Network.objects.create(programme=one.programme, slug="n", name="Nettverk Nord")
    NetworkMembership.objects.create(network=network, participation=one, starts_on=date(2007, 6, 1))
    url = reverse("programmes:participant", args=[one.programme.slug, one.slug])
    page = client.get(url).content.decode()
    assert "Nettverk Nord" in page
    assert "1. januar 2009" in page
    assert "Uenighet i ledelsen." not in page
    assert f"/grants/{grant.pk}/" not in page
    for user in (adviser, person("project_leader", municipality=one.municipality)):
        client.force_login(user)
        page = client.get(url).content.decode()
        assert "Uenighet i ledelsen." in page
        assert f"/grants/{grant.pk}/" in page
    client.force_login(person("project_leader", municipality=MunicipalityFactory()))
    assert "Uenighet i ledelsen." not in client.get(url).content.decode()


def test_rooms_above_add_their_lines_in_order_of_day(one, adviser):
    def visits(user, participation):
        return [TimelineLine(date(2008, 1, 1), "visit", "Besøk")]

    LINES.append(visits)
    try:
        lines = timeline_of(one, adviser).lines
    finally:
        LINES.remove(visits)
    assert [str(line.text) for line in lines][-1] == "Besøk"
    assert [line.on for line in lines] == sorted(line.on for line in lines)


def test_what_is_unknown_is_said():
    sande = ParticipationFactory(municipality=None, candidate_numbers=["0713", "1514"])
    unknown = timeline_of(sande, person()).unknown
    assert "0713, 1514" in unknown[0]
    assert len(unknown) == 2


def test_the_page_takes_the_same_number_of_queries_however_much_has_happened(adviser):
    found = []
    for times in (1, 3):
        one = CohortMembershipFactory().participation
        for at in range(times):
            to = CohortFactory(programme=one.programme)
            actions.move(one, to=to, on=date(2008, 1 + at, 1), reason="Flytt.", by=adviser)
            grant_of(one, year=2008 + at)
            network = Network.objects.create(programme=one.programme, slug=f"n{at}", name=f"Nettverk {at}")
            NetworkMembership.objects.create(network=network, participation=one)
        found.append(queries_of(adviser, reverse("programmes:participant", args=[one.programme.slug, one.slug])))
    assert found[0] == found[1]


def test_the_secretariat_moves_withdraws_and_undoes_on_the_pages(one, adviser, client):
    client.force_login(adviser)
    other = CohortFactory(programme=one.programme)
    args = [one.programme.slug, one.slug]
    moved = client.post(
        reverse("programmes:move_participant", args=args), {"to": other.pk, "on": "2009-01-01", "reason": "Bedre."}
    )
    assert moved.status_code == 302
    client.post(reverse("programmes:withdraw_participant", args=args), {"on": "2009-06-01", "reason": "Økonomi."})
    event = one.events.get(kind="withdrawn")
    client.post(reverse("programmes:undo_participation", args=[*args, event.pk]))
    one.refresh_from_db()
    assert one.withdrawn_on is None
    assert one.cohort_memberships.filter(cohort=other, ends_on__isnull=True).exists()
    outside = client.post(
        reverse("programmes:withdraw_participant", args=args), {"on": "2030-01-01", "reason": "For sent."}
    )
    assert outside.status_code == 200
