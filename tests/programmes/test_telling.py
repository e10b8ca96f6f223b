"""The applicant learns of the decision from the letter, or from whoever tells it; until then nothing gives it away."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from config.front.programmes import programmes_for
from config.front.waiting import waiting_count, waiting_for
from correspondence.actions.letters import make_letters, mark_posted, mark_read, send_letters
from correspondence.models import Message
from gatherings.models import Gathering
from gatherings.models.gathering import own_participations
from municipalities.models import User
from programmes.actions import deciding, telling
from programmes.actions.deciding import Ruling
from programmes.actions.errors import NotPossible
from programmes.letters import ADMISSION, admission_drafts, standard_text
from programmes.models import Application
from programmes.queries import participant_rows
from programmes.queries.deciding import without_letter
from tests.factories import CohortFactory, CohortMembershipFactory, MunicipalityFactory, person
from tests.gatherings.worlds import a_gathering
from tests.programmes.records_assessment import political_case, recommended, sent_round

pytestmark = pytest.mark.django_db
DECIDED, BEGINS = date(2008, 11, 20), date(2009, 1, 1)
OUTCOMES = ("Tatt opp", "tatt opp", "Ikke tatt opp", "ikke tatt opp")


@pytest.fixture
def adviser() -> User:
    return person("adviser")


@pytest.fixture
def mandal():
    return MunicipalityFactory(name="Mandal", distinct_name="Mandal")


@pytest.fixture
def leader(mandal) -> User:
    return person("project_leader", municipality=mandal)


def decided(adviser, place, *, admit: bool = True, application: Application | None = None) -> Application:
    found = application or recommended(sent_round(), place, admit=admit)
    item = found.round.programme.committees.filter(kind="political").first()
    item = item.items.first() if item else political_case(found.round.programme)
    rulings = [Ruling(found.pk, admit, "Fordi.")]
    deciding.decide(found.round, item=item, decided_on=DECIDED, starts_on=BEGINS, rulings=rulings, by=adviser)
    found.refresh_from_db()
    return found


def letter_for(application: Application, adviser: User):
    """A batch with the one letter, read through and released; it goes on paper."""
    Application.objects.filter(pk=application.pk).update(contact_email="")
    application.refresh_from_db()
    texts = {(application.state, "nb"): standard_text(application.state, "nb")}
    drafts = admission_drafts([application], texts)
    batch = make_letters(
        ADMISSION, programme_slug=application.round.programme.slug, title="x", drafts=drafts, by=adviser
    )
    mark_read(batch.letters.get(), version=1, by=adviser)
    send_letters(batch, by=adviser)
    return batch


def own_page(client, user: User, application: Application) -> str:
    client.force_login(user)
    round = application.round
    return client.get(
        reverse("programmes:application", args=[round.programme.slug, round.slug, application.pk])
    ).content.decode()


@pytest.mark.parametrize("admit", [True, False])
def test_until_the_letter_is_sent_the_municipality_reads_that_it_is_being_considered(
    client, adviser, mandal, leader, admit
):
    application = decided(adviser, mandal, admit=admit)
    round = application.round
    for page in (
        own_page(client, leader, application),
        client.get(reverse("programmes:admission_round", args=[round.programme.slug, round.slug])).content.decode(),
        client.get(reverse("home")).content.decode(),
    ):
        assert not any(word in page for word in OUTCOMES)
        assert 'data-color="success"' not in page
        assert 'data-color="danger"' not in page
    assert "under behandling" in own_page(client, leader, application)
    assert "Trekk søknaden" in own_page(client, leader, application)
    assert not Message.objects.exists()
    mark_posted(letter_for(application, adviser), by=adviser)
    application.refresh_from_db()
    assert application.told_at
    page = own_page(client, leader, application)
    assert ("ikke tatt opp" in page) is not admit
    assert "atte opp" in page or "att opp" in page


def test_the_secretariat_sees_the_decision_at_once(client, adviser, mandal):
    application = decided(adviser, mandal)
    client.force_login(adviser)
    round = application.round
    arguments = [round.programme.slug, round.slug]
    pages = {
        "applications": client.get(reverse("programmes:applications", args=arguments)),
        "assessment": client.get(reverse("programmes:assessment", args=[*arguments, application.pk])),
        "decision": client.get(reverse("programmes:decision", args=arguments)),
    }
    for page in pages.values():
        assert "tatt opp" in page.content.decode().lower()
    for name in ("assessment", "decision"):
        assert "ikke underrettet" in pages[name].content.decode().lower()


def test_a_participant_that_only_the_decision_made_is_the_secretariats_until_then(client, adviser, mandal, leader):
    application = decided(adviser, mandal)
    programme, made = application.round.programme, application.applicants.get().participation
    address = reverse("programmes:participant", args=[programme.slug, made.slug])
    listed = reverse("programmes:participants", args=[programme.slug]) + "?on=2009-02-01"
    for reader in (None, leader):
        client.logout()
        if reader:
            client.force_login(reader)
        assert client.get(address).status_code == 404
        assert "Mandal" not in client.get(listed).content.decode().split("<main")[1]
        export = reverse("programmes:participants_export", args=[programme.slug, "csv"]) + "?on=2009-02-01"
        assert "Mandal" not in client.get(export).content.decode()
    client.force_login(adviser)
    assert client.get(address).status_code == 200
    assert "Mandal" in client.get(listed).content.decode().split("<main")[1]
    telling.mark_told(application, told_on=timezone.localdate(), how="Telefon", by=adviser)
    client.logout()
    assert client.get(address).status_code == 200
    assert [row.participation for row in participant_rows(programme, BEGINS, user=leader)] == [made]


def test_of_one_that_took_part_already_the_move_is_told_later(client, adviser):
    before = CohortMembershipFactory(cohort=CohortFactory(name="Pulje A"))
    round = sent_round(before.cohort.programme)
    application = decided(adviser, None, application=recommended(round, before.participation.municipality))
    address = reverse("programmes:participant", args=[round.programme.slug, before.participation.slug])
    page = client.get(address).content.decode()
    assert round.cohort.name not in page.split("<main")[1]
    assert "Siste dag i Pulje A" not in page
    telling.mark_told(application, told_on=timezone.localdate(), how="Telefon", by=adviser)
    assert round.cohort.name in client.get(address).content.decode().split("<main")[1]


def test_who_is_not_told_waits_on_the_front_page_of_those_who_decide(adviser, mandal, leader):
    application = decided(adviser, mandal)
    lines = [one for one in waiting_for(adviser) if "underrettet" in one.text]
    assert [one.url for one in lines] == [
        reverse("programmes:decision", args=[application.round.programme.slug, application.round.slug])
    ]
    assert waiting_count(adviser) == len(waiting_for(adviser))
    assert not any("underrettet" in one.text for one in waiting_for(leader))
    telling.mark_told(application, told_on=timezone.localdate(), how="Telefon", by=adviser)
    assert not any("underrettet" in one.text for one in waiting_for(adviser))


def test_told_in_another_way_is_recorded_once_with_day_and_how(client, adviser, mandal):
    application = decided(adviser, mandal)
    client.force_login(adviser)
    round = application.round
    address = reverse("programmes:mark_told", args=[round.programme.slug, round.slug, application.pk])
    for wrong in (timezone.localdate() + timedelta(days=1), DECIDED - timedelta(days=1)):
        assert client.post(address, {"told_on": wrong.isoformat(), "how": "Telefon"}).status_code == 200
    assert client.post(address, {"told_on": "2008-11-21", "how": "Telefon til rådmannen"}).status_code == 302
    application.refresh_from_db()
    assert timezone.localtime(application.told_at).date() == date(2008, 11, 21)
    assert (application.told_how, application.told_by) == ("Telefon til rådmannen", adviser)
    with pytest.raises(NotPossible):
        telling.mark_told(application, told_on=DECIDED, how="Igjen", by=adviser)
    assert without_letter(round, {}) == []


def test_a_decision_that_was_never_told_leaves_no_trace_when_it_is_taken_back(client, adviser, mandal, leader):
    application = decided(adviser, mandal)
    deciding.reverse_decision(application, reason="Feil sak.", by=adviser)
    assert not any(word in own_page(client, leader, application) for word in OUTCOMES)


def test_after_a_decision_is_taken_back_and_made_anew_the_old_letter_tells_nothing(client, adviser, mandal, leader):
    application = decided(adviser, mandal)
    old = letter_for(application, adviser)
    deciding.reverse_decision(application, reason="Feil sak.", by=adviser)
    application = decided(adviser, mandal, admit=False, application=Application.objects.get(pk=application.pk))
    mark_posted(old, by=adviser)
    application.refresh_from_db()
    assert application.told_at is None
    assert "under behandling" in own_page(client, leader, application)
    written = {f"programmes.application:{application.pk}": old.created_at}
    assert without_letter(application.round, written) == [application]
    mark_posted(letter_for(application, adviser), by=adviser)
    assert "ikke tatt opp" in own_page(client, leader, application)


def test_until_then_neither_an_invitation_nor_the_front_page_takes_the_applicant_for_a_participant(
    adviser, mandal, leader
):
    application = decided(adviser, mandal)
    gathering = a_gathering(application.round.programme)
    gathering.cohorts.add(application.round.cohort)

    def seen():
        places = list(own_participations(leader))
        concerns = Gathering.objects.concerning(leader).filter(pk=gathering.pk).exists()
        return places, concerns, [one.takes_part for one in programmes_for(leader)]

    assert seen() == ([], False, [False])
    telling.mark_told(application, told_on=timezone.localdate(), how="Telefon", by=adviser)
    assert seen() == ([application.applicants.get().participation], True, [True])


def test_letters_that_are_made_are_led_to_and_no_longer_asked_for(client, adviser, mandal):
    application = decided(adviser, mandal)
    round = application.round
    client.force_login(adviser)
    arguments = [round.programme.slug, round.slug]
    make = reverse("programmes:admission_letters", args=arguments)
    pages = (reverse("programmes:decision", args=arguments), to_assessment(application))
    for page in pages:
        assert make in client.get(page).content.decode()
    texts = {("admitted", "nb"): standard_text("admitted", "nb")}
    application.refresh_from_db()
    drafts = admission_drafts([application], texts)
    batch = make_letters(ADMISSION, programme_slug=round.programme.slug, title="x", drafts=drafts, by=adviser)
    for page in (*pages, make):
        words = client.get(page).content.decode().split("<main")[1]
        assert batch.get_absolute_url() in words
        assert "Les gjennom og send brevene" in words
        assert page == make or make not in words
    telling.mark_told(application, told_on=timezone.localdate(), how="Telefon", by=adviser)
    assert "send brevene" not in client.get(to_assessment(application)).content.decode()


def to_assessment(application: Application, name: str = "assessment") -> str:
    round = application.round
    return reverse(f"programmes:{name}", args=[round.programme.slug, round.slug, application.pk])


def test_who_takes_back_a_decision_that_is_told_is_shown_so_and_says_that_they_tell_it(client, adviser, mandal):
    application = decided(adviser, mandal)
    address = to_assessment(application, "reverse_decision")
    client.force_login(adviser)
    assert 'name="is_known"' not in client.get(address).content.decode()
    telling.mark_told(application, told_on=date(2008, 11, 21), how="Telefon til rådmannen", by=adviser)
    page = client.get(address).content.decode()
    assert "21. november 2008: Telefon til rådmannen." in page
    assert client.post(address, {"reason": "Feil sak."}).status_code == 200
    application.refresh_from_db()
    assert application.state == "admitted"
    assert client.post(address, {"reason": "Feil sak.", "is_known": "on"}).status_code == 302
    application.refresh_from_db()
    assert application.state == "recommended"
