"""Preparing, opening, reminding, closing and sharing an evaluation; see ``models/evaluation.py`` on who sees what."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from correspondence.actions import MessageDraft, write_many
from municipalities.models import AuditEvent

from ..models import Evaluation, EvaluationQuestion, EvaluationToken, Gathering, Session
from ..queries.evaluation import not_yet_invited
from .errors import NotPossible
from .evaluation_answer import mix_answers

Kind, Standard = EvaluationQuestion.Kind, EvaluationQuestion.Standard
STANDARD_QUESTIONS = (
    (Standard.MET_EXPECTATIONS, Kind.YES_NO),
    (Standard.RELEVANCE, Kind.SCALE),
    (Standard.NEW_KNOWLEDGE, Kind.SCALE),
)
SESSIONS_FROM, OWN_FROM, GROUPS_FROM = 100, 300, 900


class QuestionsAreSent(NotPossible):
    text = _("The evaluation has been sent. Its questions cannot be changed any more.")


@transaction.atomic
def prepare_evaluation(gathering: Gathering, *, values: dict, by) -> Evaluation:
    """Make the evaluation of a gathering, or change it. Once it is open, only the introduction and the last day."""
    found = Evaluation.objects.select_for_update().filter(gathering=gathering).first()
    evaluation = found or Evaluation(gathering=gathering)
    if evaluation.is_closed(timezone.localdate()):
        raise NotPossible(_("The evaluation is closed."))
    changed = values if evaluation.is_draft else {name: values[name] for name in ("intro", "closes_on")}
    for name, value in changed.items():
        setattr(evaluation, name, value)
    evaluation.save()
    if evaluation.is_draft:
        _set_standard_questions(evaluation)
    AuditEvent.record("gatherings.prepare_evaluation", gathering, by=by)
    return evaluation


def _set_standard_questions(evaluation: Evaluation) -> None:
    """The three of every evaluation, one for each session, and the groups: as asked for now."""
    asked = {"party": evaluation.asks_party, "cohort": evaluation.asks_cohort, "network": evaluation.asks_network}
    evaluation.questions.filter(standard__in=[name for name, wanted in asked.items() if not wanted]).delete()
    wanted = [(*pair, at) for at, pair in enumerate(STANDARD_QUESTIONS)]
    wanted += [(name, Kind.CHOICE, GROUPS_FROM + at) for at, name in enumerate(asked) if asked[name]]
    known = set(evaluation.questions.values_list("standard", flat=True))
    EvaluationQuestion.objects.bulk_create(
        EvaluationQuestion(evaluation=evaluation, standard=standard, kind=kind, position=position)
        for standard, kind, position in wanted
        if standard not in known
    )
    _set_session_questions(evaluation)


def _set_session_questions(evaluation: Evaluation) -> None:
    evaluation.questions.filter(standard=Standard.SESSION).delete()
    if not evaluation.asks_sessions:
        return
    sessions = evaluation.gathering.sessions.exclude(kind=Session.Kind.BREAK)
    EvaluationQuestion.objects.bulk_create(
        EvaluationQuestion(
            evaluation=evaluation, standard=Standard.SESSION, kind=Kind.SCALE, session=one, position=SESSIONS_FROM + at
        )
        for at, one in enumerate(sessions)
    )


def _draft(evaluation: Evaluation) -> Evaluation:
    locked = Evaluation.objects.select_for_update(of=("self",)).select_related("gathering").get(pk=evaluation.pk)
    if not locked.is_draft:
        raise QuestionsAreSent
    return locked


@transaction.atomic
def save_question(question: EvaluationQuestion, *, values: dict, by) -> EvaluationQuestion:
    """An own question, new or known; a new one comes last of the own."""
    evaluation = _draft(question.evaluation)
    for name, value in values.items():
        setattr(question, name, value)
    if question.pk is None:
        own = evaluation.questions.filter(standard="")
        question.position = max([OWN_FROM, *own.values_list("position", flat=True)]) + 1
    question.save()
    AuditEvent.record("gatherings.prepare_evaluation", evaluation.gathering, by=by, question=question.pk)
    return question


@transaction.atomic
def remove_question(question: EvaluationQuestion, *, by) -> None:
    evaluation = _draft(question.evaluation)
    AuditEvent.record("gatherings.prepare_evaluation", evaluation.gathering, by=by, removed=question.label)
    question.delete()


@transaction.atomic
def move_question_up(question: EvaluationQuestion, *, by) -> None:
    """Before the own question that stands before it; the first stays first."""
    evaluation = _draft(question.evaluation)
    own = list(evaluation.questions.filter(standard=""))
    at = own.index(question)
    if at:
        own[at - 1 : at + 1] = [own[at], own[at - 1]]
    for position, one in enumerate(own, start=OWN_FROM + 1):
        one.position = position
    EvaluationQuestion.objects.bulk_update(own, ["position"])
    AuditEvent.record("gatherings.prepare_evaluation", evaluation.gathering, by=by, moved=question.pk)


@transaction.atomic
def open_evaluation(evaluation: Evaluation, *, by) -> int:
    """Send a link to everyone who was there and has an e-mail address; how many."""
    locked = _draft(evaluation)
    if timezone.localdate() > locked.closes_on:
        raise NotPossible(_("The last day to answer has passed. Choose another, and open the evaluation then."))
    if not not_yet_invited(locked).exists():
        raise NotPossible(_("Nobody with an e-mail address is marked as present. Take attendance first."))
    _set_session_questions(locked)
    locked.state, locked.opened_at, locked.opened_by = Evaluation.State.OPEN, timezone.now(), by
    locked.save(update_fields=["state", "opened_at", "opened_by"])
    sent = _invite(locked, by)
    AuditEvent.record("gatherings.open_evaluation", locked.gathering, by=by, people=sent)
    return sent


@transaction.atomic
def invite_more(evaluation: Evaluation, *, by) -> int:
    """A link to those who have been marked as present since it was opened."""
    locked = _open(evaluation)
    sent = _invite(locked, by)
    AuditEvent.record("gatherings.invite_to_evaluation", locked.gathering, by=by, people=sent)
    return sent


def _open(evaluation: Evaluation) -> Evaluation:
    locked = (
        Evaluation.objects.select_for_update(of=("self",)).select_related("gathering__programme").get(pk=evaluation.pk)
    )
    if not locked.is_open(timezone.localdate()):
        raise NotPossible(_("The evaluation is not open."))
    return locked


def _invite(evaluation: Evaluation, by) -> int:
    people = list(not_yet_invited(evaluation).select_related("user", "registered_by"))
    tokens = [EvaluationToken(evaluation=evaluation, registration=one, language=_language_of(one)) for one in people]
    EvaluationToken.objects.bulk_create(tokens)
    _write("evaluation", evaluation, tokens, by)
    return len(tokens)


def _language_of(registration) -> str:
    knows = registration.user or registration.registered_by
    return knows.language if knows else "nb"


def _write(what: str, evaluation: Evaluation, tokens: list[EvaluationToken], by) -> None:
    gathering = evaluation.gathering
    write_many(
        [
            MessageDraft(
                key=f"gatherings.{what}:{one.pk}",
                to=one.registration.user or one.registration.email,
                template=f"gatherings/email/{what}.txt",
                context={
                    "gathering": gathering,
                    "evaluation": evaluation,
                    "name": one.registration.name,
                    "address": settings.BASE_URL.rstrip("/") + one.get_absolute_url(),
                },
                language=one.language,
                about=gathering,
            )
            for one in tokens
        ],
        title=str(evaluation),
        about=gathering,
        by=by,
    )


@transaction.atomic
def remind(evaluation: Evaluation, *, by) -> int:
    """One reminder to those who have not answered, without anything of what others answered; how many."""
    locked = _open(evaluation)
    if locked.reminded_at is not None:
        raise NotPossible(_("Those who have not answered have been reminded already. One reminder is enough."))
    left = list(locked.tokens.filter(is_spent=False).select_related("registration__user").order_by("pk"))
    if not left:
        raise NotPossible(_("Everybody has answered."))
    _write("evaluation_reminder", locked, left, by)
    locked.reminded_at = timezone.now()
    locked.save(update_fields=["reminded_at"])
    AuditEvent.record("gatherings.remind_of_evaluation", locked.gathering, by=by, people=len(left))
    return len(left)


@transaction.atomic
def close_evaluation(evaluation: Evaluation, *, by) -> Evaluation:
    """For good: opened again, the change in the results would be the answers of those who came later."""
    locked = _open(evaluation)
    locked.state, locked.closed_at = Evaluation.State.CLOSED, timezone.now()
    locked.save(update_fields=["state", "closed_at"])
    mix_answers(locked)
    AuditEvent.record("gatherings.close_evaluation", locked.gathering, by=by)
    return locked


@transaction.atomic
def share_results(evaluation: Evaluation, *, is_shared: bool, by) -> Evaluation:
    """Let those who have an account and a place see the results, or not any more."""
    locked = Evaluation.objects.select_for_update(of=("self",)).select_related("gathering").get(pk=evaluation.pk)
    if not locked.is_closed(timezone.localdate()):
        raise NotPossible(_("Close the evaluation before you share the results."))
    locked.is_shared = is_shared
    locked.save(update_fields=["is_shared"])
    AuditEvent.record(f"gatherings.{'share' if is_shared else 'unshare'}_evaluation", locked.gathering, by=by)
    return locked
