"""A round: made with Norwegian times, announced, extended, copied; who is invited and who is let in."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from correspondence.models import Message
from municipalities.models import AuditEvent, Invitation
from programmes.actions import admission_rounds as actions
from programmes.actions.access_requests import RequestAnswered, approve_request, ask_for_access, decline_request
from programmes.models import AccessRequest, AdmissionRound, RoundInvitation
from tests.counting import queries_of
from tests.factories import MunicipalityFactory, UserFactory
from tests.programmes.rounds import begun, scene, signed_in

pytestmark = pytest.mark.django_db
FIELDS = {
    "title_nb": "Opptak 2026",
    "title_nn": "Opptak 2026",
    "invitation_nb": "Velkommen",
    "invitation_nn": "Velkomen",
    "opens_on": "2026-08-01",
    "opens_clock": "08.00",
    "closes_on": "2026-09-01",
    "closes_clock": "15.00",
    "is_open_to_all": "on",
    "focus_areas": "Nærvær | Nærvær | Attendance\nHeltid | Heiltid",
    "themes": "",
}


def make(found, **changes):
    url = found.url("admission_round").rsplit("/", 2)[0] + "/new/"
    return signed_in(found.adviser).post(url, FIELDS | {"cohort": found.cohort.pk} | changes)


def test_times_are_those_of_norwegian_clocks():
    found = scene()
    assert make(found).status_code == 302
    made = AdmissionRound.objects.get(slug="opptak-2026")
    assert made.closes_at == datetime(2026, 9, 1, 13, tzinfo=UTC)
    assert [one["nb"] for one in made.focus_areas] == ["Nærvær", "Heltid"]
    assert made.focus_areas[0]["en"] == "Attendance"
    assert made.announced_at is None


def test_a_time_the_clock_jumps_over_is_refused_at_its_field():
    answer = make(scene(), closes_on="2027-03-28", closes_clock="02.30")
    assert answer.status_code == 200
    assert "03.30" in answer.content.decode()


def test_a_round_that_closes_before_it_opens_is_refused():
    assert make(scene(), closes_on="2026-07-01").status_code == 200


def test_a_round_in_preparation_is_the_secretariats_alone_until_it_is_announced():
    found = scene(announced_at=None)
    url = found.url("admission_round")
    assert signed_in(None).get(url).status_code == 404
    actions.announce(found.round, by=found.adviser)
    assert signed_in(None).get(url).status_code == 200
    with pytest.raises(actions.RoundRefused):
        actions.announce(found.round, by=found.adviser)


def test_the_announced_deadline_moves_only_by_its_own_act_and_those_with_drafts_are_told():
    found = scene()
    begun(found)
    later = found.round.closes_at + timedelta(days=3)
    with pytest.raises(actions.RoundRefused):
        actions.edit_round(found.round, version=1, closes_at=later, by=found.adviser)
    found.round.refresh_from_db()
    assert actions.extend_deadline(found.round, closes_at=later, reason="Ferie", by=found.adviser) == 1
    assert Message.objects.get().to == found.leader
    assert AuditEvent.objects.get(action="admission.extended_round").detail["reason"] == "Ferie"
    with pytest.raises(actions.RoundRefused):
        actions.extend_deadline(found.round, closes_at=later, reason="igjen", by=found.adviser)


def test_of_two_who_edit_a_round_the_second_is_told():
    found = scene()
    actions.edit_round(found.round, version=1, places_count=5, by=found.adviser)
    with pytest.raises(actions.RoundConflict):
        actions.edit_round(found.round, version=1, places_count=6, by=found.adviser)


def test_invitations_go_out_once_and_only_where_there_is_an_address():
    found = scene()
    actions.choose_invited(found.round, municipalities=[found.municipality, MunicipalityFactory()], by=found.adviser)
    line = RoundInvitation.objects.get(municipality=found.municipality)
    actions.change_invited(found.round, emails={line.pk: "post@kommune.example"}, by=found.adviser)
    assert actions.send_invitations(found.round, by=found.adviser) == 1
    assert actions.send_invitations(found.round, by=found.adviser) == 0
    assert list(Message.objects.values_list("to_email", flat=True)) == ["post@kommune.example"]


def test_who_is_chosen_twice_stands_once():
    found = scene()
    assert actions.choose_invited(found.round, municipalities=[found.municipality], by=found.adviser) == 1
    assert actions.choose_invited(found.round, municipalities=[found.municipality], by=found.adviser) == 0


def test_a_copy_has_texts_and_criteria_and_is_not_announced():
    found = scene()
    texts = {"name": {"nb": "Forankring", "nn": "Forankring"}, "guidance": {"nb": "", "nn": ""}}
    actions.set_criteria(found.round, [texts], by=found.adviser)
    made = actions.copy_round(
        found.round,
        cohort=found.cohort,
        opens_at=timezone.now(),
        closes_at=timezone.now() + timedelta(days=9),
        by=found.adviser,
    )
    assert (made.announced_at, made.invitation, made.invitations.count()) == (None, found.round.invitation, 0)
    assert made.criteria.get().name == texts["name"]


def asks(found, email="ny@kommune.example"):
    asked = {"name": "Nils Ny", "email": email, "municipality": found.municipality.pk}
    return signed_in(None).post(found.url("ask_for_access"), asked)


def test_asking_for_access_says_the_same_whether_the_address_is_known_or_not():
    found = scene()
    answers = [asks(found, email) for email in ("ukjent@kommune.example", found.leader.email)]
    pages = [answer.content.decode().split("csrf")[0].split("<main")[-1] for answer in answers]
    assert pages[0] == pages[1]
    assert AccessRequest.objects.count() == 2


def test_who_asks_twice_waits_once():
    found = scene()
    asks(found)
    asks(found)
    assert AccessRequest.objects.count() == 1


def test_many_requests_from_one_place_are_held_back(settings):
    settings.CACHES = settings.CACHES | {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    found = scene()
    codes = [asks(found, f"p{n}@kommune.example").status_code for n in range(12)]
    assert (codes[0], codes[-1]) == (200, 429)


def a_request(found, email) -> AccessRequest:
    ask_for_access(
        admission_round=found.round, name="Nils", email=email, municipality=found.municipality, language="nn"
    )
    return AccessRequest.objects.get(email=email)


def test_approval_invites_a_new_person_as_project_leader():
    found = scene()
    approve_request(a_request(found, "ny@kommune.example"), address_path="/x/", by=found.adviser)
    invited = Invitation.objects.get()
    assert (invited.email, invited.role, invited.municipality) == (
        "ny@kommune.example",
        "project_leader",
        found.municipality,
    )


def test_approval_gives_one_with_an_account_the_role_at_once():
    found, user = scene(), UserFactory(email="kjent@kommune.example")
    asked = a_request(found, user.email)
    approve_request(asked, address_path="/x/", by=found.adviser)
    assert user.role_assignments.get().municipality == found.municipality
    with pytest.raises(RequestAnswered):
        decline_request(asked, by=found.adviser)


def test_the_list_of_rounds_takes_as_many_queries_with_three_rounds_as_with_one():
    found = scene()
    url = found.url("admission_round").rsplit("/", 2)[0] + "/"
    one = queries_of(found.adviser, url)
    for _n in range(2):
        make(found)
    assert queries_of(found.adviser, url) == one


def test_the_list_of_the_invited_takes_as_many_queries_with_three_as_with_one():
    found = scene()
    actions.choose_invited(found.round, municipalities=[found.municipality], by=found.adviser)
    one = queries_of(found.adviser, found.url("invited_to_apply"))
    actions.choose_invited(found.round, municipalities=[MunicipalityFactory() for _ in "ab"], by=found.adviser)
    assert queries_of(found.adviser, found.url("invited_to_apply")) == one


def test_an_announced_round_is_changed_without_touching_its_deadline():
    found = scene()
    before = found.round.closes_at
    answers = FIELDS | {"version": 1, "invitation_nb": "Ny tekst"}
    assert signed_in(found.adviser).post(found.url("change_admission_round"), answers).status_code == 302
    found.round.refresh_from_db()
    assert (found.round.invitation["nb"], found.round.closes_at) == ("Ny tekst", before)
