"""Answering an evaluation by a link. Nothing is written in the audit trail: it has times and names."""

from secrets import SystemRandom

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models import Evaluation, EvaluationAnswer, EvaluationText, EvaluationToken
from .errors import NotPossible


class AlreadyAnswered(NotPossible):
    text = _("The evaluation is answered already. Each link can be used once.")


class EvaluationClosed(NotPossible):
    text = _("The evaluation is closed.")


@transaction.atomic
def answer_evaluation(token: EvaluationToken, *, values: dict[str, int | str], texts: dict[int, str]) -> None:
    """Keep the answer and use up the link, both or neither; AlreadyAnswered or EvaluationClosed when it cannot be.

    ``values`` are by the id of the question, ``texts`` too. No time and no person goes with them.
    """
    evaluation = Evaluation.objects.select_for_update().get(pk=token.evaluation_id)
    if EvaluationToken.objects.get(pk=token.pk).is_spent:
        raise AlreadyAnswered
    if not evaluation.is_open(timezone.localdate()):
        raise EvaluationClosed
    EvaluationAnswer.objects.create(evaluation=evaluation, values=values)
    EvaluationText.objects.bulk_create(
        EvaluationText(question_id=question, text=text) for question, text in texts.items() if text
    )
    mix_answers(evaluation)
    # All links are written, so that none of them carries the stamp of the transaction of its own answer alone.
    evaluation.tokens.update(is_spent=Case(When(pk=token.pk, then=Value(True)), default=F("is_spent")))


def mix_answers(evaluation: Evaluation) -> None:
    """Write all answers and all free texts of the evaluation anew, in an order drawn by lot; inside a transaction.

    Afterwards all rows carry the stamp of one transaction, and neither where they lie (``ctid``, ``rowid``) nor in
    which order tells which texts came with which answer.
    """
    for rows in (evaluation.answers.all(), EvaluationText.objects.filter(question__evaluation=evaluation)):
        kept = list(rows)
        rows.model.objects.filter(pk__in=rows.order_by().values("pk")).delete()
        SystemRandom().shuffle(kept)
        rows.model.objects.bulk_create(kept)
