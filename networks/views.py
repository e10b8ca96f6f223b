"""Pages of the networks: for the secretariat all, for others the networks they belong to or lead."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.permissions import requires
from networks import queries
from networks.models import Network, NetworkMembership
from networks.resources import exported
from programmes.forms import AsOfForm, ListForm
from programmes.views import day_asked, file_of, headings, openable_among, visible_programme, with_day


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
def networks_export(request, slug: str):
    """The members of the networks as they are listed, in the format that can be read in again."""
    programme = visible_programme(request, slug)
    rows = _rows(request, programme, ListForm(request.GET))
    ids = [one.pk for row in rows for one in row.memberships]
    table = exported(
        NetworkMembership.objects.filter(pk__in=ids).order_by("network__cohort__position", "network", "pk")
    )
    return file_of(table, "csv", f"{programme.slug}-networks")


@requires("networks.view")
def network(request, slug: str, network: str):
    programme = visible_programme(request, slug)
    found = get_object_or_404(_visible(request, programme), slug=network)
    form = AsOfForm(with_day(request.GET, programme))
    day = day_asked(form, programme)
    row = queries.network_rows(Network.objects.filter(pk=found.pk), day)[0]
    members = [one.participation for one in row.memberships]
    leaders = queries.project_leaders(
        {one.municipality_id for one in members if one.municipality_id}, timezone.localdate()
    )
    context = {
        "programme": programme,
        "network": row.network,
        "form": form,
        "day": day,
        "row": row,
        "members": [(one, leaders.get(one.participation.municipality_id, [])) for one in row.memberships],
        "former": queries.former_members(found, day),
        "openable": openable_among(request.user, members),
    }
    return render(request, "networks/network.html", context)
