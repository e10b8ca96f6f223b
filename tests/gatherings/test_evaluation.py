"""An evaluation from the first question to the results: once each, without names, nothing half."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from correspondence.models import Message
from gatherings.actions import evaluation as actions
from gatherings.actions.errors import NotPossible
from gatherings.actions.evaluation_answer import AlreadyAnswered, EvaluationClosed, answer_evaluation
from gatherings.models import Evaluation, EvaluationAnswer, EvaluationText, EvaluationToken, Session
from gatherings.queries.evaluation import results_of, turnout_of
from municipalities.models import AuditEvent
from tests.counting import queries_of
from tests.factories import person
from tests.gatherings.evaluations import answered, closed, own_question, prepared, present
from tests.gatherings.worlds import World, a_gathering, a_registration, world

pytestmark = pytest.mark.django_db


def url(name: str, evaluation: Evaluation, *more) -> str:
    gathering = evaluation.gathering
    return reverse(f"gatherings:{name}", args=[gathering.programme.slug, gathering.slug, *more])


def form_of(evaluation: Evaluation, **chosen) -> dict:
    """The names of the fields with what is chosen by standard name, else a full answer."""
    values = {"met_expectations": "yes", "relevance": "5", "new_knowledge": "4"} | chosen
    by_name = {one.standard: one.pk for one in evaluation.questions.all()}
    return {f"q{by_name[name]}": value for name, value in values.items()}


def opened(here: World, people: int = 3, **values) -> Evaluation:
    present(here, people)
    evaluation = prepared(here, **values)
    actions.open_evaluation(evaluation, by=here.adviser)
    evaluation.refresh_from_db()
    return evaluation


def test_a_link_goes_to_each_who_was_there_and_has_an_address_and_to_nobody_else():
    here = world()
    present(here, 2)
    a_registration(here.gathering, here.participation, email="borte@example.no")
    a_registration(here.gathering, here.participation, email="", attended_at=timezone.now())
    evaluation = prepared(here)
    assert actions.open_evaluation(evaluation, by=here.adviser) == 2
    letters = Message.objects.filter(kind="gatherings.evaluation")
    assert sorted(one.to_email for one in letters) == ["deltaker1@example.no", "deltaker2@example.no"]
    assert len({re.search(r"/evaluations/(\S+)/", one.body)[1] for one in letters}) == 2


def test_the_link_is_answered_once_without_signing_in(client):
    evaluation = opened(world())
    address = evaluation.tokens.first().get_absolute_url()
    assert client.get(address).status_code == 200
    assert "Takk for svaret" in client.post(address, form_of(evaluation), follow=True).text
    assert sorted(map(str, evaluation.answers.get().values.values())) == ["4", "5", "yes"]
    again = client.post(address, form_of(evaluation, relevance="1"))
    assert again.status_code == 410
    assert "allerede besvart" in again.text
    assert evaluation.answers.count() == 1


def test_a_guessed_link_does_not_exist(client):
    opened(world())
    assert client.get(reverse("gatherings:answer_evaluation", args=["guessed"])).status_code == 404


def test_two_at_once_with_one_link_are_one_answer():
    evaluation = opened(world())
    first, second = (EvaluationToken.objects.filter(evaluation=evaluation).first() for _n in range(2))
    answer_evaluation(first, values={}, texts={})
    with pytest.raises(AlreadyAnswered):
        answer_evaluation(second, values={}, texts={})


def test_what_is_missing_is_said_at_its_field_and_nothing_is_lost_or_kept_half(client):
    here = world()
    present(here, 1)
    evaluation = prepared(here)
    free = own_question(evaluation, "text")
    actions.open_evaluation(evaluation, by=here.adviser)
    address = evaluation.tokens.get().get_absolute_url()
    page = client.post(address, form_of(evaluation, met_expectations="") | {f"q{free.pk}": "Mer kaffe"})
    assert page.status_code == 200
    assert page.text.count("Velg et svar.") == 2
    assert "Mer kaffe" in page.text
    assert (EvaluationAnswer.objects.count(), EvaluationText.objects.count()) == (0, 0)
    assert not evaluation.tokens.get().is_spent
    assert client.post(address, form_of(evaluation, relevance="7")).status_code == 200
    client.post(address, form_of(evaluation) | {f"q{free.pk}": "Mer kaffe"})
    assert EvaluationText.objects.get().text == "Mer kaffe"


def test_the_page_is_in_the_language_of_the_letter_unless_another_is_chosen(client):
    here = world()
    here.leader.language = "nn"
    here.leader.save()
    a_registration(here.gathering, here.participation, user=here.leader, attended_at=timezone.now())
    evaluation = prepared(here)
    actions.open_evaluation(evaluation, by=here.adviser)
    assert "Korleis var" in Message.objects.get(kind="gatherings.evaluation").subject
    address = evaluation.tokens.get().get_absolute_url()
    assert "Fekk du ny kunnskap?" in client.get(address).text
    client.cookies["django_language"] = client.cookies["language"] = "nb"
    assert "Fikk du ny kunnskap?" in client.get(address).text


def test_after_the_last_day_the_link_says_closed(client):
    evaluation = opened(world())
    Evaluation.objects.update(closes_on=timezone.localdate() - timedelta(days=1))
    token = evaluation.tokens.first()
    page = client.get(token.get_absolute_url())
    assert page.status_code == 410
    assert "Evalueringen er lukket" in page.text
    with pytest.raises(EvaluationClosed):
        answer_evaluation(token, values={}, texts={})


def test_nothing_ties_an_answer_to_a_person_a_time_or_an_order():
    """The fields there are, and that no event or log is written when somebody answers."""
    evaluation = opened(world())
    events = AuditEvent.objects.count()
    answered(evaluation, {})
    assert AuditEvent.objects.count() == events
    for model, allowed in (
        (EvaluationAnswer, {"id", "evaluation", "values"}),
        (EvaluationText, {"id", "question", "text"}),
    ):
        assert {field.name for field in model._meta.fields} == allowed
        assert isinstance(model._meta.pk, models.UUIDField)
    kinds = {type(field) for field in EvaluationToken._meta.fields}
    assert not kinds & {models.DateTimeField, models.DateField, models.TimeField}


def test_answers_come_in_an_order_that_is_not_that_of_answering():
    evaluation = opened(world(), people=8)
    answered(evaluation, *({"relevance": 1 + at % 6} for at in range(8)))
    keys = [one.pk for one in evaluation.answers.all()]
    assert keys == sorted(keys)
    assert {key.version for key in keys} == {4}


def with_texts(people: int, here: World | None = None, gathering=None) -> Evaluation:
    """Open, and answered by all: the n-th answered n to the second question and wrote n."""
    here = here or world()
    present(here, people, gathering)
    evaluation = prepared(here, gathering)
    free = own_question(evaluation, "text")
    actions.open_evaluation(evaluation, by=here.adviser)
    answered(evaluation, *({"relevance": at, "texts": {free.pk: str(at)}} for at in range(people)))
    return evaluation


def rows_as_they_lie(model, column: str) -> list:
    place = "ctid" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM {model._meta.db_table} ORDER BY {place}')
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.production
def test_the_stamp_of_the_database_does_not_tell_which_answer_text_and_link_belong_together():
    """Each answering is a transaction (here a savepoint); all rows carry the stamp of the last."""
    evaluation = with_texts(people=3)
    stamps = set()
    for model in (EvaluationAnswer, EvaluationText, EvaluationToken):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT xmin::text FROM {model._meta.db_table}")
            rows = [row[0] for row in cursor.fetchall()]
        assert len(rows) == 3
        stamps |= set(rows)
    assert len(stamps) == 1
    actions.close_evaluation(evaluation, by=None)


def test_neither_answers_nor_texts_lie_in_the_order_they_came():
    """Of twelve, an order drawn by lot is that of coming once in half a milliard times."""
    evaluation = with_texts(people=12)
    relevance = str(evaluation.questions.get(standard="relevance").pk)
    by_key = {one.pk.hex: one.values[relevance] for one in evaluation.answers.all()}
    answers = [by_key[str(key).replace("-", "")] for key in rows_as_they_lie(EvaluationAnswer, "id")]
    texts = [int(text) for text in rows_as_they_lie(EvaluationText, "text")]
    assert sorted(answers) == sorted(texts) == list(range(12))
    assert answers != sorted(answers)
    assert texts != sorted(texts)
    assert answers != texts


def test_closing_mixes_once_more_and_loses_nothing():
    evaluation = with_texts(people=12)
    before = rows_as_they_lie(EvaluationText, "text")
    actions.close_evaluation(evaluation, by=None)
    after = rows_as_they_lie(EvaluationText, "text")
    assert before != after
    assert sorted(before) == sorted(after)
    assert evaluation.answers.count() == 12


def test_the_answers_of_other_evaluations_are_left_alone():
    here = world()
    first, second = with_texts(1, here), with_texts(1, here, a_gathering(here.programme))
    assert (first.answers.count(), second.answers.count(), EvaluationText.objects.count()) == (1, 1, 2)


def test_an_answer_costs_as_many_queries_among_many_as_among_few(django_assert_num_queries):
    here = world()
    evaluation = opened(here, people=40)
    answered(evaluation, {})
    links = list(evaluation.tokens.filter(is_spent=False))
    with CaptureQueriesContext(connection) as first:
        answer_evaluation(links[0], values={}, texts={})
    for link in links[1:30]:
        answer_evaluation(link, values={}, texts={})
    with django_assert_num_queries(len(first)):
        answer_evaluation(links[30], values={}, texts={})


def test_those_who_have_not_answered_are_reminded_once():
    here = world()
    evaluation = opened(here)
    answered(evaluation, {})
    assert actions.remind(evaluation, by=here.adviser) == 2
    letters = Message.objects.filter(kind="gatherings.evaluation_reminder")
    spent = evaluation.tokens.get(is_spent=True).registration.email
    assert spent not in {one.to_email for one in letters}
    with pytest.raises(NotPossible):
        actions.remind(evaluation, by=here.adviser)
    assert letters.count() == 2


def test_who_is_marked_as_present_later_gets_a_link_then():
    here = world()
    evaluation = opened(here, people=1)
    here.gathering.refresh_from_db()
    present(here, 1)
    assert actions.invite_more(evaluation, by=here.adviser) == 1
    assert actions.invite_more(evaluation, by=here.adviser) == 0
    assert Message.objects.filter(kind="gatherings.evaluation").count() == 2


def test_it_is_not_opened_for_nobody_nor_twice():
    here = world()
    evaluation = prepared(here)
    with pytest.raises(NotPossible):
        actions.open_evaluation(evaluation, by=here.adviser)
    present(here, 1)
    actions.open_evaluation(evaluation, by=here.adviser)
    with pytest.raises(actions.QuestionsAreSent):
        actions.open_evaluation(evaluation, by=here.adviser)


def test_questions_stand_once_they_are_sent():
    here = world()
    present(here, 1)
    evaluation = prepared(here)
    first, second = own_question(evaluation, "scale"), own_question(evaluation, "text")
    actions.move_question_up(second, by=here.adviser)
    assert list(evaluation.questions.filter(standard="")) == [second, first]
    actions.open_evaluation(evaluation, by=here.adviser)
    with pytest.raises(actions.QuestionsAreSent):
        actions.remove_question(first, by=here.adviser)
    with pytest.raises(actions.QuestionsAreSent):
        own_question(evaluation, "text")
    prepared(here, asks_party=True, intro={"nb": "Ny"})
    evaluation.refresh_from_db()
    assert (evaluation.asks_party, evaluation.intro) == (False, {"nb": "Ny"})


def test_each_session_but_the_breaks_is_asked_about():
    here = world()
    for kind in ("plenary", "break", "parallel"):
        Session.objects.create(
            gathering=here.gathering,
            kind=kind,
            held_on=here.gathering.starts_on,
            starts_time="10:00",
            title={"nb": kind},
        )
    evaluation = prepared(here, asks_sessions=True)
    assert [one.session.kind for one in evaluation.questions.filter(standard="session")] == ["plenary", "parallel"]
    prepared(here)
    assert not evaluation.questions.filter(standard="session").exists()


def test_the_results_are_reckoned_from_the_answers():
    here = world()
    met = ["yes", "yes", "yes", "no", "unknown", "yes"]
    evaluation = closed(here, *({"relevance": 3 + at % 3, "met_expectations": met[at]} for at in range(6)))
    results = results_of(evaluation)
    expectations, relevance, knowledge = (one.result for one in results.questions)
    assert (expectations.n, expectations.yes_percent) == (6, Decimal("66.7"))
    assert (relevance.mean, relevance.good_percent) == (Decimal("4.0"), Decimal("66.7"))
    assert knowledge.counts == (0, 0, 0, 6, 0, 0)
    assert (turnout_of(evaluation).sent, turnout_of(evaluation).percent) == (6, Decimal("100.0"))


def test_fewer_than_five_answers_show_nothing_at_all(client):
    here = world()
    evaluation = closed(here, *({"relevance": 2} for _n in range(4)))
    assert results_of(evaluation).questions == []
    client.force_login(here.adviser)
    assert "For få svar til å vises" in client.get(url("evaluation_results", evaluation)).text
    assert "2.0" not in client.get(url("evaluation_results_export", evaluation, "csv")).text


def test_groups_are_held_back_on_the_page_and_in_the_file(client):
    here = world()
    parties = ["politicians"] * 12 + ["management"] * 9 + ["unions"] * 3
    evaluation = closed(here, *({"party": one, "relevance": 6} for one in parties), asks_party=True)
    lines = {line.label: line.result for line in results_of(evaluation).groupings[0].crossings[1].lines}
    assert lines["Folkevalgte"].n == 12
    assert lines["Tillitsvalgte"].is_hidden
    assert lines["Ledelse"].is_hidden
    client.force_login(here.adviser)
    page = client.get(url("evaluation_results", evaluation)).text
    assert page.count("holdt tilbake for å verne enkeltsvar") == 6
    rows = [row.split(",") for row in client.get(url("evaluation_results_export", evaluation, "csv")).text.splitlines()]
    assert {row[2] for row in rows if row[1] == "Tillitsvalgte"} == {""}
    assert {row[2] for row in rows if row[1] == "Folkevalgte"} == {"12"}


def test_while_it_is_open_no_result_is_shown(client):
    here = world()
    evaluation = opened(here, people=7)
    answered(evaluation, *({} for _n in range(6)))
    client.force_login(here.adviser)
    assert "Resultatene vises ikke ennå" in client.get(url("evaluation_results", evaluation)).text
    assert client.get(url("evaluation_results_export", evaluation, "csv")).status_code == 404


def test_those_registered_see_the_results_when_they_are_shared_and_strangers_never(client):
    here = world()
    a_registration(here.gathering, here.participation, user=here.leader)
    evaluation = closed(here, *({} for _n in range(5)))
    address = url("evaluation_results", evaluation)
    client.force_login(here.leader)
    assert client.get(address).status_code == 404
    actions.share_results(evaluation, is_shared=True, by=here.adviser)
    assert client.get(address).status_code == 200
    assert address in client.get(here.gathering.get_absolute_url()).text
    client.force_login(person())
    assert client.get(address).status_code == 404


def test_own_questions_are_shown_with_their_options_and_free_texts_apart(client):
    here = world()
    present(here, 5)
    evaluation = prepared(here)
    choice = own_question(evaluation, "choice", options=("Ja, gjerne", "Kanskje"))
    free = own_question(evaluation, "text", nb="Hva bør bli bedre?")
    actions.open_evaluation(evaluation, by=here.adviser)
    answered(evaluation, *({choice.pk: "1", "texts": {free.pk: f"Tekst {at}"}} for at in range(5)))
    actions.close_evaluation(evaluation, by=here.adviser)
    client.force_login(here.adviser)
    page = client.get(url("evaluation_results", evaluation)).text
    assert all(f"Tekst {at}" in page for at in range(5))
    results = {one.question.pk: one for one in results_of(evaluation).questions}
    assert [row[:2] for row in results[choice.pk].rows] == [("Ja, gjerne", 0), ("Kanskje", 5)]


def test_an_own_question_needs_its_words_in_both_languages_and_as_many_options(client):
    here = world()
    evaluation = prepared(here)
    client.force_login(here.adviser)
    data = {"text_nb": "Hva?", "text_nn": "", "kind": "choice", "options_nb": "A\nB", "options_nn": "A"}
    page = client.post(url("add_question", evaluation), data)
    assert set(page.context["form"].errors) == {"text_nn", "options_nn"}
    client.post(url("add_question", evaluation), data | {"text_nn": "Kva?", "options_nn": "A\nBe"})
    saved = evaluation.questions.get(standard="")
    assert (saved.text, saved.options[1]) == ({"nb": "Hva?", "nn": "Kva?"}, {"nb": "B", "nn": "Be"})


@pytest.mark.parametrize("name", ["evaluation", "evaluation_results", "evaluations"])
def test_more_answers_questions_and_evaluations_cost_as_many_queries(name):
    here = world()
    evaluation = closed(here, *({"party": "unions"} for _n in range(5)), asks_party=True)
    args = [here.programme.slug] if name == "evaluations" else [here.programme.slug, here.gathering.slug]
    address = reverse(f"gatherings:{name}", args=args)
    one = queries_of(here.adviser, address)
    for _n in range(2):
        closed(here, *({} for _n in range(6)), gathering=a_gathering(here.programme))
    EvaluationAnswer.objects.bulk_create(
        EvaluationAnswer(evaluation=evaluation, values=answer.values) for answer in list(evaluation.answers.all())
    )
    assert queries_of(here.adviser, address) == one
