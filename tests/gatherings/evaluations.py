"""Evaluations for tests: people who were there, an evaluation of theirs, and answers."""

from datetime import timedelta

from django.utils import timezone

from gatherings.actions import evaluation as actions
from gatherings.actions.evaluation_answer import answer_evaluation
from gatherings.models import Evaluation, EvaluationQuestion, Gathering, Registration
from tests.gatherings.worlds import World, a_registration


def present(here: World, people: int, gathering: Gathering | None = None) -> list[Registration]:
    return [
        a_registration(gathering or here.gathering, here.participation, attended_at=timezone.now())
        for _person in range(people)
    ]


def prepared(here: World, gathering: Gathering | None = None, **values) -> Evaluation:
    asked = dict.fromkeys(("asks_sessions", "asks_party", "asks_cohort", "asks_network"), False)
    defaults = asked | {"intro": {}, "closes_on": timezone.localdate() + timedelta(days=7)}
    return actions.prepare_evaluation(gathering or here.gathering, values=defaults | values, by=here.adviser)


def own_question(evaluation: Evaluation, kind: str, nb: str = "Hva nå?", options: tuple[str, ...] = ()):
    values = {"kind": kind, "text": {"nb": nb, "nn": nb}, "options": [{"nb": one, "nn": one} for one in options]}
    return actions.save_question(EvaluationQuestion(evaluation=evaluation), values=values, by=None)


def answered(evaluation: Evaluation, *answers: dict) -> None:
    """One link each is used, in the order given; answers are by standard name or question id, words are free texts."""
    ids = {one.standard: str(one.pk) for one in evaluation.questions.exclude(standard="")}
    for token, answer in zip(evaluation.tokens.filter(is_spent=False), answers, strict=False):
        full = {"met_expectations": "yes", "relevance": 5, "new_knowledge": 4} | answer
        texts = full.pop("texts", {})
        values = {ids.get(name, str(name)): value for name, value in full.items()}
        answer_evaluation(token, values=values, texts=texts)


def closed(here: World, *answers: dict, gathering: Gathering | None = None, **values) -> Evaluation:
    """Opened for as many as answer, answered and closed."""
    gathering = gathering or here.gathering
    present(here, max(len(answers), 1), gathering)
    evaluation = prepared(here, gathering, **values)
    actions.open_evaluation(evaluation, by=here.adviser)
    answered(evaluation, *answers)
    return actions.close_evaluation(evaluation, by=here.adviser)
