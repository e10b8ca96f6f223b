"""Answering an evaluation by a link. Nothing is written in the audit trail: it has times and names."""

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
    # All links are written, so that none of them carries the stamp of the transaction of its own answer alone.
    evaluation.tokens.update(is_spent=Case(When(pk=token.pk, then=Value(True)), default=F("is_spent")))
