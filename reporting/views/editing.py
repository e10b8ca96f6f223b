"""Writing: prose with live figures, answers to contradictions, the findings."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from municipalities.permissions import requires
from reporting import actions, queries
from reporting.forms import AnswerForm, FindingsForm, ProseForm
from reporting.models import Edition, Prose
from reporting.views.editions import section_context, visible_edition


def editable_edition(request, pk: int) -> Edition:
    """The edition, 404 for a stranger, 403 for one who may read it but not change it now."""
    found = visible_edition(request, pk)
    if not Edition.objects.editable_by(request.user).filter(pk=pk).exists():
        raise PermissionDenied
    return found


@requires("reporting.edit")
def prose(request, pk: int, section: str):
    """The form of a section's prose, in place of the section; saved, the section is back."""
    edition = editable_edition(request, pk)
    context = section_context(request, edition, section)
    current = Prose.objects.filter(edition=edition, section=section).first()
    initial = {"text": current.text if current else "", "version": current.version if current else 0}
    form = ProseForm(request.POST or None, initial=initial)
    context |= {"form": form, "figures": queries.live_figures(edition, section), "conflict": None}
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_prose(edition, section=section, by=request.user, **form.cleaned_data)
        except actions.ProseConflict as conflict:
            # The reader keeps both texts; saving again goes over the newer version knowingly.
            again = {"text": conflict.yours, "version": conflict.current.version}
            context |= {"form": ProseForm(initial=again), "conflict": conflict.current}
        else:
            messages.success(request, _("The text is saved."))
            return redirect(_at_section(edition, section))
    template = "reporting/_prose_form.html" if request.htmx else "reporting/prose.html"
    return render(request, template, context, status=409 if context["conflict"] else 200)


@requires("reporting.edit")
@require_POST
def answer(request, pk: int, section: str):
    """Explain one contradiction."""
    edition = editable_edition(request, pk)
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            actions.answer_contradiction(edition, section=section, by=request.user, **form.cleaned_data)
            messages.success(request, _("The explanation is saved, and is printed with the report."))
        except actions.EditionError as error:
            messages.error(request, str(error))
    else:
        messages.error(request, " ".join(form.errors.get("text", [])))
    return redirect(_at_section(edition, section))


@requires("reporting.edit")
def findings(request, pk: int):
    """The three findings in words, and whether the public may read the report."""
    edition = editable_edition(request, pk)
    initial = {"findings": edition.findings, "is_public": edition.is_public}
    form = FindingsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.write_findings(edition, by=request.user, **form.cleaned_data)
        messages.success(request, _("The findings are saved."))
        return redirect("reporting:edition", pk)
    return render(request, "reporting/findings.html", {"form": form, "edition": edition})


def _at_section(edition: Edition, section: str) -> str:
    return reverse("reporting:edition", args=[edition.pk]) + f"#section-{section}"
