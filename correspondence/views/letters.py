"""Letters: the batches, one batch, and each of its letters to read, change and withdraw."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from jobs.models import Job
from municipalities.permissions import requires

from .. import actions, queries
from ..errors import NotPossible
from ..forms import BatchFilterForm, DateForm, LetterForm, VersionForm
from ..letters import fields_in, known
from ..models import Letter, LetterBatch
from ..models.messages import name_of
from .messages import as_download

A_PAGE = 50


@requires("correspondence.view")
def batch_list(request):
    form = BatchFilterForm(request.GET, programmes=queries.programmes(request.user))
    asked = form.asked()
    found = queries.batch_list(
        request.user, search=asked.get("q", ""), kind=asked.get("kind", ""), programme=asked.get("programme", "")
    )
    context = {
        "form": form,
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "filtered": any(request.GET.get(key) for key in ("q", "kind", "programme")),
    }
    return render(request, "correspondence/batches.html", context)


@requires("correspondence.view")
def batch(request, pk: int):
    found = _visible(request, pk)
    rows = queries.letter_rows(found)
    standing = [letter for letter in rows if letter.withdrawn_at is None]
    job = Job.objects.about(name_of(found)).first()
    context = {
        "batch": found,
        "rows": rows,
        "counts": queries.batch_counts(rows),
        "first_unread": next((letter for letter in standing if letter.read_at is None), None),
        "job": job if job and job.state != Job.State.DONE else None,
        "pdf_is_current": bool(found.pdf) and found.pdf_of == queries.print_key(found, standing),
        "date_form": DateForm(initial={"dated_on": found.dated_on}),
        "events": queries.batch_events(found),
    }
    return render(request, "correspondence/batch.html", context)


@requires("correspondence.write")
@require_POST
def date_batch(request, pk: int):
    found, form = _editable(request, pk), DateForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The date is not saved: it must be a day, such as 1 June 2026."))
        return redirect(found)
    return _act(request, found, _("The date is saved."), actions.date_letters, found, **form.cleaned_data)


@requires("correspondence.write")
@require_POST
def print_batch(request, pk: int):
    found = _editable(request, pk)
    return _act(request, found, _("The letters are being printed to one PDF."), actions.ask_print, found)


@requires("correspondence.view")
def batch_pdf(request, pk: int):
    found = _visible(request, pk)
    return _file(found.pdf, f"{found.title}.pdf")


@requires("correspondence.send")
@require_POST
def send_batch(request, pk: int):
    found = _editable(request, pk)
    return _act(request, found, _("The letters are being sent."), actions.send_letters, found)


@requires("correspondence.send")
@require_POST
def post_batch(request, pk: int):
    """The letters without an e-mail address went by post."""
    found = _editable(request, pk)
    try:
        count = actions.mark_posted(found, by=request.user)
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        words = ngettext("%(n)d letter is marked as posted.", "%(n)d letters are marked as posted.", count)
        messages.success(request, words % {"n": count})
    return redirect(found)


@requires("correspondence.view")
def letter(request, pk: int, letter: int):
    """One letter as it will be read, with the way to the one before and the one after."""
    found = _letter(request, pk, letter)
    job = Job.objects.about(name_of(found)).first()
    context = {
        "batch": found.batch,
        "letter": found,
        "around": queries.neighbours(found),
        "unfilled": found.unfilled,
        "job": job if job and job.state != Job.State.DONE else None,
        "pdf_is_current": bool(found.pdf) and found.pdf_of == queries.print_key(found.batch, [found]),
        "texts": found.texts.select_related("by"),
        "version_form": VersionForm(initial={"version": found.version}),
    }
    return render(request, "correspondence/letter.html", context)


@requires("correspondence.write")
def edit_letter(request, pk: int, letter: int):
    found = _letter(request, pk, letter, to_change=True)
    names = ("addressee", "email", "subject", "body", "version")
    form = LetterForm(request.POST or None, initial={name: getattr(found, name) for name in names})
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_letter(found, by=request.user, **form.cleaned_data)
        except NotPossible as error:
            messages.error(request, str(error))
            return redirect(found)
        except actions.LetterConflict as problem:
            # Both texts stand on the page; saving again goes over the newer one knowingly.
            conflict = problem.current
            form = LetterForm(initial=form.cleaned_data | {"version": conflict.version})
        else:
            messages.success(request, _("The letter is saved. Read it through again."))
            return redirect(found)
    context = {
        "batch": found.batch,
        "letter": found,
        "form": form,
        "conflict": conflict,
        "fields": _fields(found),
    }
    return render(request, "correspondence/letter_edit.html", context, status=409 if conflict else 200)


def _fields(letter: Letter) -> list[tuple[str, str, str]]:
    """(name in the text, name for people, value) of the kind's merge fields, and of others the text may hold."""
    named = known(letter.batch.kind).fields
    names = dict.fromkeys([*named, *letter.fields, *fields_in(letter.subject, letter.body)])
    return [(f"[[{name}]]", str(named.get(name, name)), letter.fields.get(name, "")) for name in names]


