"""Who gets in where among the evaluations: rows of ``tests/access_table.py``, and the records they are tried on."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from gatherings.models import Evaluation, EvaluationQuestion, EvaluationToken, Gathering, Registration

TABLE = """
                                              anonymous public project network steering adviser administrator
GET  gatherings:evaluations                   in        403    403     403     403      yes     yes
GET  gatherings:evaluations_export            in        403    403     403     403      yes     yes
GET  gatherings:themes                        in        403    403     403     403      yes     yes
GET  gatherings:evaluation                    in        403    403     403     403      yes     yes
GET  gatherings:prepare_evaluation            in        403    403     403     403      yes     yes
GET  gatherings:preview_evaluation            in        403    403     403     403      yes     yes
GET  gatherings:add_question                  in        403    403     403     403      yes     yes
GET  gatherings:question                      in        403    403     403     403      yes     yes
POST gatherings:change_question               in        403    403     403     403      yes     yes
POST gatherings:evaluation_act                in        403    403     403     403      yes     yes
GET  gatherings:evaluation_results            in        404    yes     404     404      yes     yes
GET  gatherings:evaluation_results/unshared   in        404    404     404     404      yes     yes
GET  gatherings:evaluation_results_export     in        404    yes     404     404      yes     yes
GET  gatherings:evaluation_results_export/unshared in   404    404     404     404      yes     yes
GET  gatherings:answer_evaluation             yes       yes    yes     yes     yes      yes     yes
GET  gatherings:answer_evaluation/guessed     404       404    404     404     404      404     404
"""


@dataclass
class Evaluations:
    """A draft with a question, and two that are closed, of which one is shared with those registered."""

    draft: Evaluation
    question: EvaluationQuestion
    shared: Evaluation
    unshared: Evaluation
    token: EvaluationToken


def evaluations_of(world) -> Evaluations:
    """The project leader has a place at two of the gatherings: one shares its results."""
    here, leader = world.gatherings, world.users["project_leader"]
    Registration.objects.filter(pk=here.own.pk).update(user=leader)
    here.elsewhere.user = leader
    here.elsewhere.save()
    shared, unshared = _closed(here.gathering, is_shared=True), _closed(here.strange)
    draft = _evaluation(here.draft)
    question = EvaluationQuestion.objects.create(evaluation=draft, kind="text", text={"nb": "Hva nå?", "nn": "Kva no?"})
    token = EvaluationToken.objects.create(evaluation=shared, registration=here.own)
    return Evaluations(draft, question, shared, unshared, token)


def _evaluation(gathering: Gathering, **values) -> Evaluation:
    ends = timezone.localdate() + timedelta(days=7)
    return Evaluation.objects.create(**({"gathering": gathering, "closes_on": ends} | values))


def _closed(gathering: Gathering, **values) -> Evaluation:
    now = timezone.now()
    return _evaluation(gathering, state="closed", opened_at=now, closed_at=now, **values)


def of(name: str, *more):
    """Arguments: the programme and the gathering of the evaluation named, and what ``more`` gives."""

    def arguments(world) -> list:
        gathering = getattr(world.evaluations, name).gathering
        rest = [world.evaluations.question.pk if one == ":question" else one for one in more]
        return [gathering.programme.slug, gathering.slug, *rest]

    return arguments


def programme(world) -> list:
    return [world.evaluations.draft.gathering.programme.slug]


ARGUMENTS = {
    "gatherings:evaluations": programme,
    "gatherings:evaluations_export": lambda world: [*programme(world), "csv"],
    "gatherings:themes": programme,
    "gatherings:evaluation": of("draft"),
    "gatherings:prepare_evaluation": of("draft"),
    "gatherings:preview_evaluation": of("draft"),
    "gatherings:add_question": of("draft"),
    "gatherings:question": of("draft", ":question"),
    "gatherings:change_question": of("draft", ":question", "up"),
    "gatherings:evaluation_act": of("shared", "unshare"),
    "gatherings:evaluation_results": of("shared"),
    "gatherings:evaluation_results/unshared": of("unshared"),
    "gatherings:evaluation_results_export": of("shared", "csv"),
    "gatherings:evaluation_results_export/unshared": of("unshared", "csv"),
    "gatherings:answer_evaluation": lambda world: [world.evaluations.token.token],
    "gatherings:answer_evaluation/guessed": lambda world: ["guessed"],
}
