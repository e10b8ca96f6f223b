"""Pages of the networks: for the secretariat all, for others the networks they belong to or lead."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from tablib import Dataset

from municipalities.permissions import requires
from networks import queries
from networks.models import Network
from programmes.forms import AsOfForm
from programmes.views import day_asked, headings, neutral, openable_municipalities, visible_programme


def _rows(request, programme, day):
    visible = Network.objects.visible_to(request.user).filter(programme=programme)
    return queries.network_rows(
        visible, day, search=request.GET.get("q", "").strip(), sort=request.GET.get("sort") or "cohort"
    )


@requires("networks.view")
def networks(request, slug: str):
    programme = visible_programme(request, slug)
    form = AsOfForm(request.GET or None)
    day = day_asked(form, programme)
    rows = _rows(request, programme, day)
    columns = [("name", _("Network")), ("cohort", _("Cohort")), ("leader", _("Leader")), ("members", _("Members"))]
    context = {
        "programme": programme,
        "form": form,
        "search": request.GET.get("q", ""),
        "day": day,
        "rows": rows,
        "headings": headings(request, columns, request.GET.get("sort") or "cohort"),
        "query": request.GET.urlencode(),
        "filtered": any(request.GET.get(key) for key in ("q", "on")),
    }
    return render(request, "networks/networks.html", context)


@requires("networks.view")
def networks_export(request, slug: str):
    programme = visible_programme(request, slug)
    day = day_asked(AsOfForm(request.GET or None), programme)
    table = Dataset(headers=["cohort", "network", "member", "municipality_number"])
    for row in _rows(request, programme, day):
        for one in row.memberships:
            place = one.participation.municipality
            cohort = row.network.cohort.name if row.network.cohort else ""
            cells = [cohort, row.network.name, one.participation.name, place.number if place else ""]
            table.append([neutral(cell) for cell in cells])
    response = HttpResponse(table.export("csv"), content_type="text/csv")
    response["Content-Disposition"] = f'attachment; filename="{programme.slug}-networks.csv"'
    return response


@requires("networks.view")
def network(request, slug: str, network: str):
    programme = visible_programme(request, slug)
    visible = Network.objects.visible_to(request.user).filter(programme=programme).select_related("cohort")
    found = get_object_or_404(visible, slug=network)
    form = AsOfForm(request.GET or None)
    day = day_asked(form, programme)
    context = {
        "programme": programme,
        "network": found,
        "form": form,
        "day": day,
        "row": queries.network_rows(Network.objects.filter(pk=found.pk), day)[0],
        "former": queries.former_members(found, day),
        "openable": openable_municipalities(request.user),
    }
    return render(request, "networks/network.html", context)
