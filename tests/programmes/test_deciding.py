"""The batch decision: all or nothing, once, with what it makes of each place, and the way back."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from correspondence.models import Letter
from municipalities.models import AuditEvent, Organisation
from programmes.actions import deciding as actions
from programmes.actions import participation
from programmes.actions.deciding import AlreadyDecided, Ruling
from programmes.actions.errors import NotPossible
from programmes.models import Participation
from programmes.queries import participant_counts
from tests.counting import queries_of
from tests.factories import CohortFactory, CohortMembershipFactory, MunicipalityFactory, person
from tests.programmes.records_assessment import grant_of, political_case, recommended, sent_round
from tests.programmes.records_committees import committee_of, item_of, meeting_of

pytestmark = pytest.mark.django_db
DECIDED, BEGINS = date(2008, 11, 20), date(2009, 1, 1)


@pytest.fixture
def round():
    return sent_round()


@pytest.fixture
def item(round):
    return political_case(round.programme)


def decide(round, item, *applications, admit=True, by=None):
    rulings = [Ruling(one.pk, admit, "Fordi.") for one in applications]
    by = by or person("adviser")
    return actions.decide(round, item=item, decided_on=DECIDED, starts_on=BEGINS, rulings=rulings, by=by)


def test_the_admitted_take_part_from_the_day_in_the_cohort_and_the_reason_names_the_case(round, item):
    application = recommended(round)
    decide(round, item, application)
    application.refresh_from_db()
    assert (application.state, application.decided_item, application.decided_on) == ("admitted", item, DECIDED)
    made = round.programme.participations.get()
    time = made.cohort_memberships.get()
    assert (made.starts_on, time.cohort, time.starts_on, time.reason) == (BEGINS, round.cohort, BEGINS, "sak 08/5")
    assert application.applicants.get().participation == made
    assert participant_counts(round.programme, BEGINS).active == 1
    assert participant_counts(round.programme, date(2008, 12, 31)).active == 0


def test_the_declined_take_no_part(round, item):
    application = recommended(round, admit=False)
    decide(round, item, application, admit=False)
    application.refresh_from_db()
    assert (application.state, application.decision_reason) == ("declined", "Fordi.")
    assert not Participation.objects.exists()


def test_done_twice_it_is_done_once(round, item):
    application = recommended(round)
    first = decide(round, item, application)
    again = decide(round, item, application)
    assert (len(first.now), len(first.before), len(again.now), len(again.before)) == (1, 0, 0, 1)
    assert Participation.objects.count() == 1
    assert application.steps.filter(to_state="admitted").count() == 1
    assert AuditEvent.objects.filter(action="admission.decided").count() == 1


def test_one_that_somebody_decided_otherwise_stops_all_of_them(round, item):
    one, two = recommended(round), recommended(round)
    decide(round, item, one, admit=False, by=person("adviser"))
    with pytest.raises(AlreadyDecided) as told:
        decide(round, item, two, one)
    assert one.name in str(told.value)
    two.refresh_from_db()
    assert two.state == "recommended"
    assert not Participation.objects.exists()


def test_only_a_case_of_the_programmes_political_committee_decides(round):
    application = recommended(round)
    steering = item_of(meeting_of(committee_of(round.programme, "steering")))
    elsewhere = political_case(CohortFactory().programme)
    cancelled = political_case(round.programme)
    cancelled.meeting.state = "cancelled"
    cancelled.meeting.save()
    for wrong in (steering, elsewhere, cancelled):
        with pytest.raises(NotPossible):
            decide(round, wrong, application)


def test_who_takes_part_already_is_moved_and_not_doubled(round, item):
    before = CohortMembershipFactory(cohort=CohortFactory(programme=round.programme)).participation
    decide(round, item, recommended(round, before.municipality))
    assert Participation.objects.get() == before
    times = before.cohort_memberships.order_by("starts_on").values_list("starts_on", "ends_on")
    assert list(times) == [(date(2007, 4, 19), date(2008, 12, 31)), (BEGINS, None)]
    assert participant_counts(round.programme, BEGINS).active == 1


def test_who_had_withdrawn_comes_back_and_the_time_between_counts_for_neither(round, item):
    one = CohortMembershipFactory(cohort=CohortFactory(programme=round.programme)).participation
    participation.withdraw(one, on=date(2008, 3, 1), reason="Økonomi.", by=person("adviser"))
    decide(round, item, recommended(round, one.municipality))
    one.refresh_from_db()
    assert one.withdrawn_on is None
    days = (date(2008, 2, 29), date(2008, 6, 1), BEGINS)
    assert [participant_counts(round.programme, day).active for day in days] == [1, 0, 1]
    assert one.events.get(kind="withdrawn").reason == "Økonomi."


def test_municipalities_that_apply_together_take_part_each(round, item):
    decide(round, item, recommended(round, MunicipalityFactory(), MunicipalityFactory()))
    assert Participation.objects.filter(municipality__isnull=False).count() == 2


def test_an_organisation_that_applies_with_its_members_takes_part_for_them_all(round, item):
    members = [MunicipalityFactory(), MunicipalityFactory()]
    outside = MunicipalityFactory()
    region = Organisation.objects.create(slug="region", name="Regionrådet", kind="regional_council")
    region.members.set(members)
    application = recommended(round, region, *members, outside)
    decide(round, item, application)
    assert {str(one.organisation or one.municipality) for one in Participation.objects.all()} == {
        "Regionrådet",
        str(outside),
    }
    assert application.applicants.filter(participation__organisation=region).count() == 3


def test_a_decision_is_taken_back_and_what_it_made_is_gone(round, item):
    application, adviser = recommended(round), person("adviser")
    decide(round, item, application)
    actions.reverse_decision(application, reason="Feil sak.", by=adviser)
    application.refresh_from_db()
    assert (application.state, application.decided_item, application.is_recommended) == ("recommended", None, True)
    assert not Participation.objects.exists()
    assert [one.to_state for one in application.steps.order_by("pk")][-2:] == ["admitted", "recommended"]
    assert application.steps.order_by("pk").last().note == "Feil sak."
    assert decide(round, item, application).now == [application]


def test_a_move_that_a_decision_made_is_put_back_as_it_was(round, item):
    before = CohortMembershipFactory(cohort=CohortFactory(programme=round.programme))
    application = recommended(round, before.participation.municipality)
    decide(round, item, application)
    actions.reverse_decision(application, reason="Feil.", by=person("adviser"))
    time = before.participation.cohort_memberships.get()
    assert (time.pk, time.cohort, time.ends_on) == (before.pk, before.cohort, None)


def test_a_decision_that_something_rests_on_stands(round, item):
    application, adviser = recommended(round), person("adviser")
    decide(round, item, application)
    made = Participation.objects.get()
    grant = grant_of(made)
    with pytest.raises(NotPossible, match=r"tilskudd|grants"):
        actions.reverse_decision(application, reason="Feil.", by=adviser)
    grant.delete()
    participation.withdraw(made, on=date(2009, 2, 1), reason="Økonomi.", by=adviser)
    with pytest.raises(NotPossible):
        actions.reverse_decision(application, reason="Feil.", by=adviser)
    application.refresh_from_db()
    assert application.state == "admitted"


def test_the_page_shows_what_will_happen_before_it_happens(round, item, client):
    one, two = recommended(round), recommended(round, admit=False)
    client.force_login(person("adviser"))
    url = reverse("programmes:decision", args=[round.programme.slug, round.slug])
    answers = {
        "application": [one.pk, two.pk],
        "item": item.pk,
        "decided_on": "2008-11-20",
        "starts_on": "2009-01-01",
        f"result_{one.pk}": "admit",
        f"reason_{one.pk}": one.recommendation,
        f"result_{two.pk}": "admit",
        f"reason_{two.pk}": two.recommendation,
    }
    assert "Skriv hvorfor" in client.post(url, answers | {"preview": "1"}).content.decode()
    answers[f"reason_{two.pk}"] = "Utvalget la vekt på fylket."
    page = client.post(url, answers | {"preview": "1"}).content.decode()
    assert "begynner i" in page
    assert not Participation.objects.exists()
    assert client.post(url, answers | {"decide": "1"}).status_code == 302
    assert Participation.objects.count() == 2
    again = client.post(url, answers | {"decide": "1"}, follow=True)
    assert "2 søknader var alt vedtatt" in again.content.decode()


def test_the_second_of_two_advisers_is_told_what_the_first_recorded(round, item, client):
    application, first = recommended(round), person("adviser")
    decide(round, item, application, admit=False, by=first)
    client.force_login(person("adviser"))
    url = reverse("programmes:decision", args=[round.programme.slug, round.slug])
    answers = {
        "application": [application.pk],
        "item": item.pk,
        "decided_on": "2008-11-20",
        "starts_on": "2009-01-01",
        f"result_{application.pk}": "admit",
        "decide": "1",
    }
    page = client.post(url, answers).content.decode()
    assert first.name in page
    assert "Ingenting er lagret" in page
    assert not Participation.objects.exists()


def test_letters_are_made_for_all_that_have_none_in_the_language_of_each(round, item, client):
    from_nb, from_nn = recommended(round), recommended(round, language="nn")
    declined = recommended(round, admit=False)
    decide(round, item, from_nb, from_nn)
    decide(round, item, declined, admit=False)
    client.force_login(person("adviser"))
    url = reverse("programmes:admission_letters", args=[round.programme.slug, round.slug])
    form = client.get(url).context["form"]
    answers = {name: field.initial for name, field in form.fields.items()}
    assert len(answers) == 6
    made = client.post(url, answers)
    assert made.status_code == 302
    letters = {one.about: one for one in Letter.objects.all()}
    assert "er teken opp" in letters[f"programmes.application:{from_nn.pk}"].subject_text
    text = letters[f"programmes.application:{from_nb.pk}"].text
    assert "20. november 2008" in text
    assert "08/5" in text
    assert "[[" not in text
    assert "Fordi." in letters[f"programmes.application:{declined.pk}"].text
    assert "Alle" in client.get(url).content.decode()


def test_the_decision_takes_as_many_queries_to_show_for_one_as_for_three():
    counts = []
    adviser = person("adviser")
    for times in (1, 3):
        round = sent_round()
        item = political_case(round.programme)
        for _n in range(times):
            recommended(round)
            decide(round, item, recommended(round))
        counts.append(queries_of(adviser, reverse("programmes:decision", args=[round.programme.slug, round.slug])))
    assert counts[0] == counts[1]


def test_nothing_is_decided_before_the_meeting_and_the_day_have_come(round):
    application, coming = recommended(round), timezone.localdate() + timedelta(days=40)
    later = political_case(round.programme, 6, held_on=coming)
    with pytest.raises(actions.TooEarly) as told:
        decide(round, later, application)
    assert date_format(coming) in told.value.fields["item"]
    item = political_case(round.programme, 7, held_on=timezone.localdate())
    values = {"item": item, "starts_on": BEGINS, "rulings": [Ruling(application.pk, True)], "by": person("adviser")}
    with pytest.raises(actions.TooEarly) as told:
        actions.decide(round, decided_on=coming, **values)
    assert list(told.value.fields) == ["decided_on"]
    assert not Participation.objects.exists()
    assert actions.decide(round, decided_on=timezone.localdate(), **values).now == [application]


def test_the_page_proposes_the_last_meeting_held_and_refuses_one_to_come(round, item, client):
    application, coming = recommended(round), timezone.localdate() + timedelta(days=40)
    later = political_case(round.programme, 6, held_on=coming)
    client.force_login(person("adviser"))
    url = reverse("programmes:decision", args=[round.programme.slug, round.slug])
    assert client.get(url).context["form"].initial["item"] == item
    answers = {
        "application": [application.pk],
        "item": later.pk,
        "decided_on": coming.isoformat(),
        "starts_on": "2009-01-01",
        f"result_{application.pk}": "admit",
        "decide": "1",
    }
    form = client.post(url, answers).context["form"]
    assert "når møtet er holdt" in form.errors["item"][0]
    assert "ikke kommet ennå" in form.errors["decided_on"][0]
    assert not Participation.objects.exists()


def test_who_decides_before_the_day_of_the_meeting_is_led_to_the_meeting(round, client):
    application = recommended(round)
    early = political_case(round.programme, 9, held_on=timezone.localdate() + timedelta(days=3))
    client.force_login(person("adviser"))
    url = reverse("programmes:decision", args=[round.programme.slug, round.slug])
    answers = {
        "application": [application.pk],
        "item": early.pk,
        "decided_on": "2008-11-20",
        "starts_on": "2009-01-01",
        f"result_{application.pk}": "admit",
        "preview": "1",
    }
    committee = early.committee
    meeting = reverse("programmes:meeting", args=[round.programme.slug, committee.slug, early.meeting.pk])
    assert f'href="{meeting}"' in client.post(url, answers).content.decode()
