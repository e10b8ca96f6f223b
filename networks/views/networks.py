"""Pages of the networks: for the secretariat all, for others the networks they belong to or lead."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.permissions import may, requires
from municipalities.views.lists import FORMS, file_of, headings
from networks.forms.filters import NetworkFilterForm
from networks.models import Handover, Network, NetworkMembership, Visit
from networks.queries import networks as queries
from networks.queries.visits import visits_of_network
from networks.resources import exported
from programmes.forms import AsOfForm
from programmes.models import Programme
from programmes.views import day_asked, openable_among, visible_programme, with_day

from .finding import visible_network

FILTERS = ("q", "theme", "cohort", "adviser", "county", "on")


def _listed(request, programme: Programme, data) -> tuple[NetworkFilterForm, list[queries.NetworkLine]]:
    """The filters, with the choices that occur on the day, and the networks that fit them."""
    visible = Network.objects.visible_to(request.user).filter(programme=programme)
    lines = queries.network_lines(visible, day_asked(AsOfForm(data), programme))
    form = NetworkFilterForm(data, choices=queries.network_choices(lines))
    asked = form.asked()
    rows = queries.chosen_lines(
        lines,
        search=asked.get("q", ""),
        theme=asked.get("theme", ""),
        cohort=asked.get("cohort", ""),
        adviser=asked.get("adviser", ""),
        county=asked.get("county", ""),
        sort=asked.get("sort") or "cohort",
    )
    return form, rows


@requires("networks.view")
def networks(request, slug: str):
    programme = visible_programme(request, slug)
    form, rows = _listed(request, programme, with_day(request.GET, programme))
    columns = [
        ("name", _("Network")),
        ("cohort", _("Cohort")),
        ("theme", _("Themes")),
        ("leader", _("Adviser and network leader")),
        ("members", _("Members")),
    ]
    context = {
        "programme": programme,
        "form": form,
        "day": day_asked(form, programme),
        "rows": rows,
        "headings": headings(request, columns, request.GET.get("sort") or "cohort"),
        "query": request.GET.urlencode(),
        "filtered": any(request.GET.get(key) for key in FILTERS),
    }
    return render(request, "networks/networks.html", context)


@requires("networks.view")
def networks_export(request, slug: str, form: str):
    """The members of the networks as they are listed, in the format that can be read in again."""
    if form not in FORMS:
        raise Http404(form)
    programme = visible_programme(request, slug)
    _form, rows = _listed(request, programme, request.GET)
    ids = [one.pk for row in rows for one in row.memberships]
    found = NetworkMembership.objects.filter(pk__in=ids).order_by("network__cohort__position", "network", "pk")
    table = exported(found, with_internal=may(request.user, "networks.edit"))
    return file_of(table, form, f"{programme.slug}-networks")


@requires("networks.view")
def network(request, slug: str, network: str):
    found = visible_network(request, slug, network)
    form = AsOfForm(with_day(request.GET, found.programme))
    day = day_asked(form, found.programme)
    shown = queries.network_on(found, day)
    members = [one.participation for one in shown.line.memberships]
    places = {one.municipality_id for one in members if one.municipality_id}
    leaders = queries.project_leaders(places, timezone.localdate())
    visible_visits = Visit.objects.visible_to(request.user)
    context = {
        "programme": found.programme,
        "network": found,
        "form": form,
        "day": day,
        "row": shown.line,
        "members": [(one, leaders.get(one.participation.municipality_id, [])) for one in shown.line.memberships],
        "former": shown.former,
        "coming": shown.coming,
        "former_posts": shown.former_posts,
        "visits": visits_of_network(found, visible_visits) if may(request.user, "follow_up.view") else [],
        "handovers": _handovers(request, found),
        "openable": openable_among(request.user, members),
    }
    return render(request, "networks/network.html", context)


def _handovers(request, network: Network) -> list[Handover]:
    found = Handover.objects.visible_to(request.user).filter(network=network)
    return list(found.select_related("leaver", "successor"))
