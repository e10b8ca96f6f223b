"""Pages of the register."""

from datetime import date

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.forms.register import MunicipalityFilterForm
from municipalities.fragments import quick_when_unchanged, rows_html
from municipalities.models import County, Municipality
from municipalities.panels import panels_of
from municipalities.permissions import requires
from municipalities.queries import register
from municipalities.views.lists import headings

FILTERS = ("q", "county", "on")
ROW = (
    '<tr><td>%s</td><th scope="row"><a href="%s">%s</a></th><td>%s</td>'
    '<td class="number">%s</td><td class="number">%s</td></tr>'
)


@requires("municipalities.view")
@quick_when_unchanged
def municipality_list(request):
    counties = register.counties_with_municipalities()
    usual_day = register.counted_on(request.user, timezone.localdate())
    form = MunicipalityFilterForm(with_day(request.GET, usual_day), counties=counties)
    asked = form.asked()
    day, sort = asked.get("on") or usual_day, asked.get("sort") or "number"
    found = register.municipalities_on(request.user, day, search=asked.get("q", ""), county=asked.get("county", ""))
    rows = register.municipality_rows(found, sort)
    context = {
        "form": form,
        "rows": rows,
        "body": rows_html(ROW, rows),
        "day": day,
        "headings": headings(request, columns(), sort, numbers={"inhabitants"}),
        "filtered": any(request.GET.get(key) for key in FILTERS),
        "query": address_of(form.data),
        "other_day": other_day(counties, asked.get("county", ""), day, form.data),
    }
    return render(request, "municipalities/municipalities.html", context)


def with_day(asked, day: date):
    """The filters of the address, with the day that counts are as of written in."""
    filled = asked.copy()
    if not filled.get("on"):
        filled["on"] = day.isoformat()
    return filled


def address_of(filters) -> str:
    """The filters as a query string, without those that are empty."""
    kept = filters.copy()
    for name in [name for name, value in kept.items() if not value]:
        del kept[name]
    return kept.urlencode()


def other_day(counties: list[County], number: str, day: date, filters) -> dict | None:
    """A day on which the county asked for existed, when it did not on the day asked for."""
    county = next((one for one in counties if one.number == number), None)
    if county is None:
        return None
    other = day
    if county.valid_to and county.valid_to < day:
        other = county.valid_to
    elif county.valid_from and county.valid_from > day:
        other = county.valid_from
    if other == day:
        return None
    changed = filters.copy()
    changed["on"] = other.isoformat()
    return {"county": county.name, "day": other, "url": f"?{changed.urlencode()}"}


def columns() -> list[tuple[str, str]]:
    return [
        ("number", _("Municipality number")),
        ("name", _("Name")),
        ("county", _("County")),
        ("inhabitants", _("Inhabitants")),
    ]


@requires("municipalities.view")
def municipality(request, number: str):
    """One municipality: what the register knows of it, where it takes part, and its absence."""
    visible = Municipality.objects.visible_to(request.user).select_related("county")
    found = visible.filter(number=number).order_by("-valid_from").first()
    if found is None:
        raise Http404(number)
    before, after = register.history(found, request.user)
    populations = [(one.counted_on, register.thousands(one.inhabitants_count)) for one in found.populations.all()]
    context = {
        "municipality": found,
        "before": before,
        "after": after,
        "populations": populations,
        "contacts": found.roles.valid_on(timezone.localdate()).filter(user__is_active=True).select_related("user"),
        "panels": panels_of(request, found),
    }
    return render(request, "municipalities/municipality.html", context)
