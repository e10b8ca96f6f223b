"""The programme of a gathering, written by the secretariat; and its materials."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gatherings.actions import programme as actions
from gatherings.forms.programme import MaterialForm, SessionForm
from gatherings.models import Material, Session
from gatherings.queries.programme import programme_of
from municipalities.permissions import requires

from .access import editable_gathering, to_gathering, visible_gathering


@requires("gatherings.edit")
def sessions(request, slug: str, gathering: str):
    """What there is, and a form for one more."""
    found = editable_gathering(request, slug, gathering)
    return _session_page(request, found, Session(gathering=found), "sessions")


@requires("gatherings.edit")
def session(request, slug: str, gathering: str, session: int):
    found = editable_gathering(request, slug, gathering)
    return _session_page(request, found, get_object_or_404(found.sessions, pk=session), "session")


def _session_page(request, gathering, session: Session, name: str):
    form = SessionForm(request.POST or None, gathering=gathering, instance=session)
    if request.method == "POST" and form.is_valid():
        actions.save_session(session, values=form.values(), speakers=form.speaker_rows(), by=request.user)
        messages.success(request, _("The session is saved."))
        return to_gathering(gathering, "sessions")
    context = {
        "programme": gathering.programme,
        "gathering": gathering,
        "form": form,
        "session": session,
        "days": programme_of(gathering),
    }
    return render(request, f"gatherings/{name}.html", context)


@requires("gatherings.edit")
@require_POST
def remove_session(request, slug: str, gathering: str, session: int):
    found = editable_gathering(request, slug, gathering)
    actions.remove_session(get_object_or_404(found.sessions, pk=session), by=request.user)
    messages.success(request, _("The session is removed."))
    return to_gathering(found, "sessions")


@requires("gatherings.edit")
def materials(request, slug: str, gathering: str):
    found = editable_gathering(request, slug, gathering)
    form = MaterialForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        actions.add_material(found, by=request.user, **form.cleaned_data)
        messages.success(request, _("The material is added."))
        return to_gathering(found, "materials")
    context = {
        "programme": found.programme,
        "gathering": found,
        "form": form,
        "materials": found.materials.all(),
    }
    return render(request, "gatherings/materials.html", context)


@login_not_required
@requires("gatherings.view")
def material(request, slug: str, gathering: str, material: int):
    """The file or the link; for those it is meant for."""
    found = visible_gathering(request, slug, gathering)
    one = get_object_or_404(Material.objects.visible_to(request.user).filter(gathering=found), pk=material)
    if one.url:
        return redirect(one.url)
    return FileResponse(one.file.open("rb"), as_attachment=True, filename=one.file.name.rpartition("/")[2])


@requires("gatherings.edit")
@require_POST
def remove_material(request, slug: str, gathering: str, material: int):
    found = editable_gathering(request, slug, gathering)
    actions.remove_material(get_object_or_404(found.materials, pk=material), by=request.user)
    messages.success(request, _("The material is removed."))
    return to_gathering(found, "materials")
