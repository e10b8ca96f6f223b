"""The application form, a step a page: saved while one writes, and never over what another has written."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.text import capfirst
from django.views.decorators.http import require_POST

from municipalities.permissions import requires
from programmes.actions import applying as actions
from programmes.calculations.application_content import STEP_FIELDS, STEPS, step_sha256
from programmes.forms.applying import STEP_FORMS, AddApplicantForm, DecisionFileForm
from programmes.forms.consents import AskPartyForm
from programmes.models import Applicant
from programmes.models.application_labels import FIELD_LABELS, STEP_LABELS
from programmes.queries.admission_apply import (
    asked_for,
    content_of,
    standing_of,
    successor_of,
)
from programmes.queries.application_text import in_words, parts_of

from .application_pages import (
    REFUSALS,
    is_writable,
    lacks_in_words,
    own_applicants,
    own_application,
    reason_in_words,
    step_lines,
    to_application,
    url_of,
    writes,
)
from .consent_lines import consent_groups


@requires("admission.apply")
def step(request, slug: str, admission_round: str, pk: int, step: str):
    if step not in STEPS:
        raise Http404(step)
    found = own_application(request, slug, admission_round, pk)
    if not is_writable(found):
        return to_application(found)
    if request.method == "POST" and step in STEP_FORMS:
        found = own_application(request, slug, admission_round, pk, to_write=True)
        return save(request, found, step)
    return show(request, found, step)


def save(request, found, step: str):
    form = STEP_FORMS[step](request.POST, instance=found)
    form.is_valid()
    try:
        saved = actions.save_step(
            found, step, chosen(request, form, found), base=form.cleaned_data.get("base", ""), by=request.user
        )
    except actions.StepConflict as conflict:
        return show(request, conflict.application, step, form=form, conflict=conflict)
    except actions.ApplyingRefused as refused:
        messages.error(request, REFUSALS[refused.why])
        return to_application(found)
    faults = [one for one in standing_of(saved).lacks(step) if one.is_fault]
    if form.errors or faults:
        return show(request, saved, step, form=form, faults=faults)
    if "stay" in request.POST:
        return redirect(url_of("application_step", saved, step))
    following = STEPS[STEPS.index(step) + 1]
    return redirect(url_of("application_step", saved, following))


def chosen(request, form, found) -> dict:
    """The answers; of fields where another's text was chosen instead, the other's."""
    theirs = {name for name in STEP_FIELDS[form.step] if request.POST.get(f"keep-{name}") == "theirs"}
    return {name: getattr(found, name) if name in theirs else value for name, value in form.values.items()}


def show(request, found, step: str, *, form=None, conflict=None, faults=(), **more):
    standing, may_write = standing_of(found), writes(request.user, found)
    base = step_sha256(standing.content, step) if step in STEP_FIELDS else ""
    if step in STEP_FORMS:
        form = form or STEP_FORMS[step](instance=found, initial={"base": base})
        if form.is_bound:
            form.data = form.data.copy()
            form.data["base"] = base
            for one in faults:
                form.add_error(one.field, capfirst(reason_in_words(one, standing)) + ".")
    at = STEPS.index(step)
    context = {
        "programme": found.round.programme,
        "round": found.round,
        "application": found,
        "standing": standing,
        "step": step,
        "heading": STEP_LABELS[step],
        "lines": step_lines(standing, step),
        "form": form,
        "conflict": conflict_lines(conflict, form) if conflict else [],
        "their_save": their_save(conflict.application, step) if conflict else None,
        "faults": [] if form is not None and form.is_bound else faults_in_words(standing, step),
        "may_write": may_write,
        "saved": last_save(found, step),
        "asked_for": asked_for(found) if found.state == "more_asked" else "",
        "before": url_of("application_step", found, STEPS[at - 1]) if at else "",
        "number": at + 1,
        "count": len(STEPS),
        **more_of(request, standing, step, may_write),
        **more,
    }
    template = f"programmes/apply/{step}.html" if step in OWN_PAGES else "programmes/apply/step.html"
    return render(request, template, context, status=409 if conflict else 200)


OWN_PAGES = ("applicants", "decision", "consents", "summary")


def more_of(request, standing, step: str, may_write: bool) -> dict:
    """What the steps that are more than a form need."""
    found, today = standing.application, timezone.localdate()
    if step == "applicants":
        lines = [(one, successor_of(one.municipality, today)) for one in standing.applicants]
        mine = set(Applicant.objects.of(request.user).filter(application=found).values_list("pk", flat=True))
        return {"applicants": lines, "mine": mine, "add_form": AddApplicantForm(today=today)}
    if step == "decision":
        return {"file_form": DecisionFileForm()}
    if step == "consents":
        own = own_applicants(request.user, found)
        asked = {"applicant": request.GET.get("applicant"), "party": request.GET.get("party")}
        return {
            "groups": consent_groups(standing, set(own.values_list("pk", flat=True))),
            "ask_form": AskPartyForm(applicants=own, initial={key: value for key, value in asked.items() if value}),
            "may_ask": own.exists(),
        }
    if step == "summary":
        return {"parts": parts_of(standing.content, found.round), "lacks": lacks_in_words(standing)}
    return {}


def faults_in_words(standing, step: str) -> list[dict]:
    """What does not hold of what is filled in; an empty field is left alone while one writes."""
    return [
        {"field": one.field, "label": FIELD_LABELS[one.field], "text": reason_in_words(one, standing)}
        for one in standing.lacks(step)
        if one.is_fault
    ]


def conflict_lines(conflict, form) -> list[dict]:
    """Each field that the two wrote differently: the other's text, and one's own."""
    mine, now = form.values, conflict.application
    plain = content_of(now)
    return [
        {
            "name": name,
            "label": FIELD_LABELS[name],
            "theirs": in_words(name, plain[name], now.round),
            "mine": mine_in_words(form, name, value, now),
        }
        for name, value in mine.items()
        if getattr(now, name) != value
    ]


def mine_in_words(form, name: str, value, application) -> str:
    if isinstance(value, list | str):
        return in_words(name, value, application.round)
    return str(form[name].value() or "–")


def their_save(application, step: str) -> dict:
    saved = application.step_saves.get(step, {})
    return {"by": saved.get("by", ""), "at": clock(saved.get("at"))}


def last_save(application, step: str) -> str:
    return clock(application.step_saves.get(step, {}).get("at"))


def clock(text: str | None) -> str:
    """«14.32» of today, else with the day."""
    if not text:
        return ""
    at = timezone.localtime(datetime.fromisoformat(text))
    time = time_format(at.time(), "TIME_FORMAT")
    return time if at.date() == timezone.localdate() else f"{date_format(at.date())} {time}"


@require_POST
@requires("admission.apply")
def autosave(request, slug: str, admission_round: str, pk: int, step: str):
    """What could be read is saved; the answer is a line under the form, with the new ``base`` of the step."""
    if step not in STEP_FORMS:
        raise Http404(step)
    found = own_application(request, slug, admission_round, pk, to_write=True)
    form = STEP_FORMS[step](request.POST, instance=found)
    form.is_valid()
    base, context = form.cleaned_data.get("base", ""), {"step": step}
    try:
        saved = actions.save_step(found, step, form.values, base=base, by=request.user)
    except actions.StepConflict as conflict:
        context["conflict"] = their_save(conflict.application, step)
    except actions.ApplyingRefused as refused:
        context["refused"] = REFUSALS[refused.why]
    else:
        base = step_sha256(content_of(saved), step)
        context |= {
            "at": clock(timezone.now().isoformat()),
            "unread": [form[name].label for name in form.errors if name in form.fields],
        }
    return render(request, "programmes/apply/_saved.html", context | {"base": base})
