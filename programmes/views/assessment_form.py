"""An adviser's own assessment: written, kept as it is written, handed in, taken back."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from municipalities.permissions import requires

from ..actions import assessment as actions
from ..actions.errors import NotPossible
from ..forms.assessment import AssessmentForm
from ..models import Application
from ..queries import assessment as queries
from .assessment import chosen_names, sent_application, to_application


def _form(request, found: Application) -> tuple[AssessmentForm, queries.AssessmentsView]:
    view = queries.assessments_of(found, request.user)
    criteria = [line.criterion for line in view.lines]
    return AssessmentForm(request.POST or None, criteria=criteria, own=view.own), view


@requires("admission.assess")
def assess(request, slug: str, admission_round: str, pk: int):
    found = sent_application(request, slug, admission_round, pk)
    form, view = _form(request, found)
    if view.own and view.own.handed_in_at:
        return to_application(found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_assessment(found, by=request.user, **form.answers())
            if "hand_in" not in request.POST:
                messages.success(request, _("The assessment is saved. The others see it when you hand it in."))
                return to_application(found)
            actions.hand_in(found, by=request.user)
            messages.success(request, _("The assessment is handed in. You now see what the others gave."))
            return to_application(found)
        except NotPossible as reason:
            messages.error(request, str(reason))
    context = {
        "programme": found.round.programme,
        "round": found.round,
        "application": found,
        "form": form,
        "focus_areas": chosen_names(found.round.focus_areas, found.focus_areas),
        "themes": chosen_names(found.round.themes, found.themes),
        "is_open": found.state in queries.OPEN_STATES,
        "questions": [(form[f"score_{one.pk}"], form[f"comment_{one.pk}"]) for one in form.criteria],
    }
    return render(request, "programmes/assessment/assess.html", context)


@require_POST
@requires("admission.assess")
def save(request, slug: str, admission_round: str, pk: int):
    """Keep what stands in the form; the answer is the line under it that says when."""
    found = sent_application(request, slug, admission_round, pk)
    form, _view = _form(request, found)
    context = {"at": timezone.localtime(), "trouble": ""}
    if not form.is_valid():
        context["trouble"] = _("Not saved: see what is marked above when you hand in.")
    else:
        try:
            actions.save_assessment(found, by=request.user, **form.answers())
        except NotPossible as reason:
            context["trouble"] = str(reason)
    if not request.htmx:
        return redirect("programmes:assess", slug, admission_round, pk)
    return render(request, "programmes/assessment/_saved.html", context)


@require_POST
@requires("admission.assess")
def take_back(request, slug: str, admission_round: str, pk: int):
    found = sent_application(request, slug, admission_round, pk)
    try:
        actions.take_back_assessment(found, by=request.user)
    except NotPossible as reason:
        messages.error(request, str(reason))
        return to_application(found)
    return redirect("programmes:assess", slug, admission_round, pk)
