"""An evaluation's numbers, and its results where they may be shown."""

from collections.abc import Hashable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.words import in_language
from programmes.models import LocalParty

from ..calculations.evaluation import (
    HIDDEN,
    NO,
    SCALE,
    SMALLEST_GROUP,
    UNKNOWN,
    YES,
    Bar,
    Result,
    bars,
    choice_result,
    group_results,
    percent,
    scale_result,
    shown,
    yes_no_result,
)
from ..models import Evaluation, EvaluationQuestion, EvaluationText, Gathering, Registration

Kind, Standard = EvaluationQuestion.Kind, EvaluationQuestion.Standard
NOT_TOLD = ""


def not_yet_invited(evaluation: Evaluation) -> QuerySet[Registration]:
    """Those marked as present, with an e-mail address, who have no link yet."""
    present = Registration.objects.present().filter(gathering=evaluation.gathering_id).exclude(email="")
    return present.exclude(evaluation_tokens__evaluation=evaluation).order_by("number")


def shares_results(gathering: Gathering, user) -> bool:
    """Whether one who is registered can see what was answered."""
    return Evaluation.objects.results_visible_to(user, timezone.localdate()).filter(gathering=gathering).exists()


@dataclass(frozen=True)
class Turnout:
    """``percent`` of those who were sent a link."""

    sent: int
    answered: int

    @property
    def percent(self) -> Decimal | None:
        return percent(self.answered, self.sent)

    @property
    def left(self) -> int:
        return self.sent - self.answered


def turnout_of(evaluation: Evaluation) -> Turnout:
    spent = list(evaluation.tokens.values_list("is_spent", flat=True))
    return Turnout(len(spent), sum(spent))


Option = tuple[str, str]


def options_of(question: EvaluationQuestion) -> list[Option]:
    """(value as it is kept, words) of a question that is answered by choosing."""
    if question.kind == Kind.SCALE:
        return [(str(score), str(score)) for score in SCALE]
    if question.kind == Kind.YES_NO:
        return [(YES, _("Yes")), (NO, _("No")), (UNKNOWN, _("Don't know"))]
    programme = question.evaluation.gathering.programme
    match question.standard:
        case Standard.PARTY:
            return [*((key, str(label).capitalize()) for key, label in LocalParty.choices), ("other", _("Other"))]
        case Standard.COHORT:
            return [(one.slug, one.name) for one in programme.cohorts.order_by("position")]
        case Standard.NETWORK:
            return [(one.slug, one.name) for one in programme.networks.select_related("cohort")]
    return [(str(at), in_language(words)) for at, words in enumerate(question.options)]


@dataclass(frozen=True)
class GroupLine:
    label: str
    result: Result


@dataclass(frozen=True)
class QuestionResult:
    """What was answered to one question; ``texts`` in an order that tells nothing."""

    question: EvaluationQuestion
    result: Result
    labels: list[str]
    bars: list[Bar]
    texts: list[str]

    @property
    def rows(self) -> list[tuple[str, int, Decimal | None]]:
        """(option, count, per cent of the answers)."""
        n = self.result.n or 0
        return [(label, count, percent(count, n)) for label, count in zip(self.labels, self.result.counts, strict=True)]

    @property
    def width(self) -> int:
        return 12 + 40 * len(self.labels)


@dataclass(frozen=True)
class Crossing:
    """One question by one grouping."""

    question: EvaluationQuestion
    lines: list[GroupLine]


@dataclass(frozen=True)
class Grouping:
    """The answers by what people said of themselves."""

    question: EvaluationQuestion
    crossings: list[Crossing]


@dataclass(frozen=True)
class Results:
    turnout: Turnout
    questions: list[QuestionResult]
    groupings: list[Grouping]

    @property
    def is_hidden(self) -> bool:
        return self.turnout.answered < SMALLEST_GROUP


def results_of(evaluation: Evaluation) -> Results:
    """Everything that may be shown of a closed evaluation. Six queries, however many answered."""
    questions = list(
        evaluation.questions.select_related("session", "evaluation__gathering__programme").order_by("position", "pk")
    )
    answers = list(evaluation.answers.values_list("values", flat=True))
    turnout = turnout_of(evaluation)
    if len(answers) < SMALLEST_GROUP:
        return Results(turnout, [], [])
    texts: dict[int, list[str]] = {}
    for question, text in EvaluationText.objects.filter(question__in=questions).values_list("question", "text"):
        texts.setdefault(question, []).append(text)
    options = {one.pk: options_of(one) for one in questions if one.kind != Kind.TEXT}
    plain = {one.pk: shown(result_of(one, options, answers)) for one in questions if one.kind != Kind.TEXT}
    scales = [plain[one.pk].counts for one in questions if one.kind == Kind.SCALE]
    highest = max((count for counts in scales for count in counts), default=0)
    found = [_question_result(one, plain, options, texts, highest) for one in questions if not one.is_group]
    return Results(turnout, found, [_grouping(one, questions, options, answers) for one in questions if one.is_group])


def _question_result(question, plain, options, texts, highest: int) -> QuestionResult:
    result = plain.get(question.pk, Result(len(texts.get(question.pk, []))))
    labels = [label for _value, label in options.get(question.pk, [])] if result.counts else []
    drawn = bars(labels, result.counts, highest) if question.kind == Kind.SCALE and result.counts else []
    return QuestionResult(question, result, labels, drawn, texts.get(question.pk, []))


def result_of(question: EvaluationQuestion, options, answers: list[dict]) -> Result:
    """Of these answers; nothing is hidden here."""
    values = [answer[str(question.pk)] for answer in answers if str(question.pk) in answer]
    return reckon(question, options[question.pk], values)


def reckon(question: EvaluationQuestion, options: list[Option], values: list[Hashable]) -> Result:
    if question.kind == Kind.SCALE:
        return scale_result(int(value) for value in values)
    if question.kind == Kind.YES_NO:
        return yes_no_result(map(str, values))
    return choice_result([value for value, _label in options], values)


def _grouping(group: EvaluationQuestion, questions, options, answers: list[dict]) -> Grouping:
    groups = [*options[group.pk], (NOT_TOLD, _("Did not say"))]
    known = [value for value, _label in groups]
    crossings = []
    for one in questions:
        if one.kind not in (Kind.SCALE, Kind.YES_NO) or one.standard == Standard.SESSION:
            continue
        pairs = [
            (told if (told := answer.get(str(group.pk), NOT_TOLD)) in known else NOT_TOLD, answer[str(one.pk)])
            for answer in answers
            if str(one.pk) in answer
        ]
        found = group_results(pairs, known, lambda values, one=one: reckon(one, options[one.pk], values))
        lines = [GroupLine(label, found[value]) for value, label in groups if found[value].n != 0]
        if shown(Result(len(pairs))) is not HIDDEN:
            crossings.append(Crossing(one, lines))
    return Grouping(group, crossings)


def asked_of(evaluation: Evaluation) -> list[tuple[EvaluationQuestion, list[Option]]]:
    """The questions in their order, each with its options. At most three queries."""
    questions = evaluation.questions.select_related("session").order_by("position", "pk")
    found = []
    for one in questions:
        one.evaluation = evaluation
        found.append((one, [] if one.kind == Kind.TEXT else options_of(one)))
    return found
