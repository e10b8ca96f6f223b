"""The participant's report on how a grant was used: kept as it is written, handed in once."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from municipalities.permissions import requires

from ..actions import grants as actions
from ..actions.errors import NotPossible
from ..forms.grants import GrantReportForm
from ..models import Grant
from .grants import money, visible_grant


def reportable_grant(request, slug: str, pk: int) -> Grant:
    """404 for a stranger's, 403 for one that one may read but not report on."""
    found = visible_grant(request, slug, pk)
    if not Grant.objects.reportable_by(request.user).filter(pk=pk).exists():
        raise PermissionDenied(pk)
    return found


@requires("grants.view")
def report(request, slug: str, pk: int):
    found = reportable_grant(request, slug, pk)
    if found.reported_at or found.withdrawn_at:
        return redirect("programmes:grant", slug, pk)
    initial = {"report_text": found.report_text, "used_nok": found.used_nok, "version": found.version}
    form = GrantReportForm(request.POST or None, initial=initial, grant=found)
    theirs = None
    if form.is_valid():
        answers = form.cleaned_data
        words = {"text": answers["report_text"], "used_nok": answers["used_nok"], "seen_version": answers["version"]}
        try:
            actions.hand_in_report(found, by=request.user, **words)
        except actions.ChangedMeanwhile as changed:
            theirs = changed.current
            form = GrantReportForm(answers | {"version": theirs.version}, grant=theirs)
        except NotPossible as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, _("The report is handed in. Your adviser reads it."))
            return redirect("programmes:grant", slug, pk)
    context = {"programme": found.participation.programme, "grant": found, "form": form, "theirs": theirs}
    context |= {"amount": money(found.amount_nok), "their_used": theirs and money(theirs.used_nok)}
    return render(request, "programmes/grants/report.html", context, status=409 if theirs else 200)


@require_POST
@requires("grants.view")
def save(request, slug: str, pk: int):
    """Keep what stands in the form, also half-written; the answer says when, and is the form's new version."""
    found = reportable_grant(request, slug, pk)
    form = GrantReportForm(request.POST, grant=found)
    form.is_valid()
    answers = form.cleaned_data
    context = {"at": timezone.localtime(), "trouble": "", "version": request.POST.get("version", "")}
    if "version" in form.errors:
        context["trouble"] = _("Not saved. Load the page again.")
    else:
        text = answers.get("report_text", request.POST.get("report_text", "")[:20_000])
        try:
            context["version"] = actions.save_report(
                found, text=text, used_nok=answers.get("used_nok"), seen_version=answers["version"]
            )
        except NotPossible as reason:
            context["trouble"] = str(reason)
    if not request.htmx:
        return redirect("programmes:grant_report", slug, pk)
    return render(request, "programmes/grants/_saved.html", context)
