"""A visit is written up: the note with whom one met and what was agreed; what is typed is kept as one goes."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from municipalities.permissions import requires
from networks.actions import visits as actions
from networks.actions.errors import NotPossible, SavedMeanwhile
from networks.forms.drafts import initial_of_draft, initial_of_visit, typed
from networks.forms.visits import NoteForms
from networks.models import Visit, VisitDraft
from networks.queries.readers import secretariat_or
from networks.queries.tasks import rows_of
from networks.states import MADE
from networks.themes import THEMES, theme_label

from .finding import editable_visit

TEXTS = ("place", "other_topics", "expected_of_municipality", "expected_of_programme", "findings")
LINES = ("-who", "-text", "-owner_text")


@requires("follow_up.edit")
def write_up(request, slug: str, pk: int):
    visit = editable_visit(request, slug, pk)
    own = visit.drafts.filter(user=request.user).first()
    if visit.state != MADE:
        return _closed(request, visit, own)
    forms = _forms(request, visit, own)
    if request.method == "POST" and forms.is_valid():
        try:
            _save(request, visit, forms)
        except SavedMeanwhile as meanwhile:
            if meanwhile.visit.state != MADE:
                return _closed(request, meanwhile.visit, own)
            return _write_again(request, meanwhile.visit)
        except NotPossible as error:
            messages.error(request, str(error))
        else:
            return redirect("networks:visit" if request.POST.get("act") == "finish" else "networks:write_up", slug, pk)
    theirs = _theirs(visit, own.values) if own and own.version != visit.version else []
    return render(request, "networks/write_up.html", _context(request, visit, forms, own, theirs))


def _forms(request, visit: Visit, own: VisitDraft | None, data=None) -> NoteForms:
    today = timezone.localdate()
    initial = initial_of_visit(visit, today)
    if own and request.method == "GET":
        draft = initial_of_draft(own.values)
        # A draft goes on from the version that is shown beside it.
        initial = initial | draft | {"note": initial["note"] | draft["note"] | {"version": visit.version}}
    themes = [*visit.participation.programme.themes, *visit.topics, *THEMES]
    return NoteForms(
        data if data is not None else (request.POST if request.method == "POST" else None),
        initial=initial,
        people=secretariat_or(today, *visit.advisers.all()),
        themes=themes,
    )


def _save(request, visit: Visit, forms: NoteForms) -> None:
    given = dict(forms.note.cleaned_data)
    finish = request.POST.get("act") == "finish"
    actions.save_note(
        visit,
        version=given.pop("version"),
        advisers=given.pop("advisers"),
        values=given,
        met=forms.lines_met(),
        agreed=forms.lines_agreed(),
        finish=finish,
        by=request.user,
    )
    messages.success(request, _("The visit is written up.") if finish else _("The note is saved."))


def _write_again(request, visit: Visit):
    """What the reader typed stays in the fields; beside it stands what the other has saved."""
    sent = request.POST.copy()
    sent["version"] = str(visit.version)
    own = actions.keep_draft(visit, version=visit.version, values=typed(sent), by=request.user)
    forms = _forms(request, visit, None, data=sent)
    context = _context(request, visit, forms, own, _theirs(visit, typed(request.POST)))
    return render(request, "networks/write_up.html", context, status=409)


def _closed(request, visit: Visit, own: VisitDraft | None):
    """The note was finished, or the visit moved, since the page was opened: what was typed is kept and shown."""
    version = request.POST.get("version", "")
    if request.method == "POST" and version.isdecimal():
        # Of an older version than the note has now, so that both are shown once it is open again.
        behind = min(int(version[:9]), visit.version - 1)
        own = actions.keep_draft(visit, version=max(behind, 0), values=typed(request.POST), by=request.user)
    if request.POST.get("act") == "reopen":
        return _reopened(request, visit)
    if own is None:
        messages.error(request, _("Only a visit that is made, and not yet written up, can be written in."))
        return redirect("networks:visit", visit.participation.programme.slug, visit.pk)
    forms = _forms(request, visit, None, data=_as_sent(own, visit))
    context = _context(request, visit, forms, own, _theirs(visit, own.values))
    status = 409 if request.method == "POST" else 200
    return render(request, "networks/write_up.html", context | {"is_closed": True}, status=status)


def _as_sent(own: VisitDraft, visit: Visit) -> QueryDict:
    sent = QueryDict(mutable=True)
    for name, texts in own.values.items():
        sent.setlist(name, texts)
    sent["version"] = str(visit.version)
    return sent


def _reopened(request, visit: Visit):
    try:
        actions.move(visit, "reopen", by=request.user)
    except NotPossible as error:
        messages.error(request, str(error))
    return redirect("networks:write_up", visit.participation.programme.slug, visit.pk)


def _context(request, visit: Visit, forms: NoteForms, own: VisitDraft | None, theirs: list) -> dict:
    others = visit.drafts.exclude(user=request.user).select_related("user").order_by("-saved_at")
    return {
        "programme": visit.participation.programme,
        "visit": visit,
        "forms": forms,
        "draft": own,
        "theirs": theirs,
        "others": others,
        "done": rows_of(visit.action_points.filter(done_at__isnull=False), timezone.localdate()),
    }


def _theirs(visit: Visit, values: dict[str, list[str]]) -> list[tuple[str, str]]:
    """(Question, what stands saved) where it differs from what was typed."""
    saved = {
        _("Where?"): ("place", visit.place),
        _("Other topics"): ("other_topics", visit.other_topics),
        _("What does the programme expect of the municipality?"): (
            "expected_of_municipality",
            visit.expected_of_municipality,
        ),
        _("What does the municipality expect of the programme?"): (
            "expected_of_programme",
            visit.expected_of_programme,
        ),
        _("What did you find?"): ("findings", visit.findings),
    }
    found = [
        (label, text)
        for label, (name, text) in saved.items()
        if text and _plain(text) != _plain((values.get(name) or [""])[-1])
    ]
    if set(visit.topics) != set(values.get("topics", [])) and visit.topics:
        found.append((_("Topics"), ", ".join(map(theme_label, visit.topics))))
    known = {text for name, texts in values.items() if name.endswith(("-who", "-text")) for text in texts}
    met = [one.who for one in visit.met.all() if one.who not in known]
    tasks = [one.text for one in visit.action_points.all() if one.text not in known]
    return found + [(_("Met at the visit"), one) for one in met] + [(_("Agreed task"), one) for one in tasks]


def _is_saved(visit: Visit, values: dict[str, list[str]]) -> bool:
    """Whether the saved note holds every text that was typed, and nothing else."""
    lines = [text for one in visit.action_points.all() for text in (one.text, one.owner_text)]
    lines += [one.who for one in visit.met.all()]
    held = {_plain(text) for text in (*(getattr(visit, name) for name in TEXTS), *lines)}
    written = [text for name, texts in values.items() if name in TEXTS or name.endswith(LINES) for text in texts]
    return all(_plain(text) in held for text in written if text.strip()) and not _theirs(visit, values)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


@require_POST
@requires("follow_up.edit")
def autosave(request, slug: str, pk: int):
    """Keep what is typed, and say when: it is the writer's own until it is saved in the visit.

    Also where the note was finished meanwhile: then nothing else has what is typed.
    """
    visit = editable_visit(request, slug, pk)
    version = request.POST.get("version", "")
    if not version.isdecimal():
        return HttpResponse(status=409)
    is_own = visit.saved_by_id == request.user.pk
    if is_own and int(version[:9]) < visit.version and _is_saved(visit, typed(request.POST)):
        # Sent just after the button was pressed: the note that came before it has all of this.
        return HttpResponse(status=204)
    draft = actions.keep_draft(visit, version=int(version[:9]), values=typed(request.POST), by=request.user)
    context = {"draft": draft, "visit": visit, "is_behind": int(version[:9]) != visit.version}
    return render(request, "networks/_saved.html", context)


@require_POST
@requires("follow_up.edit")
def drop_draft(request, slug: str, pk: int):
    visit = editable_visit(request, slug, pk)
    actions.drop_draft(visit, by=request.user)
    messages.success(request, _("Your draft is thrown away. The note is as it was saved."))
    return redirect("networks:write_up", slug, pk)
