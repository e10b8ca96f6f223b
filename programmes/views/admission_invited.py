"""Who is invited to apply, the letters to them, and more time for one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from municipalities.models import Municipality, Organisation
from municipalities.permissions import requires
from programmes.actions import admission_rounds as actions
from programmes.forms.admission_rounds import ExtensionForm, InvitedFilterForm
from programmes.queries.admission_rounds import applied_ids, invited_to, not_invited

from .admission_rounds import REFUSALS, explain, visible_round


@requires("admission.edit")
def invited(request, slug: str, admission_round: str):
    """The list with an address for each; saved all at once."""
    found = visible_round(request, slug, admission_round)
    lines, wrong = invited_to(found), {}
    if request.method == "POST":
        emails, wrong = addresses(request.POST, lines)
        if not wrong:
            removed = [int(pk) for pk in request.POST.getlist("remove") if pk.isdigit()]
            actions.change_invited(found, emails=emails, removed=removed, by=request.user)
            messages.success(request, _("The list is saved."))
            return redirect("programmes:invited_to_apply", slug, found.slug)
        for line in lines:
            line.email = emails.get(line.pk, line.email)
    municipalities, organisations = applied_ids(found)
    for line in lines:
        line.fault = wrong.get(line.pk, "")
        line.has_applied = line.municipality_id in municipalities or line.organisation_id in organisations
    context = {
        "programme": found.programme,
        "round": found,
        "lines": lines,
        "without_address": sum(not line.email for line in lines),
        "unsent": sum(bool(line.email) and line.sent_at is None for line in lines),
        "faults": len(wrong),
    }
    return render(request, "programmes/admission_invited.html", context)


def addresses(posted, lines) -> tuple[dict[int, str], dict[int, str]]:
    """What was written for each line, and what is wrong with it, by id."""
    emails = {line.pk: posted.get(f"email-{line.pk}", line.email).strip() for line in lines}
    wrong = {}
    for pk, email in emails.items():
        try:
            if email:
                validate_email(email)
        except ValidationError:
            wrong[pk] = _("«%(email)s» is not an e-mail address.") % {"email": email}
    return emails, wrong


@requires("admission.edit")
def choose(request, slug: str, admission_round: str):
    found = visible_round(request, slug, admission_round)
    form = InvitedFilterForm(request.GET, today=timezone.localdate())
    if request.method == "POST":
        added = actions.choose_invited(
            found,
            municipalities=Municipality.objects.filter(pk__in=ids(request, "municipality")),
            organisations=Organisation.objects.filter(pk__in=ids(request, "organisation")),
            by=request.user,
        )
        words = ngettext("%(n)s is put on the list.", "%(n)s are put on the list.", added)
        messages.success(request, words % {"n": added})
        return redirect("programmes:invited_to_apply", slug, found.slug)
    asked = form.cleaned_data if form.is_valid() else {}
    context = {
        "programme": found.programme,
        "round": found,
        "form": form,
        "municipalities": not_invited(found, county=asked.get("county", ""), text=asked.get("q", "")),
        "organisations": Organisation.objects.exclude(pk__in=invited_organisations(found)),
    }
    return render(request, "programmes/admission_choose.html", context)


def invited_organisations(found):
    return found.invitations.filter(organisation__isnull=False).values("organisation")


def ids(request, name: str) -> list[int]:
    return [int(pk) for pk in request.POST.getlist(name) if pk.isdigit()]


@require_POST
@requires("admission.edit")
def send(request, slug: str, admission_round: str):
    found = visible_round(request, slug, admission_round)
    try:
        sent = actions.send_invitations(found, by=request.user)
    except actions.RoundRefused as refused:
        explain(request, refused)
    else:
        words = ngettext("%(n)s letter is on its way.", "%(n)s letters are on their way.", sent)
        messages.success(request, words % {"n": sent})
    return redirect("programmes:invited_to_apply", slug, found.slug)


@requires("admission.edit")
def extensions(request, slug: str, admission_round: str):
    """Who may send in late, until when and why; and giving it to one more."""
    found = visible_round(request, slug, admission_round)
    form = ExtensionForm(request.POST or None, today=timezone.localdate())
    if form.is_valid():
        answers = form.cleaned_data
        try:
            actions.give_more_time(
                found, place=answers["place"], until=answers["until_at"], reason=answers["reason"], by=request.user
            )
        except actions.RoundRefused as refused:
            form.add_error("until_on", REFUSALS[refused.why])
        else:
            messages.success(request, _("%(place)s has more time.") % {"place": answers["place"]})
            return redirect("programmes:late_extensions", slug, found.slug)
    given = found.extensions.select_related("municipality", "organisation", "given_by").order_by("-given_at")
    context = {"programme": found.programme, "round": found, "form": form, "given": given}
    return render(request, "programmes/admission_extensions.html", context)
