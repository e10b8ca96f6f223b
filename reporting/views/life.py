"""The steps of an edition: made, reckoned, renewed, printed, sent on."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from municipalities.permissions import requires
from reporting import actions
from reporting.forms import NewEditionForm
from reporting.views.editing import editable_edition
from reporting.views.editions import visible_edition

DONE = {
    "submit": gettext_lazy("The report is sent for review."),
    "return": gettext_lazy("The report is a draft again."),
    "approve": gettext_lazy("The report is approved and its figures are frozen. The PDF is being made."),
    "publish": gettext_lazy("The report is published, and the steering group is told by e-mail."),
}


@requires("reporting.edit")
def new_edition(request):
    initial = {key: request.GET[key] for key in ("programme", "report", "year", "language") if key in request.GET}
    form = NewEditionForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            edition = actions.start_edition(by=request.user, **form.cleaned_data)
        except actions.UnfinishedEdition as unfinished:
            edition = unfinished.edition
            messages.info(request, _("This report is being written already. You can go on here."))
        return redirect("reporting:edition", edition.pk)
    return render(request, "reporting/new.html", {"form": form})


@requires("reporting.edit")
@require_POST
def reckon(request, pk: int):
    edition = editable_edition(request, pk)
    with transaction.atomic():
        actions.ask_reckoning(edition, by=request.user)
    return redirect("reporting:edition", pk)


@requires("reporting.edit")
@require_POST
def renew_figures(request, pk: int):
    """Take over the newer figures that the comparison has shown."""
    edition = editable_edition(request, pk)
    try:
        actions.renew(edition, by=request.user)
        messages.success(request, _("The report has the newest figures."))
    except actions.EditionError as error:
        messages.error(request, str(error))
    return redirect("reporting:edition", pk)


@requires("reporting.view_drafts")
@require_POST
def make_pdf(request, pk: int):
    edition = visible_edition(request, pk)
    with transaction.atomic():
        actions.ask_pdf(edition, by=request.user)
    return redirect("reporting:edition", pk)


@requires("reporting.view_drafts")
@require_POST
def move_edition(request, pk: int, act: str):
    """Submit, return, approve or publish, as the table of states allows."""
    edition = visible_edition(request, pk)
    if act not in DONE:
        raise Http404(act)
    try:
        actions.move(edition, act, by=request.user)
        messages.success(request, DONE[act])
    except actions.EditionError as error:
        messages.error(request, str(error))
    return redirect("reporting:edition", pk)
