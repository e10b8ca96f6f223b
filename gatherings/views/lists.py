"""The secretariat's list of registrations, the door, and what is printed."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gatherings.actions import registrations as actions
from gatherings.actions.errors import NotPossible
from gatherings.actions.papers import ask_for_paper
from gatherings.forms.filters import RegistrationFilter
from gatherings.models import Gathering, GatheringPaper, Registration
from gatherings.queries.door import door_rows
from gatherings.queries.printed import jobs_of
from gatherings.queries.registrations import RegistrationLine, numbers_of, registration_rows
from gatherings.resources import registration_table
from municipalities.fragments import rows_html
from municipalities.permissions import requires
from municipalities.views.lists import FORMS, file_of, headings
from programmes.models import Participation

from .access import editable_gathering, to_gathering, visible_gathering


def _asked(request, slug: str, gathering: str):
    found = editable_gathering(request, slug, gathering)
    sent = found.registrations.values("participation")
    form = RegistrationFilter(request.GET, participations=Participation.objects.filter(pk__in=sent).order_by("name"))
    asked = form.asked()
    return found, form, registration_rows(found, **asked)


@requires("gatherings.edit")
def registrations(request, slug: str, gathering: str):
    found, form, rows = _asked(request, slug, gathering)
    columns = [
        ("number", _("No.")),
        ("name", _("Name")),
        ("participant", _("Participant")),
        ("delegate", _("Comes as")),
        ("pays", _("Who pays")),
        ("state", _("Status")),
    ]
    sort = form.asked().get("sort", "number")
    context = {
        "programme": found.programme,
        "gathering": found,
        "form": form,
        "rows": rows,
        "table_rows": _table_rows(found, rows),
        "numbers": numbers_of(found),
        "headings": headings(request, columns, sort, numbers={"number"}),
        "filtered": bool(set(form.asked()) - {"sort"}),
        "query": request.GET.urlencode(),
    }
    return render(request, "gatherings/registrations.html", context)


ROW = '<tr><td class="number">%s</td><th scope="row"><a href="%s%s/">%s</a></th>' + "<td>%s</td>" * 4 + "</tr>"


def _table_rows(gathering: Gathering, lines: list[RegistrationLine]):
    """Eight hundred rows are put together at once: a fraction of the time of a template loop."""
    address = reverse("gatherings:registrations", args=[gathering.programme.slug, gathering.slug])
    return rows_html(
        ROW,
        (
            (
                line.registration.number,
                address,
                line.registration.pk,
                line.registration.name,
                line.registration.participation.name if line.registration.participation else "–",
                line.registration.get_delegate_display(),
                line.pays or "–",
                line.standing,
            )
            for line in lines
        ),
    )


@requires("gatherings.edit")
def registrations_export(request, slug: str, gathering: str, form: str):
    if form not in FORMS:
        raise Http404(form)
    found, _filter, rows = _asked(request, slug, gathering)
    return file_of(registration_table(rows), form, f"{found.slug}-registrations")


def _at_door(request, slug: str, gathering: str) -> Gathering:
    """The gathering, for those who stand at its door; 404 for others who may stand at a door."""
    found = visible_gathering(request, slug, gathering)
    return get_object_or_404(
        Gathering.objects.filter(pk=found.pk).attendance_taken_by(request.user).select_related("programme")
    )


def _door_values(request, gathering: Gathering) -> dict:
    words = request.GET.get("q", "")[:80]
    return {
        "programme": gathering.programme,
        "gathering": gathering,
        "words": words,
        "door": door_rows(gathering, words),
        "numbers": numbers_of(gathering),
    }


@requires("gatherings.take_attendance")
@never_cache
def door(request, slug: str, gathering: str):
    """For a telephone: find the name, tap once."""
    found = _at_door(request, slug, gathering)
    return render(request, "gatherings/door.html", _door_values(request, found))


@requires("gatherings.take_attendance")
@never_cache
def door_list(request, slug: str, gathering: str):
    """The rows of that page, for the letters typed so far."""
    found = _at_door(request, slug, gathering)
    return render(request, "gatherings/_door_rows.html", _door_values(request, found))


@requires("gatherings.take_attendance")
@require_POST
def let_in(request, slug: str, gathering: str, registration: int):
    return _tapped(request, slug, gathering, registration, actions.let_in)


@requires("gatherings.take_attendance")
@require_POST
def take_back_entry(request, slug: str, gathering: str, registration: int):
    return _tapped(request, slug, gathering, registration, actions.take_back_entry)


def _tapped(request, slug: str, gathering: str, registration: int, act):
    """The row as it is after the tap, and the count beside it."""
    found = _at_door(request, slug, gathering)
    one = get_object_or_404(found.registrations.select_related("participation"), pk=registration)
    try:
        act(one, by=request.user)
    except NotPossible:
        trouble = _("Has no place any more. Look at the list of registrations.")
    else:
        trouble = ""
    fresh = Registration.objects.select_related("participation").get(pk=one.pk)
    values = {"programme": found.programme, "gathering": found, "one": fresh, "trouble": trouble}
    return render(request, "gatherings/_door_tapped.html", values | {"numbers": numbers_of(found)})


@requires("gatherings.edit")
@require_POST
def print_paper(request, slug: str, gathering: str, kind: str):
    found = editable_gathering(request, slug, gathering)
    if kind not in GatheringPaper.Kind.values:
        raise Http404(kind)
    ask_for_paper(found, kind, by=request.user)
    messages.success(request, _("The printing has begun. The file comes here when it is ready."))
    return to_gathering(found, "papers")


@requires("gatherings.edit")
def papers(request, slug: str, gathering: str):
    """Lists and badges: made by a job, downloaded here."""
    found = editable_gathering(request, slug, gathering)
    context = {
        "programme": found.programme,
        "gathering": found,
        "papers": list(found.papers.all()),
        "kinds": GatheringPaper.Kind.choices,
        "jobs": jobs_of(found),
    }
    return render(request, "gatherings/papers.html", context)


@requires("gatherings.edit")
def paper(request, slug: str, gathering: str, paper: int):
    found = editable_gathering(request, slug, gathering)
    one = get_object_or_404(found.papers, pk=paper)
    return FileResponse(one.file.open("rb"), as_attachment=True, filename=f"{found.slug}-{one.kind}.pdf")
