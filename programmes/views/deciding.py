"""The batch decision: fill in, see what it will do, record it; the letters that tell of it; and the way back."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from correspondence.actions.letters import make_letters
from municipalities.permissions import requires

from ..actions import deciding as actions
from ..actions import telling
from ..actions.application_steps import StepRefused
from ..actions.errors import NotPossible
from ..calculations import participation as rules
from ..forms.assessment import ReasonForm
from ..forms.deciding import DecisionForm, LetterTextsForm, ReverseToldForm, ToldForm
from ..letters import ADMISSION, admission_drafts, letter_language, standard_text
from ..models import AdmissionRound
from ..models.application_labels import SECRETARIAT_LABELS
from ..queries import deciding as queries
from .assessment import form_page, sent_application, tell_where_it_is, to_application, visible_round

LANGUAGE_NAMES = {"nb": "bokmål", "nn": "nynorsk"}


@requires("admission.decide")
def decision(request, slug: str, admission_round: str):
    round = visible_round(request, slug, admission_round)
    cases = queries.cases_for(round.programme)
    form = _form(request, round, cases)
    context = {
        "programme": round.programme,
        "round": round,
        "form": form,
        "cases": cases,
        "decided": queries.decided(round),
        "effects": None,
        "left": queries.letters_left(round),
    }
    if request.method == "POST" and form.is_valid():
        if "decide" in request.POST and _decide(request, round, form):
            return redirect("programmes:decision", slug, admission_round)
        context |= _preview(round, form)
    return render(request, "programmes/decision/decision.html", context)


def _form(request, round: AdmissionRound, cases) -> DecisionForm:
    if request.method == "POST":
        asked = [int(pk) for pk in request.POST.getlist("application") if pk.isdecimal()]
        shown = list(round.applications.filter(pk__in=asked).order_by("name"))
    else:
        shown = queries.recommended(round)
    today = timezone.localdate()
    held = next((one for one in cases if one.meeting.held_on <= today), None)
    initial = {
        "item": held,
        "decided_on": held and held.meeting.held_on,
        "starts_on": round.begins_on or round.cohort.starts_on,
    }
    return DecisionForm(request.POST or None, applications=shown, cases=cases, initial=initial)


def _decide(request, round: AdmissionRound, form: DecisionForm) -> bool:
    decided_on, starts_on = form.days()
    rulings = form.rulings()
    if not rulings:
        messages.error(request, _("No application is decided: choose admit or decline for at least one."))
        return False
    try:
        done = actions.decide(
            round,
            item=form.cleaned_data["item"],
            decided_on=decided_on,
            starts_on=starts_on,
            rulings=rulings,
            by=request.user,
        )
    except StepRefused as refused:
        tell_where_it_is(request, refused.application)
        return False
    except NotPossible as reason:
        messages.error(request, str(reason))
        return False
    if done.now:
        text = ngettext("%(n)s application is decided.", "%(n)s applications are decided.", len(done.now))
        messages.success(request, text % {"n": len(done.now)})
    if done.before:
        text = ngettext(
            "%(n)s application was decided so in the same case already.",
            "%(n)s applications were decided so in the same case already.",
            len(done.before),
        )
        messages.info(request, text % {"n": len(done.before)})
    return True


def _preview(round: AdmissionRound, form: DecisionForm) -> dict:
    """What the decision will do, place by place, and what it says of the others."""
    starts_on = form.days()[1]
    rulings = {one.application_id: one for one in form.rulings()}
    admitted = [one for one in form.applications if one.pk in rulings and rulings[one.pk].admit]
    words = {
        rules.CREATED: _("begins in %(cohort)s"),
        rules.REJOINED: _("comes back, into %(cohort)s"),
        rules.MOVED: _("takes part already, and moves to %(cohort)s"),
        rules.ADDED: _("takes part already, and is placed in %(cohort)s"),
        rules.KEPT: _("takes part in %(cohort)s already: no change"),
    }
    found = actions.effects(admitted, cohort=round.cohort, starts_on=starts_on)
    return {
        "effects": [(one, words[one.kind] % {"cohort": round.cohort}) for one in found],
        "declined": [one for one in form.applications if one.pk in rulings and not rulings[one.pk].admit],
        "waiting": [one for one in form.applications if one.pk not in rulings],
        "admitted": admitted,
        "item": form.cleaned_data["item"],
        "days": form.days(),
    }


@requires("admission.decide")
def reverse(request, slug: str, admission_round: str, pk: int):
    found = sent_application(request, slug, admission_round, pk)
    form = (ReverseToldForm if found.told_at else ReasonForm)(request.POST or None)
    if form.is_valid():
        try:
            actions.reverse_decision(found, reason=form.cleaned_data["reason"], by=request.user)
        except StepRefused as refused:
            tell_where_it_is(request, refused.application)
        except NotPossible as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, _("The decision is taken back. The application is recommended as before."))
            return to_application(found)
    text = _(
        "The participation that the decision made is taken out again. That is possible only while nothing rests on it."
    )
    return form_page(
        request, found, form, _("Take back the decision"), _("Take the decision back"), text, told=bool(found.told_at)
    )


@requires("admission.decide")
def mark_told(request, slug: str, admission_round: str, pk: int):
    """Where no letter is to be sent: the applicant sees the outcome from now on."""
    found = sent_application(request, slug, admission_round, pk)
    form = ToldForm(request.POST or None, decided_on=found.decided_on)
    if form.is_valid():
        try:
            telling.mark_told(found, by=request.user, **form.cleaned_data)
        except NotPossible as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, _("It is recorded. The applicant sees the outcome in the portal now."))
        return to_application(found)
    text = _("When the letter is sent, this is recorded by itself. Use this only where no letter is to be sent.")
    return form_page(request, found, form, _("Record that they were told"), _("Record it"), text)


@requires("admission.decide")
def letters(request, slug: str, admission_round: str):
    """The texts of the letters, for all decided applications that have none; then on to reading them through."""
    round = visible_round(request, slug, admission_round)
    made = queries.letters_of(round)
    waiting = queries.without_letter(round, {about: one.batch.created_at for about, one in made.items()})
    keys = sorted({(one.state, letter_language(one.language)) for one in waiting})
    texts = {key: standard_text(*key) for key in keys}
    titles = {(state, language): f"{SECRETARIAT_LABELS[state]}, {LANGUAGE_NAMES[language]}" for state, language in keys}
    form = LetterTextsForm(request.POST or None, texts=texts, titles=titles)
    if request.method == "POST" and waiting and form.is_valid():
        drafts = admission_drafts(waiting, form.texts())
        title = _("Answers to applications, %(round)s") % {"round": round}
        try:
            batch = make_letters(ADMISSION, programme_slug=slug, title=title, drafts=drafts, by=request.user)
        except ValueError as strange:
            form.add_error(None, str(strange))
        else:
            return redirect(batch.get_absolute_url())
    counts = {state: sum(one.state == state for one in waiting) for state in ("admitted", "declined")}
    context = {"programme": round.programme, "round": round, "form": form, "waiting": waiting, "counts": counts}
    context["left"] = None if waiting else queries.letters_left(round)
    return render(request, "programmes/decision/letters.html", context)
