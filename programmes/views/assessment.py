"""Applications for the secretariat: the table of a round, one application, and what is done with it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST
from tablib import Dataset

from municipalities.fragments import rows_html
from municipalities.permissions import may, requires
from municipalities.resources import NeutralText
from municipalities.views.lists import FORMS, file_of, headings

from ..actions import assessment as actions
from ..actions.application_steps import StepRefused
from ..actions.errors import NotPossible
from ..calculations.application_states import DECIDED
from ..forms.assessment import ApplicationFilterForm, AskForMoreForm, ReasonForm, RecommendationForm
from ..models import AdmissionRound, Application
from ..models.application_labels import SECRETARIAT_LABELS
from ..queries import assessment as queries
from ..queries.admission_apply import consents_of
from ..queries.deciding import letter_of
from .asking import visible_programme

FILTERS = ("q", "state", "focus", "county", "assessor", "disagreement")
ROW = (
    '<tr><th scope="row"><a href="%s">%s</a><small>%s</small></th><td>%s</td><td>%s</td>'
    '<td><span class="ds-tag" data-color="%s">%s</span><small>%s</small></td><td>%s</td><td>%s</td>'
    '<td class="number">%s</td><td>%s</td></tr>'
)


def visible_round(request, slug: str, admission_round: str) -> AdmissionRound:
    programme = visible_programme(request, slug)
    found = AdmissionRound.objects.visible_to(request.user).select_related("programme", "cohort")
    return get_object_or_404(found, programme=programme, slug=admission_round)


def sent_application(request, slug: str, admission_round: str, pk: int) -> Application:
    """One that has been sent in, of the round; 404 else, also to those who are not the secretariat."""
    if not may(request.user, "admission.view"):
        raise Http404(pk)
    round = visible_round(request, slug, admission_round)
    found = Application.objects.visible_to(request.user).live().filter(round=round)
    application = get_object_or_404(found.select_related("decided_item__meeting"), pk=pk)
    application.round = round
    return application


def columns() -> list[tuple[str, str]]:
    return [
        ("name", _("Application")),
        ("county", _("County")),
        ("submitted_at", _("Sent in")),
        ("state", pgettext("of an application", "State")),
        ("", _("Focus areas")),
        ("assessed", _("Assessed by")),
        ("mean", _("Mean")),
        ("", _("Disagreement")),
    ]


@requires("admission.view")
def applications(request, slug: str, admission_round: str):
    round = visible_round(request, slug, admission_round)
    everything = queries.application_rows(round, request.user)
    form = ApplicationFilterForm(request.GET, rows=everything)
    asked = form.asked()
    filtered = any(request.GET.get(key) for key in FILTERS)
    rows = queries.application_rows(round, request.user, **asked) if filtered or asked.get("sort") else everything
    context = {
        "programme": round.programme,
        "round": round,
        "form": form,
        "rows": rows,
        "total": len(everything),
        "body": rows_html(ROW, (_cells(round, row) for row in rows)),
        "headings": headings(request, columns(), asked.get("sort") or "name", numbers={"mean"}),
        "filtered": filtered,
        "query": request.GET.urlencode(),
        "recommended": sum(row.state == "recommended" for row in everything),
        "mine": sum(row.state in queries.OPEN_STATES and not row.is_own_handed_in for row in everything),
    }
    return render(request, "programmes/assessment/applications.html", context)


def _cells(round: AdmissionRound, row: queries.ApplicationRow) -> tuple:
    together = ", ".join(row.applicants) if row.applicants != (row.name,) else ""
    assessors = ", ".join(row.assessors) or "–"
    return (
        reverse("programmes:assessment", args=[round.programme.slug, round.slug, row.pk]),
        row.name,
        f" {together}" if together else "",
        row.county or "–",
        date_format(row.submitted_at, "SHORT_DATE_FORMAT") if row.submitted_at else "–",
        "danger" if row.is_overdue else row.colour,
        row.state_label,
        _due(row),
        ", ".join(row.focus_areas) or "–",
        f"{assessors} ({row.handed_in}/{round.assessors_required})",
        "–" if row.mean is None else number_format(row.mean, 1),
        {None: "–", True: _("yes"), False: _("no")}[row.disagrees],
    )


def _due(row: queries.ApplicationRow) -> str:
    if row.more_due_on is None:
        return ""
    words = _("overdue since %(on)s") if row.is_overdue else _("answer by %(on)s")
    return " " + words % {"on": date_format(row.more_due_on)}


@requires("admission.view")
def export(request, slug: str, admission_round: str, form: str):
    """The table as it is filtered."""
    if form not in FORMS:
        raise Http404(form)
    round = visible_round(request, slug, admission_round)
    everything = queries.application_rows(round, request.user)
    asked = ApplicationFilterForm(request.GET, rows=everything).asked()
    table = Dataset(headers=[label for _key, label in columns()] + [_("Applicants"), _("Recommended"), _("Answer by")])
    clean = NeutralText().render
    for row in queries.application_rows(round, request.user, **asked):
        submitted = row.submitted_at.date().isoformat() if row.submitted_at else ""
        disagreement = {None: "", True: _("yes"), False: _("no")}[row.disagrees]
        advice = {None: "", True: _("admit"), False: _("decline")}[row.is_recommended]
        mean = "" if row.mean is None else str(row.mean)
        due = row.more_due_on.isoformat() if row.more_due_on else ""
        texts = (row.name, row.county, submitted, row.state_label, "; ".join(row.focus_areas), "; ".join(row.assessors))
        table.append([*map(clean, texts), mean, disagreement, clean("; ".join(row.applicants)), advice, due])
    return file_of(table, form, f"{round.slug}-applications")


def application(request, slug: str, admission_round: str, pk: int):
    found = sent_application(request, slug, admission_round, pk)
    submissions = list(found.submissions.select_related("submitted_by").order_by("-number"))
    steps = list(found.steps.select_related("by").order_by("-at", "-pk"))
    back = queries.back_from(found)
    context = {
        "programme": found.round.programme,
        "round": found.round,
        "application": found,
        "applicants": list(found.applicants.select_related("municipality__county", "organisation", "participation")),
        "consents": consents_of(found),
        "submissions": submissions,
        "focus_areas": chosen_names(found.round.focus_areas, found.focus_areas),
        "themes": chosen_names(found.round.themes, found.themes),
        "steps": [(one, SECRETARIAT_LABELS[one.to_state]) for one in steps],
        "view": queries.assessments_of(found, request.user),
        "back": back and found.state not in DECIDED and SECRETARIAT_LABELS[back],
        "is_open": found.state in queries.OPEN_STATES,
        "is_decided": found.state in DECIDED,
        "letter": letter_of(found) if found.is_untold else None,
    }
    return render(request, "programmes/assessment/application.html", context)


def chosen_names(choices: list[dict], chosen: list[str]) -> list[str]:
    names = queries.names_of(choices)
    return [names.get(one, one) for one in chosen]


@requires("admission.assess")
def ask(request, slug: str, admission_round: str, pk: int):
    form = AskForMoreForm(request.POST or None)
    found = sent_application(request, slug, admission_round, pk)
    if form.is_valid() and _done(request, actions.ask_for_more, found, **form.cleaned_data):
        messages.success(request, _("The question is sent, and the application is open for changes."))
        return to_application(found)
    return form_page(request, found, form, _("Ask for more information"), _("Send the question"))


@require_POST
@requires("admission.assess")
def mark(request, slug: str, admission_round: str, pk: int):
    found = sent_application(request, slug, admission_round, pk)
    if _done(request, actions.mark_assessed, found):
        messages.success(request, _("The application is marked as assessed. Now it can be recommended."))
    return to_application(found)


@requires("admission.assess")
def recommend(request, slug: str, admission_round: str, pk: int):
    form = RecommendationForm(request.POST or None)
    found = sent_application(request, slug, admission_round, pk)
    if form.is_valid():
        answers = {"admit": form.cleaned_data["admit"] == "yes", "reason": form.cleaned_data["reason"]}
        if _done(request, actions.recommend, found, **answers):
            messages.success(request, _("The recommendation is saved. The committee can decide."))
            return to_application(found)
    return form_page(request, found, form, _("Recommend"), _("Save the recommendation"))


@requires("admission.assess")
def step_back(request, slug: str, admission_round: str, pk: int):
    form = ReasonForm(request.POST or None)
    found = sent_application(request, slug, admission_round, pk)
    if form.is_valid() and _done(request, actions.step_back, found, reason=form.cleaned_data["reason"]):
        messages.success(request, _("The step is taken back."))
        return to_application(found)
    return form_page(request, found, form, _("Take back the last step"), _("Take the step back"))


def _done(request, action, application: Application, **answers) -> bool:
    """Whether the action went through; what stands in its way is told."""
    try:
        action(application, by=request.user, **answers)
    except StepRefused as refused:
        tell_where_it_is(request, refused.application)
        return False
    except NotPossible as reason:
        messages.error(request, str(reason))
        return False
    return True


def tell_where_it_is(request, application: Application) -> None:
    text = _("The application is «%(state)s» now, so this was not done. See the history below.")
    messages.error(request, text % {"state": application.secretariat_label})


def to_application(application: Application):
    round = application.round
    return redirect("programmes:assessment", round.programme.slug, round.slug, application.pk)


def form_page(request, application: Application, form, title: str, act: str, text: str = "", **more):
    context = {"application": application, "round": application.round, "programme": application.round.programme}
    context |= {"form": form, "title": title, "act": act, "text": text} | more
    return render(request, "programmes/assessment/form.html", context)
