"""The page a link opens: for the one it was sent to, who may have no account."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, override
from django.views.decorators.cache import never_cache

from gatherings.actions.evaluation_answer import AlreadyAnswered, EvaluationClosed, answer_evaluation
from gatherings.forms.evaluation import AnswerForm
from gatherings.models import EvaluationToken
from gatherings.queries.evaluation import asked_of


@login_not_required
@never_cache
def answer(request, token: str):
    """In the language of the e-mail, unless the reader has chosen another here."""
    found = get_object_or_404(EvaluationToken.objects.select_related("evaluation__gathering__programme"), token=token)
    has_chosen = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
    with override(get_language() if has_chosen else found.language):
        return _answered(request, found)


def _answered(request, token: EvaluationToken):
    evaluation = token.evaluation
    if token.is_spent:
        return _page(request, token, "answered")
    if not evaluation.is_open(timezone.localdate()):
        return _page(request, token, "closed")
    form = AnswerForm(request.POST or None, asked=asked_of(evaluation))
    if request.method == "POST" and form.is_valid():
        try:
            answer_evaluation(token, values=form.values(), texts=form.texts())
        except AlreadyAnswered:
            return _page(request, token, "answered")
        except EvaluationClosed:
            return _page(request, token, "closed")
        return redirect(f"{token.get_absolute_url()}?thanks")
    return _page(request, token, "answer", form=form)


def _page(request, token: EvaluationToken, name: str, **more):
    """What was used or has closed is gone (410), so that nothing keeps it; the thanks for an answer is a page."""
    thanks = name == "answered" and "thanks" in request.GET
    context = {"evaluation": token.evaluation, "gathering": token.evaluation.gathering, "thanks": thanks, **more}
    status = 200 if name == "answer" or thanks else 410
    return render(request, f"gatherings/evaluation/{name}.html", context, status=status)
