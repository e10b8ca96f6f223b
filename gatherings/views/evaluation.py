"""The evaluation of a gathering as the secretariat prepares, sends and closes it, and its results."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gatherings.actions import evaluation as actions
from gatherings.actions.errors import NotPossible
from gatherings.evaluation_resources import results_table
from gatherings.forms.evaluation import AnswerForm, EvaluationForm, QuestionForm
from gatherings.models import Evaluation, EvaluationQuestion, Gathering
from gatherings.queries.evaluation import asked_of, not_yet_invited, results_of, turnout_of
from municipalities.permissions import may, requires
from municipalities.views.lists import FORMS, file_of

from .access import editable_gathering, to_gathering, visible_gathering

DAYS_OPEN = 14


def _evaluation(gathering: Gathering) -> Evaluation:
    """404 where there is none; it knows its gathering and programme."""
    found = get_object_or_404(Evaluation, gathering=gathering)
    found.gathering = gathering
    return found


@requires("gatherings.edit")
def evaluation(request, slug: str, gathering: str):
    """Where the evaluation stands, its questions, and what can be done next."""
    found = editable_gathering(request, slug, gathering)
    one = Evaluation.objects.filter(gathering=found).first()
    if one is None:
        return redirect("gatherings:prepare_evaluation", slug, gathering)
    one.gathering = found
    today = timezone.localdate()
    context = {
        "programme": found.programme,
        "gathering": found,
        "evaluation": one,
        "questions": list(one.questions.select_related("session")),
        "turnout": turnout_of(one),
        "waiting_count": not_yet_invited(one).count(),
        "is_open": one.is_open(today),
        "is_closed": one.is_closed(today),
    }
    return render(request, "gatherings/evaluation/evaluation.html", context)


@requires("gatherings.edit")
def prepare(request, slug: str, gathering: str):
    found = editable_gathering(request, slug, gathering)
    one = Evaluation.objects.filter(gathering=found).first() or Evaluation(
        gathering=found, closes_on=max(found.ends_on, timezone.localdate()) + timedelta(days=DAYS_OPEN)
    )
    form = EvaluationForm(request.POST or None, instance=one)
    if request.method == "POST" and form.is_valid():
        try:
            actions.prepare_evaluation(found, values=form.values(), by=request.user)
        except NotPossible as error:
            form.add_error(None, error.text)
        else:
            messages.success(request, _("The evaluation is saved."))
            return to_gathering(found, "evaluation")
    context = {"programme": found.programme, "gathering": found, "evaluation": one, "form": form}
    return render(request, "gatherings/evaluation/prepare.html", context)


@requires("gatherings.edit")
def question(request, slug: str, gathering: str, question: int = 0):
    """One of the adviser's own questions; 0 is a new one."""
    found = editable_gathering(request, slug, gathering)
    one = _evaluation(found)
    asked = _own_question(one, question) if question else EvaluationQuestion(evaluation=one)
    form = QuestionForm(request.POST or None, instance=asked)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_question(asked, values=form.values(), by=request.user)
        except NotPossible as error:
            form.add_error(None, error.text)
        else:
            messages.success(request, _("The question is saved."))
            return to_gathering(found, "evaluation")
    context = {"programme": found.programme, "gathering": found, "evaluation": one, "form": form, "question": asked}
    return render(request, "gatherings/evaluation/question.html", context)


def _own_question(evaluation: Evaluation, pk: int) -> EvaluationQuestion:
    return get_object_or_404(evaluation.questions.filter(standard=""), pk=pk)


QUESTION_ACTS = {"remove": actions.remove_question, "up": actions.move_question_up}


@requires("gatherings.edit")
@require_POST
def change_question(request, slug: str, gathering: str, question: int, act: str):
    found = editable_gathering(request, slug, gathering)
    if act not in QUESTION_ACTS:
        raise Http404(act)
    try:
        QUESTION_ACTS[act](_own_question(_evaluation(found), question), by=request.user)
    except NotPossible as error:
        messages.error(request, error.text)
    return to_gathering(found, "evaluation")


def _opened(evaluation, by) -> str:
    n = actions.open_evaluation(evaluation, by=by)
    return ngettext(
        "The evaluation is open. %(n)d link is on its way.", "The evaluation is open. %(n)d links are on their way.", n
    ) % {"n": n}


def _invited(evaluation, by) -> str:
    n = actions.invite_more(evaluation, by=by)
    return ngettext("%(n)d more link is on its way.", "%(n)d more links are on their way.", n) % {"n": n}


def _reminded(evaluation, by) -> str:
    n = actions.remind(evaluation, by=by)
    return ngettext("%(n)d reminder is on its way.", "%(n)d reminders are on their way.", n) % {"n": n}


def _closed(evaluation, by) -> str:
    actions.close_evaluation(evaluation, by=by)
    return _("The evaluation is closed. Here are the results.")


def _shared(evaluation, by) -> str:
    actions.share_results(evaluation, is_shared=True, by=by)
    return _("Those who are registered and have an account can see the results now.")


def _unshared(evaluation, by) -> str:
    actions.share_results(evaluation, is_shared=False, by=by)
    return _("Only the secretariat sees the results now.")


ACTS = {
    "open": _opened,
    "invite": _invited,
    "remind": _reminded,
    "close": _closed,
    "share": _shared,
    "unshare": _unshared,
}


@requires("gatherings.edit")
@require_POST
def act(request, slug: str, gathering: str, act: str):
    found = editable_gathering(request, slug, gathering)
    if act not in ACTS:
        raise Http404(act)
    try:
        messages.success(request, ACTS[act](_evaluation(found), request.user))
    except NotPossible as error:
        messages.error(request, error.text)
        return to_gathering(found, "evaluation")
    return to_gathering(found, "evaluation_results" if act in ("close", "share", "unshare") else "evaluation")


@requires("gatherings.edit")
def preview(request, slug: str, gathering: str):
    """The form as those who were there will see it; nothing can be sent from it."""
    found = editable_gathering(request, slug, gathering)
    one = _evaluation(found)
    context = {
        "programme": found.programme,
        "gathering": found,
        "evaluation": one,
        "form": AnswerForm(asked=asked_of(one)),
        "is_preview": True,
    }
    return render(request, "gatherings/evaluation/answer.html", context)


def _results_for(request, slug: str, gathering: str) -> Evaluation:
    """Of a closed evaluation to the secretariat, and to those registered when it is shared; 404 to others."""
    found = visible_gathering(request, slug, gathering)
    today = timezone.localdate()
    visible = Evaluation.objects.results_visible_to(request.user, today)
    one = get_object_or_404(visible, gathering=found)
    one.gathering = found
    return one


@requires("gatherings.view")
@never_cache
def results(request, slug: str, gathering: str):
    one = _results_for(request, slug, gathering)
    is_closed = one.is_closed(timezone.localdate())
    context = {
        "programme": one.gathering.programme,
        "gathering": one.gathering,
        "evaluation": one,
        "is_closed": is_closed,
        "results": results_of(one) if is_closed else None,
        "turnout": turnout_of(one),
        "may_edit": may(request.user, "gatherings.edit"),
    }
    return render(request, "gatherings/evaluation/results.html", context)


@requires("gatherings.view")
def results_export(request, slug: str, gathering: str, form: str):
    """The same that the page shows, held back in the same places."""
    if form not in FORMS:
        raise Http404(form)
    one = _results_for(request, slug, gathering)
    if not one.is_closed(timezone.localdate()):
        raise Http404(gathering)
    return file_of(results_table(results_of(one)), form, f"{one.gathering.slug}-evaluation")