@requires("correspondence.write")
@require_POST
def read_letter(request, pk: int, letter: int):
    """It is right as it stands; on to the next that nobody has read."""
    found = _letter(request, pk, letter, to_change=True)
    form = VersionForm(request.POST)
    if not form.is_valid():
        return redirect(found)
    try:
        actions.mark_read(found, by=request.user, **form.cleaned_data)
    except NotPossible as error:
        messages.error(request, str(error))
        return redirect(found)
    following = queries.neighbours(found).next_unread
    if following is None:
        messages.success(request, _("Every letter of the batch is read through."))
        return redirect(found.batch)
    return redirect("correspondence:letter", pk, following)


@requires("correspondence.write")
@require_POST
def withdraw_letter(request, pk: int, letter: int):
    found = _letter(request, pk, letter, to_change=True)
    return _act(request, found, _("The letter is withdrawn and does not go out."), actions.withdraw_letter, found)


@requires("correspondence.write")
@require_POST
def put_back_letter(request, pk: int, letter: int):
    found = _letter(request, pk, letter, to_change=True)
    return _act(request, found, _("The letter goes out with its batch again."), actions.put_back_letter, found)


@requires("correspondence.send")
@require_POST
def post_letter(request, pk: int, letter: int):
    """This letter went by post, since its e-mail could not."""
    found = _letter(request, pk, letter, to_change=True)
    done = _("The letter is marked as posted.")
    return _act(request, found, done, actions.mark_posted, found.batch, letters=[found])


@requires("correspondence.write")
@require_POST
def print_letter(request, pk: int, letter: int):
    found = _letter(request, pk, letter, to_change=True)
    return _act(request, found, _("The letter is being printed to a PDF."), actions.ask_print_letter, found)


@requires("correspondence.view")
def letter_pdf(request, pk: int, letter: int):
    found = _letter(request, pk, letter)
    return _file(found.pdf, f"{found.subject_text}, {found.name}.pdf")


def _act(request, back: LetterBatch | Letter, done: str, action, *args, **values):
    """Do it, say how it went, and go back to where it was asked for."""
    try:
        action(*args, by=request.user, **values)
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect(back)


def _file(pdf, name: str):
    if not pdf:
        raise Http404("not printed yet")
    return as_download(FileResponse(pdf.open(), content_type="application/pdf"), name)


def _visible(request, pk: int) -> LetterBatch:
    return get_object_or_404(LetterBatch.objects.visible_to(request.user).select_related("created_by"), pk=pk)


def _editable(request, pk: int) -> LetterBatch:
    found = _visible(request, pk)
    if not LetterBatch.objects.editable_by(request.user).filter(pk=pk).exists():
        raise PermissionDenied
    return found


def _letter(request, pk: int, letter: int, *, to_change: bool = False) -> Letter:
    batch = _editable(request, pk) if to_change else _visible(request, pk)
    found = get_object_or_404(batch.letters.select_related("read_by", "withdrawn_by", "message"), pk=letter)
    found.batch = batch
    return found
