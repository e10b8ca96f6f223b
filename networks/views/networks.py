"""Pages of the networks: for the secretariat all, for others the networks they belong to or lead."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.permissions import requires
from networks import queries
from networks.models import Network, NetworkMembership
from networks.resources import exported
from programmes.forms import AsOfForm, ListForm
from programmes.models import Programme
from programmes.views import FORMS, day_asked, file_of, headings, openable_among, visible_programme, with_day


def _visible(request, programme):
    return Network.objects.visible_to(request.user).filter(programme=programme)


def _rows(request, programme, form: ListForm) -> list[queries.NetworkLine]:
    asked = form.asked()
    return queries.network_rows(
        _visible(request, programme),
        day_asked(form, programme),
        search=asked.get("q", ""),
        sort=asked.get("sort") or "cohort",
    )


@requires("networks.view")
def networks(request, slug: str):
    programme = visible_programme(request, slug)
    form = ListForm(with_day(request.GET, programme))
    columns = [
        ("name", _("Network")),
        ("cohort", _("Cohort")),
        ("leader", _("Adviser and network leader")),
        ("members", _("Members")),
    ]
    context = {
        "programme": programme,
        "form": form,
        "day": day_asked(form, programme),
        "rows": _rows(request, programme, form),
        "headings": headings(request, columns, request.GET.get("sort") or "cohort"),
        "query": request.GET.urlencode(),
        "filtered": any(request.GET.get(key) for key in ("q", "on")),
    }
    return render(request, "networks/networks.html", context)


@requires("networks.view")
def networks_export(request, slug: str, form: str):
    """The members of the networks as they are listed, in the format that can be read in again."""
    if form not in FORMS:
        raise Http404(form)
    programme = visible_programme(request, slug)
    rows = _rows(request, programme, ListForm(request.GET))
    ids = [one.pk for row in rows for one in row.memberships]
    table = exported(
        NetworkMembership.objects.filter(pk__in=ids).order_by("network__cohort__position", "network", "pk")
    )
    return file_of(table, form, f"{programme.slug}-networks")


@requires("networks.view")
def network(request, slug: str, network: str):
    open_programmes = Programme.objects.visible_to(request.user)
    visible = Network.objects.visible_to(request.user).filter(programme__slug=slug, programme__in=open_programmes)
    found = get_object_or_404(visible.select_related("programme", "cohort"), slug=network)
    request.programme_slug = slug
    form = AsOfForm(with_day(request.GET, found.programme))
    day = day_asked(form, found.programme)
    row, former = queries.network_on(found, day)
    members = [one.participation for one in row.memberships]
    places = {one.municipality_id for one in members if one.municipality_id}
    leaders = queries.project_leaders(places, timezone.localdate())
    context = {
        "programme": found.programme,
        "network": found,
        "form": form,
        "day": day,
        "row": row,
        "members": [(one, leaders.get(one.participation.municipality_id, [])) for one in row.memberships],
        "former": former,
        "openable": openable_among(request.user, members),
    }
    return render(request, "networks/network.html", context)
