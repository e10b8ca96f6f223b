"""The contact log: a line is quick to add, and the list can be searched."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from municipalities.permissions import requires
from municipalities.views.lists import headings, list_file
from networks.actions import contacts as actions
from networks.forms.filters import ContactFilterForm
from networks.forms.networks import ContactForm
from networks.models import Contact
from networks.queries import contacts as queries
from networks.queries.visits import networks_to_choose
from programmes.models import Programme
from programmes.views import visible_programme

from .finding import looked_after

FILTERS = ("q", "year", "kind", "network", "adviser")


def _listed(request, programme: Programme):
    visible = Contact.objects.visible_to(request.user).filter(participation__programme=programme)
    form = ContactFilterForm(
        request.GET,
        years=queries.contact_years(visible),
        networks=networks_to_choose(programme, request.user),
        advisers=queries.those_in_contact(visible),
    )
    asked = form.asked()
    rows = queries.contact_rows(
        visible,
        timezone.localdate(),
        search=asked.get("q", ""),
        year=asked.get("year"),
        kind=asked.get("kind", ""),
        network=asked.get("network", ""),
        adviser=asked.get("adviser", ""),
        sort=asked.get("sort") or "-at",
    )
    return form, rows


@requires("follow_up.edit")
def contacts(request, slug: str):
    programme = visible_programme(request, slug)
    form, rows = _listed(request, programme)
    columns = [
        ("participant", _("Participant")),
        ("at", _("When")),
        ("kind", _("How")),
        ("who", _("Who")),
    ]
    context = {
        "programme": programme,
        "form": form,
        "rows": rows,
        "headings": headings(request, columns, request.GET.get("sort") or "-at"),
        "query": request.GET.urlencode(),
        "filtered": any(request.GET.get(key) for key in FILTERS),
        "next": request.get_full_path(),
    }
    return render(request, "networks/contacts.html", context)


@requires("follow_up.edit")
def contacts_export(request, slug: str, form: str):
    programme = visible_programme(request, slug)
    _form, rows = _listed(request, programme)
    columns = ["participant", "municipality_number", "at", "kind", "who", "with_whom", "text"]
    lines = (
        (
            one.participation.name,
            one.participation.municipality.number if one.participation.municipality else "",
            one.at,
            one.kind,
            one.who,
            one.with_whom,
            one.text,
        )
        for one in rows
    )
    return list_file(f"{programme.slug}-contacts", form, columns, lines)


@requires("follow_up.edit")
def add_contact(request, slug: str, participant: str):
    """From the line on a participant's page; what is wrong is told on a page of its own, with what was typed."""
    programme = visible_programme(request, slug)
    found = get_object_or_404(looked_after(request.user).filter(programme=programme), slug=participant)
    form = ContactForm(request.POST or None, initial={"at": timezone.localtime()})
    if form.is_valid():
        actions.log_contact(participation=found, **form.cleaned_data, by=request.user)
        messages.success(request, _("The contact is logged."))
        return redirect(_back(request, slug, participant))
    context = {"programme": programme, "participation": found, "form": form, "next": _next(request)}
    return render(request, "networks/contact.html", context)


@require_POST
@requires("follow_up.edit")
def remove_contact(request, slug: str, pk: int):
    programme = visible_programme(request, slug)
    own = Contact.objects.editable_by(request.user).filter(participation__programme=programme)
    found = get_object_or_404(own.select_related("participation"), pk=pk)
    participant = found.participation.slug
    actions.remove_contact(found, by=request.user)
    messages.success(request, _("The line is taken out of the log."))
    return redirect(_back(request, slug, participant))


def _next(request) -> str:
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return asked if url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure()) else ""


def _back(request, slug: str, participant: str) -> str:
    return _next(request) or reverse("networks:follow_up", args=[slug, participant])
