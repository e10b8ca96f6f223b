"""Assessing: one's own first, the others' after; two or more; asked for more, recommended, taken back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from correspondence.models import Message
from programmes.actions import assessment as actions
from programmes.actions.application_steps import StepRefused
from programmes.actions.errors import NotPossible
from programmes.queries import assessment as queries
from programmes.queries.assessment import admission_by_round, application_rows, assessments_of
from tests.counting import queries_of
from tests.factories import CountyFactory, MunicipalityFactory, person
from tests.programmes.records_assessment import assessed, recommended, sent_application, sent_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def round():
    return sent_round()


def test_what_others_gave_is_hidden_until_one_has_handed_in(round):
    application, (one, two) = sent_application(round), (person("adviser"), person("adviser"))
    assessed(application, one, 2, 3)
    assessed(application, two, 5, 3, hand_in=False)
    view = assessments_of(application, two)
    assert (view.shown, view.hidden, view.handed_in) == ((), 1, 1)
    assert [row.mean for row in application_rows(round, two)] == [None]
    actions.hand_in(application, by=two)
    view = assessments_of(application, two)
    assert [line.agreement.spread for line in view.lines] == [3, 0]
    assert view.disagrees
    assert [(str(row.mean), row.disagrees) for row in application_rows(round, two)] == [("3.3", True)]


def test_a_draft_of_another_is_never_shown(round):
    application, (one, two) = sent_application(round), (person("adviser"), person("adviser"))
    assessed(application, one)
    assessed(application, two, hand_in=False)
    assert [shown.adviser for shown in assessments_of(application, one).shown] == [one]


def test_what_is_written_is_kept_with_or_without_a_score(round):
    application, adviser = sent_application(round), person("adviser")
    first = round.criteria.first()
    for value, comment in ((None, "Tynt."), (3, "Tynt."), (None, "")):
        mark = actions.Mark(first, value, comment)
        made = actions.save_assessment(application, marks=[mark], advice="", comment="", by=adviser)
        kept = list(made.scores.values_list("value", "comment"))
        assert kept == ([] if value is None and not comment else [(value, comment)])


def test_handing_in_needs_a_score_on_each_criterion_and_advice(round):
    application, adviser = sent_application(round), person("adviser")
    with pytest.raises(NotPossible, match="Kriterium 1"):
        assessed(application, adviser, 3, None, advice="")
    assert not application.assessments.filter(handed_in_at__isnull=False).exists()


def test_one_that_is_handed_in_is_changed_only_when_it_is_taken_back(round):
    application, adviser = sent_application(round), person("adviser")
    assessed(application, adviser)
    with pytest.raises(NotPossible):
        assessed(application, adviser, 1, 1, hand_in=False)
    actions.take_back_assessment(application, by=adviser)
    assert assessed(application, adviser, 1, 1).handed_in_at


def test_it_is_assessed_when_enough_advisers_have_handed_in(round):
    application, (one, two) = sent_application(round), (person("adviser"), person("adviser"))
    assessed(application, one)
    with pytest.raises(NotPossible):
        actions.mark_assessed(application, by=one)
    assessed(application, two)
    actions.mark_assessed(application, by=one)
    assert application.state == "assessed"
    with pytest.raises(NotPossible):
        actions.take_back_assessment(application, by=two)


def test_the_contact_is_asked_in_the_language_of_the_application(round):
    application = sent_application(round, language="nn")
    actions.ask_for_more(application, text="Kven leier arbeidet?", by=person("adviser"))
    message = Message.objects.get()
    assert (message.to_email, message.language) == ("kari@example.no", "nn")
    assert "Kven leier arbeidet?" in message.body
    assert f"/own/{application.pk}/" in message.body
    assert application.state == "more_asked"


def test_an_answer_is_wanted_by_a_day_and_overdue_when_it_has_passed(round, client):
    adviser, place = person("adviser"), MunicipalityFactory()
    application, other = sent_application(round, place), sent_application(round)
    client.force_login(adviser)
    address = reverse("programmes:ask_for_more", args=[round.programme.slug, round.slug, application.pk])
    today = timezone.localdate()
    assert f'value="{today + timedelta(days=14)}"' in client.get(address).content.decode()
    assert client.post(address, {"text": "Hvem?", "due_on": today - timedelta(days=1)}).status_code == 200
    assert client.post(address, {"text": "Hvem?", "due_on": today}).status_code == 302
    assert date_format(today) in Message.objects.get().body
    listed = reverse("programmes:applications", args=[round.programme.slug, round.slug])
    assert f"svar innen {date_format(today)}" in client.get(listed).content.decode()
    assert queries.application_rows(round, adviser, state="overdue") == []

    yesterday = today - timedelta(days=1)
    type(application).objects.filter(pk=application.pk).update(more_due_on=yesterday)
    assert [row.name for row in queries.application_rows(round, adviser, state="overdue")] == [application.name]
    page = client.get(listed + "?state=overdue").content.decode()
    assert f"over fristen siden {date_format(yesterday)}" in page
    assert f">{other.name}<" not in page
    own = person("project_leader", municipality=place)
    client.force_login(own)
    own_page = reverse("programmes:application", args=[round.programme.slug, round.slug, application.pk])
    for page in (client.get(own_page), client.get(reverse("home"))):
        assert date_format(yesterday) in page.content.decode()
    # Nothing is locked: the adviser decides.
    assert "Svar og send inn på nytt" in client.get(own_page).content.decode()


def test_a_recommendation_is_taken_back_with_a_reason(round):
    application, adviser = recommended(round), person("adviser")
    actions.step_back(application, reason="Feil søknad.", by=adviser)
    application.refresh_from_db()
    assert (application.state, application.is_recommended, application.recommendation) == ("assessed", None, "")
    assert application.steps.last().note == "Feil søknad."


def test_of_two_who_recommend_at_once_the_second_is_told(round):
    application = sent_application(round, state="assessed")
    same = type(application).objects.get(pk=application.pk)
    actions.recommend(application, admit=True, reason="Bra.", by=person("adviser"))
    with pytest.raises(StepRefused):
        actions.recommend(same, admit=False, reason="Tynt.", by=person("adviser"))
    same.refresh_from_db()
    assert same.is_recommended


def test_the_table_is_filtered_and_sorted_by_its_address(round, client):
    north, adviser = CountyFactory(number="18", name="Nordland"), person("adviser")
    one = sent_application(round, MunicipalityFactory(name="Bodø", county=north), focus_areas=["quality"])
    two = sent_application(round, MunicipalityFactory(name="Askim"))
    assessed(one, adviser)
    everything = [row.name for row in application_rows(round, adviser)]
    assert everything == ["Askim", "Bodø"]
    for filters, expected in (
        ({"county": "Nordland"}, ["Bodø"]),
        ({"focus": "Kvalitet"}, ["Bodø"]),
        ({"assessor": "none"}, ["Askim"]),
        ({"assessor": "mine"}, ["Askim"]),
        ({"assessor": adviser.name}, ["Bodø"]),
        ({"search": "ask"}, ["Askim"]),
        ({"disagreement": "yes"}, []),
        ({"sort": "-name"}, ["Bodø", "Askim"]),
        ({"sort": "mean"}, ["Bodø", "Askim"]),
    ):
        assert [row.name for row in application_rows(round, adviser, **filters)] == expected, filters
    client.force_login(adviser)
    url = reverse("programmes:applications_export", args=[round.programme.slug, round.slug, "csv"])
    text = client.get(url, {"county": "Nordland"}).content.decode()
    assert "Bodø" in text
    assert "Askim" not in text
    assert two.name == "Askim"


def test_a_draft_is_no_business_of_the_secretariat(round, client):
    draft, adviser = sent_application(round, state="draft"), person("adviser")
    client.force_login(adviser)
    assert application_rows(round, adviser) == []
    assert (
        client.get(reverse("programmes:assessment", args=[round.programme.slug, round.slug, draft.pk])).status_code
        == 404
    )


def test_the_table_and_the_page_take_the_same_number_of_queries_for_one_and_for_three():
    counts = []
    adviser, other = person("adviser"), person("adviser")
    for times in (1, 3):
        round = sent_round(criteria=times)
        for _n in range(times):
            one = sent_application(round)
            for somebody in (adviser, other):
                assessed(one, somebody)
        args = [round.programme.slug, round.slug]
        urls = [reverse("programmes:applications", args=args), reverse("programmes:assessment", args=[*args, one.pk])]
        counts.append([queries_of(adviser, url) for url in urls])
    assert counts[0] == counts[1]


def test_the_form_keeps_what_is_written_without_handing_it_in(round, client):
    application, adviser = sent_application(round), person("adviser")
    client.force_login(adviser)
    args = [round.programme.slug, round.slug, application.pk]
    first, second = round.criteria.all()
    answers = {f"score_{first.pk}": "5", f"comment_{second.pk}": "Uklart.", "advice": "", "comment": ""}
    saved = client.post(reverse("programmes:save_assessment", args=args), answers, headers={"hx-request": "true"})
    assert "Lagret" in saved.content.decode()
    assert list(application.assessments.get().scores.values_list("value", "comment")) == [(5, ""), (None, "Uklart.")]
    page = client.get(reverse("programmes:assess", args=args)).content.decode()
    assert "Uklart." in page
    answers |= {f"score_{second.pk}": "4", "advice": "admit", "hand_in": "1"}
    assert client.post(reverse("programmes:assess", args=args), answers).status_code == 302
    assert application.assessments.get().handed_in_at


def test_the_report_counts_what_became_of_the_applications(round):
    for state in ("draft", "submitted", "admitted", "admitted", "declined", "withdrawn"):
        sent_application(round, state=state)
    (outcome,) = admission_by_round(round.programme)
    found = (outcome.applied, outcome.admitted, outcome.declined, outcome.withdrawn, outcome.undecided)
    assert found == (5, 2, 1, 1, 1)


def test_the_secretariat_finds_whom_to_call_on_the_page_of_the_application(client):
    application = sent_application(
        sent_round(), contact_name="Kari Leder", contact_phone="900 00 001", contact_email="kari@kommune.example"
    )
    client.force_login(person("adviser"))
    round = application.round
    page = client.get(
        reverse("programmes:assessment", args=[round.programme.slug, round.slug, application.pk])
    ).content.decode()
    for words in ("Kari Leder", 'href="tel:90000001"', 'href="mailto:kari@kommune.example"'):
        assert words in page
    status = page.split('class="status"')[1].split("</p>")[0]
    assert status.lower().count("sendt inn") == 1
