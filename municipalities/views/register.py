"""Pages of the register."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.forms.register import MunicipalityFilterForm
from municipalities.fragments import quick_when_unchanged
from municipalities.models import Municipality
from municipalities.permissions import requires
from municipalities.queries import register


@requires("municipalities.view")
@quick_when_unchanged
def municipality_list(request):
    form = MunicipalityFilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    day = asked.get("on") or timezone.localdate()
    sort = asked.get("sort") or "number"
    found = register.municipalities_on(request.user, day, search=asked.get("q", ""), county=asked.get("county", ""))
    rows = register.municipality_rows(found, sort)
    context = {
        "form": form,
        "rows": rows,
        "day": day,
        "headings": _headings(request, sort),
        "filtered": any(request.GET.get(key) for key in ("q", "county", "on")),
        "query": request.GET.urlencode(),
    }
    return render(request, "municipalities/municipalities.html", context)


def _headings(request, sort: str) -> list[dict]:
    labels = {"number": _("Number"), "name": _("Name"), "county": _("County"), "inhabitants": _("Inhabitants")}
    headings = []
    for key, label in labels.items():
        query = request.GET.copy()
        query["sort"] = f"-{key}" if sort == key else key
        order = {key: "ascending", f"-{key}": "descending"}.get(sort, "")
        headings.append(
            {"label": label, "url": f"?{query.urlencode()}", "sort": order, "number": key == "inhabitants"}
        )
    return headings


@requires("municipalities.view")
def municipality(request, number: str):
    """One municipality: what the register knows of it, where it takes part, and its absence."""
    visible = Municipality.objects.visible_to(request.user).select_related("county")
    found = visible.filter(number=number).order_by("-valid_from").first()
    if found is None:
        raise Http404(number)
    before, after = register.history(found)
    context = {
        "municipality": found,
        "before": before,
        "after": after,
        "populations": [
            (one.counted_on, register.thousands(one.inhabitants_count)) for one in found.populations.all()
        ],
        "organisations": found.organisations.all(),
        "participations": found.participations.select_related("programme").prefetch_related(
            "cohort_memberships__cohort", "network_memberships__network"
        ),
        "contacts": found.roles.valid_on(timezone.localdate()).select_related("user"),
    }
    return render(request, "municipalities/municipality.html", context)
