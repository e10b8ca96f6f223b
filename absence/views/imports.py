"""Files in: the list of imports, the upload, one import, its files."""

from io import BytesIO

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from municipalities.permissions import may, requires
from municipalities.queries.register import thousands
from municipalities.views.lists import headings, list_file

from .. import actions
from ..calculations.periods import Period
from ..forms import BatchFilterForm, NoteForm, UploadForm
from ..models import ImportBatch, PrintedRow
from ..queries.batches import batch_list, changes, job_of, reading_in_words, standing
from ..queries.desk import answered, open_groups, warning_groups
from ..queries.notes import is_note_required
from ..queries.overlaps import overlap_sentences
from ..queries.words import errors_in_words, ignored_in_words, rounding_sentences
from ..reading.annotate import annotated_copy
from .sparkline import sparkline

A_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires("absence.import")
def import_list(request):
    form = BatchFilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    sort = asked.get("sort") or "-uploaded"
    found = _found(request, asked, sort)
    labels = {
        "file": _("File"),
        "source": _("Source"),
        "vintage": _("Vintage"),
        "figures": pgettext("absence rates", "Figures"),
        "state": _("State"),
        "uploaded": _("Uploaded"),
    }
    context = {
        "form": form,
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "headings": headings(request, labels.items(), sort, numbers={"figures"}),
        "filtered": any(request.GET.get(key) for key in ("q", "state", "source")),
        "query": request.GET.urlencode(),
        "today": timezone.localdate(),
    }
    return render(request, "absence/imports.html", context)


def _found(request, asked: dict, sort: str):
    return batch_list(
        request.user,
        search=asked.get("q", ""),
        state=asked.get("state", ""),
        source=asked.get("source", ""),
        sort=sort,
    )


@requires("absence.import")
def export(request, form: str):
    """The list as it is filtered."""
    filters = BatchFilterForm(request.GET)
    asked = filters.cleaned_data if filters.is_valid() else {}
    heads = [
        _("File"),
        _("Source"),
        _("Vintage"),
        _("State"),
        pgettext("absence rates", "Figures"),
        _("Released"),
        _("Undecided"),
        _("Uploaded"),
    ]
    rows = (
        (
            one.file_name,
            one.get_source_display(),
            one.vintage_on,
            one.get_state_display(),
            one.figure_count,
            one.released_count,
            one.open_count,
            one.uploaded_at,
        )
        for one in _found(request, asked, asked.get("sort") or "-uploaded")
    )
    return list_file("imports", form, heads, rows)


@requires("absence.import")
def upload(request):
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            batch = actions.upload(**answers, file_name=answers["file"].name, by=request.user)
        except actions.AlreadyImported as known:
            messages.info(request, _("This file is here already. Nothing is changed; this is what became of it."))
            batch = known.batch
        return redirect("absence:import", batch.pk)
    return render(request, "absence/upload.html", {"form": form})


def _visible(request, pk: int) -> ImportBatch:
    """A stranger's import does not exist."""
    return get_object_or_404(ImportBatch.objects.visible_to(request.user).select_related("uploaded_by"), pk=pk)


def import_page(request, pk: int):
    batch = _visible(request, pk)
    state = batch.State(batch.state)
    if request.htmx:  # the waiting page asks how far it is
        return _progress(request, batch)
    template = {
        state.UPLOADED: "absence/import_waiting.html",
        state.REFUSED: "absence/import_refused.html",
        state.WITHDRAWN: "absence/import_withdrawn.html",
    }.get(state, "absence/import.html")
    return render(request, template, {"batch": batch, **_parts(request, batch, state)})


def _progress(request, batch: ImportBatch) -> HttpResponse:
    """How far the reading is; once the file is read or refused, its page takes the place of the waiting one."""
    if batch.state != batch.State.UPLOADED:
        return HttpResponseClientRefresh()
    return render(request, "absence/_reading.html", {"batch": batch, "job": job_of(batch)})


def _periods(batch: ImportBatch) -> list[Period]:
    return [Period(*one) for one in batch.facts.get("periods", ())]


def _parts(request, batch: ImportBatch, state) -> dict:
    if state == state.UPLOADED:
        return {"job": job_of(batch)}
    if state == state.REFUSED:
        return {"errors": errors_in_words(batch), "more": max(batch.error_count - len(batch.errors), 0)}
    if state == state.WITHDRAWN:
        return {}
    stands = standing(batch)
    groups = open_groups(batch)
    return {
        "reading": reading_in_words(batch),
        "standing": stands,
        "groups": groups,
        "series": {one.suspicion.pk: sparkline(one.series) for group in groups for one in group.doubts},
        "answered": answered(batch),
        "warnings": warning_groups(batch),
        "note_required": is_note_required(batch),
        "revision_notes": list(batch.revision_notes.select_related("written_by")),
        "note_form": NoteForm(),
        "printed": list(PrintedRow.objects.filter(batch=batch)),
        "changes": changes(batch) if stands.free or stands.held else None,
        "notes": [
            *rounding_sentences(batch.facts),
            *overlap_sentences(batch.source, batch.vintage_on, _periods(batch), batch.pk),
        ],
        "ignored": ignored_in_words(batch),
        "releases": list(batch.releases.select_related("released_by")),
        "may_release": may(request.user, "absence.release"),
        "next": reverse("absence:import", args=[batch.pk]),
    }


@require_POST
@requires("absence.release")
def release(request, pk: int):
    batch = _visible(request, pk)
    try:
        made = actions.release(batch, by=request.user)
    except actions.NotPossible as error:
        messages.error(request, str(error))
    else:
        text = ngettext("%(n)s figure is released.", "%(n)s figures are released.", made.figure_count)
        messages.success(request, text % {"n": thousands(made.figure_count)})
    return redirect("absence:import", pk)


@require_POST
@requires("absence.decide")
def write_note(request, pk: int):
    """Why the vintage was revised; a note without a text is told of, and nothing is saved."""
    batch = _visible(request, pk)
    form = NoteForm(request.POST)
    try:
        if form.is_valid():
            actions.write_note(batch, text=form.cleaned_data["text"], by=request.user)
            messages.success(request, _("The note is saved. It is printed in the reports that use the figures."))
        for error in form.errors.get("text", ()):
            messages.error(request, error)
    except actions.NotPossible as error:
        messages.error(request, str(error))
    return redirect(reverse("absence:import", args=[pk]) + "#revisions")


@require_POST
@requires("absence.import")
def withdraw(request, pk: int):
    batch = _visible(request, pk)
    try:
        actions.withdraw(batch, by=request.user)
    except actions.NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The import is withdrawn. The file can be loaded again."))
    return redirect("absence:import", pk)


def original(request, pk: int):
    """The file as it was uploaded."""
    batch = _visible(request, pk)
    if not batch.file:
        raise Http404("the file was not kept")
    return _download(FileResponse(batch.file.open("rb"), as_attachment=True, filename=batch.file_name))


def annotated(request, pk: int):
    """A refused file as a workbook with the cells in error marked."""
    batch = _visible(request, pk)
    if batch.state != batch.State.REFUSED or not batch.file:
        raise Http404("nothing to annotate")
    content = annotated_copy(
        batch.file.path, errors_in_words(batch), _, file_name=batch.file_name, delimiter=batch.facts.get("delimiter")
    )
    if content is None:
        raise Http404("cannot be opened")
    name = batch.file_name.rpartition(".")[0] or batch.file_name
    file_name = _("%(name)s, marked.xlsx") % {"name": name}
    return _download(FileResponse(BytesIO(content), as_attachment=True, filename=file_name, content_type=XLSX))


def _download(response):
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
