"""The desk: what is held, across imports, and the answers to it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from municipalities.permissions import requires

from .. import actions
from ..forms import DecisionForm, DeskFilterForm
from ..models import Suspicion
from ..queries.desk import oldest_open, open_groups, open_rules
from ..queries.notes import imports_without_note
from .sparkline import sparkline


@requires("absence.decide")
def desk(request):
    form = DeskFilterForm(request.GET, rules=open_rules())
    asked = form.cleaned_data if form.is_valid() else {}
    groups = open_groups(rule=asked.get("rule", ""), search=asked.get("q", ""))
    context = {
        "form": form,
        "groups": groups,
        "count": sum(group.total for group in groups),
        "oldest": oldest_open(),
        "series": {one.suspicion.pk: sparkline(one.series) for group in groups for one in group.doubts},
        "filtered": any(request.GET.get(key) for key in ("q", "rule")),
        "without_note": imports_without_note(request.user),
        "next": request.get_full_path(),
    }
    return render(request, "absence/desk.html", context)


@require_POST
@requires("absence.decide")
def decide(request):
    """One answer to one or several; what somebody else has answered meanwhile stands, and is shown."""
    form = DecisionForm(request.POST, allowed=Suspicion.objects.editable_by(request.user))
    if not form.is_valid():
        for error in dict.fromkeys(text for texts in form.errors.values() for text in texts):
            messages.error(request, error)
        return redirect(_back(request))
    answers = form.cleaned_data
    try:
        done = actions.decide(
            answers["suspicion"],
            decision=answers["decision"],
            reason=answers["reason"],
            correction=form.correction,
            by=request.user,
        )
    except actions.NotPossible as error:
        messages.error(request, str(error))
    else:
        _tell(request, done)
    return redirect(_back(request))


def _tell(request, done: actions.Decided) -> None:
    if done.now:
        text = ngettext("%(n)s answer is saved.", "%(n)s answers are saved.", len(done.now))
        messages.success(request, text % {"n": len(done.now)})
    for one in done.before:
        if one.decided_by_id == request.user.pk and done.now:
            continue  # answered by the very same answer, through another suspicion of the figure
        text = _(
            "%(place)s, %(period)s was answered already by %(who)s: %(answer)s, “%(reason)s”. "
            "Your answer was not saved."
        )
        values = {
            "place": one.municipality or _("All municipalities in the file"),
            "period": one.period.label(),
            "who": one.decided_by or _("the portal"),
            "answer": one.get_decision_display(),
            "reason": one.reason,
        }
        messages.warning(request, text % values)


@require_POST
@requires("absence.decide")
def undo(request, pk: int):
    one = get_object_or_404(Suspicion.objects.editable_by(request.user), pk=pk)
    try:
        actions.undo(one, by=request.user)
    except actions.NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The answer is taken back."))
    return redirect(_back(request))


def _back(request) -> str:
    """The page one came from, when it is one of ours."""
    address = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if safe else reverse("absence:desk")
