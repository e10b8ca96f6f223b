"""The local parties' consent: asked for by the municipality, given on a page that the person's link opens."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from municipalities.permissions import requires
from programmes.actions import consents as actions
from programmes.actions.applying import ApplyingRefused
from programmes.calculations.application_content import binding_sha256
from programmes.forms.consents import AskPartyForm, ConsentForm, RecordForm
from programmes.models import PartyConsent
from programmes.queries.admission_apply import content_of
from programmes.queries.application_text import parts_of

from .application_pages import REFUSALS, own_applicants, own_application, to_step
from .application_steps import show


@login_not_required
@never_cache
def consent(request, token: str):
    """Opens this one page and nothing else; the language is that of the letter."""
    found = get_object_or_404(
        PartyConsent.objects.select_related(
            "application__round__programme", "applicant__municipality", "applicant__organisation", "replaced_by"
        ),
        token=token,
    )
    with override(found.application.language):
        if not actions.is_open(found):
            return render(request, "programmes/consent_closed.html", {"consent": found}, status=410)
        form = ConsentForm(request.POST or None, consent=found)
        has_changed = False
        if form.is_valid():
            try:
                give_answer(found, form)
            except actions.LinkClosed as closed:
                return render(request, "programmes/consent_closed.html", {"consent": closed.consent}, status=410)
            except actions.TextChanged:
                has_changed = True
            else:
                return render(request, "programmes/consent_given.html", {"consent": found})
        return render(request, "programmes/consent.html", page_of(found, form, has_changed=has_changed))


@login_not_required
@never_cache
def decision_file(request, token: str):
    """The political decision, for one who is asked to stand behind it: as long as the link can be answered."""
    found = get_object_or_404(PartyConsent.objects.select_related("application"), token=token)
    application = found.application
    if not actions.is_open(found) or not application.decision_file:
        raise Http404("no file")
    return FileResponse(
        application.decision_file.open(),
        content_type="application/pdf",
        filename=application.decision_file_name,
        as_attachment=True,
    )


def give_answer(found: PartyConsent, form: ConsentForm) -> None:
    answers = form.cleaned_data
    actions.answer_by_link(found, answer=answers["answer"], seen_sha256=answers["seen"], comment=answers["comment"])
    found.refresh_from_db(fields=["answer", "answered_at", "comment"])


def page_of(found: PartyConsent, form: ConsentForm, *, has_changed: bool) -> dict:
    """The text as it stands, and the form, which carries what was read."""
    content = content_of(found.application)
    if form.is_bound:
        form.data = form.data.copy()
        form.data["seen"] = binding_sha256(content)
    else:
        form.initial["seen"] = binding_sha256(content)
    round_ = found.application.round
    return {
        "consent": found,
        "application": found.application,
        "round": round_,
        "parts": parts_of(content, round_),
        "form": form,
        "has_changed": has_changed,
    }


@require_POST
@requires("admission.apply")
def add(request, slug: str, admission_round: str, pk: int):
    found = own_application(request, slug, admission_round, pk)
    own = own_applicants(request.user, found)
    form = AskPartyForm(request.POST, applicants=own)
    if not form.is_valid():
        return show(request, found, "consents", ask_form=form)
    values = dict(form.cleaned_data)
    applicant = values.pop("applicant")
    try:
        made = actions.add_consent(applicant, **values, by=request.user, send="send" in request.POST)
    except ApplyingRefused as refused:
        messages.error(request, REFUSALS[refused.why])
    else:
        tell(request, made)
    return to_step(found, "consents")


def tell(request, made: PartyConsent) -> None:
    if made.asked_at:
        messages.success(request, _("The link is on its way to %(email)s.") % {"email": made.email})
    else:
        messages.success(request, _("%(name)s is on the list.") % {"name": made.person_name})


@require_POST
@requires("admission.apply")
def ask_again(request, slug: str, admission_round: str, pk: int, consent: int):
    """Send the link: for the first time, or a new one, after which the former no longer answers."""
    found, one = own_consent(request, slug, admission_round, pk, consent)
    try:
        tell(request, actions.ask_again(one, by=request.user))
    except actions.LinkClosed:
        messages.error(request, _("%(name)s has been asked again already.") % {"name": one.person_name})
    except ApplyingRefused as refused:
        messages.error(request, REFUSALS[refused.why])
    return to_step(found, "consents")


@require_POST
@requires("admission.apply")
def withdraw(request, slug: str, admission_round: str, pk: int, consent: int):
    found, one = own_consent(request, slug, admission_round, pk, consent)
    try:
        actions.withdraw_request(one, by=request.user)
    except ApplyingRefused as refused:
        messages.error(request, REFUSALS[refused.why])
    else:
        messages.success(request, _("%(name)s is no longer asked.") % {"name": one.person_name})
    return to_step(found, "consents")


@requires("admission.apply")
def record(request, slug: str, admission_round: str, pk: int, consent: int):
    """An answer that was given in a meeting or on paper, with who writes it down and when."""
    found, one = own_consent(request, slug, admission_round, pk, consent)
    form = RecordForm(request.POST or None)
    if form.is_valid():
        try:
            actions.record_answer(one, **form.cleaned_data, by=request.user)
        except actions.LinkClosed:
            messages.error(request, _("%(name)s has answered already.") % {"name": one.person_name})
        except ApplyingRefused as refused:
            messages.error(request, REFUSALS[refused.why])
        else:
            messages.success(request, _("The answer of %(name)s is recorded.") % {"name": one.person_name})
        return redirect_to_consents(found)
    context = {"programme": found.round.programme, "round": found.round, "application": found, "consent": one}
    return render(request, "programmes/consent_record.html", context | {"form": form})


def redirect_to_consents(found):
    response = to_step(found, "consents")
    return redirect(f"{response.url}#consents")


def own_consent(request, slug: str, admission_round: str, pk: int, consent: int):
    """404 to strangers, 403 to those of another applicant in the same application."""
    found = own_application(request, slug, admission_round, pk)
    one = get_object_or_404(found.consents.select_related("applicant"), pk=consent)
    if not own_applicants(request.user, found).filter(pk=one.applicant_id).exists():
        raise PermissionDenied
    return found, one
