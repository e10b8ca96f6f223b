"""The pages of an evaluation with answers in them, which the empty world of the access table does not have."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from gatherings.actions.evaluation import open_evaluation
from gatherings.models import Session
from tests.end_to_end.test_axe import faults_of, signed_in
from tests.gatherings.evaluations import closed, own_question, prepared, present
from tests.gatherings.worlds import a_gathering, world

pytestmark = pytest.mark.django_db(transaction=True)
PARTIES = ["politicians"] * 6 + ["management"] * 8 + ["unions"] * 3


def test_answering_results_and_the_table_are_accessible(page, live_server, accessibility_faults):
    here = world(themes=["nærvær", "heltid"], state="held")
    Session.objects.create(
        gathering=here.gathering, held_on=here.gathering.starts_on, starts_time="10:00", title={"nb": "Velkommen"}
    )
    done = closed(here, *({"party": one} for one in PARTIES), asks_party=True, asks_sessions=True)
    other = a_gathering(here.programme)
    present(here, 2, other)
    draft = prepared(here, other, asks_party=True)
    for kind in ("scale", "yes_no", "text", "choice"):
        own_question(draft, kind, nb=f"Spørsmål {kind}", options=("Ja", "Nei"))
    signed_in(page, live_server, here.adviser)
    of_done, of_draft = ([one.gathering.programme.slug, one.gathering.slug] for one in (done, draft))
    urls = [
        reverse("gatherings:evaluation_results", args=of_done),
        reverse("gatherings:evaluation", args=of_draft),
        reverse("gatherings:preview_evaluation", args=of_draft),
        reverse("gatherings:evaluations", args=[here.programme.slug]),
        reverse("gatherings:themes", args=[here.programme.slug]),
    ]
    assert faults_of(page, urls, accessibility_faults) == []


def test_an_answer_can_be_given_by_keyboard_alone_and_what_lacks_is_said_there(page, live_server, accessibility_faults):
    here = world()
    present(here, 1)
    evaluation = prepared(here)
    open_evaluation(evaluation, by=here.adviser)
    address = evaluation.tokens.get().get_absolute_url()
    page.goto(address)
    page.locator("main button").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".ds-validation-message")).to_have_count(3)
    assert faults_of(page, [address], accessibility_faults) == []
    for name in ("met_expectations", "relevance", "new_knowledge"):
        question = evaluation.questions.get(standard=name)
        page.locator(f"[name=q{question.pk}]").first.focus()
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
    page.locator("main button").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Takk for svaret").wait_for()
    assert sorted(map(str, evaluation.answers.get().values.values())) == ["2", "2", "no"]
