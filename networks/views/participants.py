"""The follow-up of one participant, who has been visited, and who works on the same elsewhere."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.models import Municipality
from municipalities.permissions import may, requires
from municipalities.views.lists import headings, list_file
from networks.forms.filters import AlikeFilterForm, CoverageFilterForm
from networks.models import Contact, Visit
from networks.queries import activity, coverage
from networks.queries.follow_up import carried_on_to, follow_up_of
from networks.queries.likeness import alike_rows
from networks.queries.visits import merged_later, networks_to_choose
from networks.themes import THEMES
from programmes.models import Participation, Programme
from programmes.queries import last_day
from programmes.views import day_asked, openable_among, visible_programme, with_day

from .finding import followed_participation, looked_after

FILTERS = ("q", "year", "network", "adviser", "without", "on")


@requires("follow_up.view")
def follow_up(request, slug: str, participant: str):
    found = followed_participation(request, slug, participant)
    today = timezone.localdate()
    context = {
        "programme": found.programme,
        "participation": found,
        "part": follow_up_of(request.user, [found], today)[0],
        "became": merged_later(found, today),
        "openable": openable_among(request.user, [found]),
        "next": request.get_full_path(),
        "now": timezone.localtime(),
        "may_report": may(request.user, "follow_up.report_done"),
    }
    return render(request, "networks/follow_up.html", context)


@requires("follow_up.view")
def municipality_follow_up(request, number: str):
    """The part of a municipality's page that tells of visits and tasks, also of those that have become it."""
    visible = Municipality.objects.visible_to(request.user).filter(number=number)
    municipality = visible.order_by("-valid_from").first()
    if municipality is None:
        raise Http404(number)
    today = timezone.localdate()
    own = Participation.objects.visible_to(request.user).filter(
        Q(municipality=municipality) | Q(organisation__members=municipality)
    )
    joined = own.select_related("programme", "municipality").distinct().order_by("programme__starts_on", "name")
    carried = dict(carried_on_to(municipality, today))
    parts = follow_up_of(request.user, [*joined, *carried], today)
    for part in parts:
        part.became = carried.get(part.participation)
    context = {
        "parts": parts,
        "next": reverse("municipalities:municipality", args=[number]),
        "now": timezone.localtime(),
        "may_report": may(request.user, "follow_up.report_done"),
    }
    return render(request, "networks/_follow_up_panel.html", context)


@requires("follow_up.edit")
def alike(request, slug: str, participant: str):
    """The same problem elsewhere."""
    found = followed_participation(request, slug, participant)
    form = AlikeFilterForm(request.GET, themes=[*found.programme.themes, *THEMES])
    asked = form.asked()
    rows = alike_rows(
        found,
        timezone.localdate(),
        search=asked.get("q", ""),
        theme=asked.get("theme", ""),
        same_size=asked.get("size", False),
    )
    context = {
        "programme": found.programme,
        "participation": found,
        "form": form,
        "rows": rows,
        "openable": openable_among(request.user, [row.participation for row in rows]),
        "filtered": any(request.GET.get(key) for key in ("q", "theme", "size")),
    }
    return render(request, "networks/alike.html", context)


def _years(programme: Programme) -> list[int]:
    last = max(last_day(programme, timezone.localdate()).year, programme.starts_on.year)
    return list(range(last, programme.starts_on.year - 1, -1))


def _covered(request, programme: Programme, data):
    years = _years(programme)
    form = CoverageFilterForm(
        data,
        years=years,
        networks=networks_to_choose(programme, request.user),
        advisers=coverage.advisers_of(programme),
    )
    asked = form.asked()
    day = day_asked(form, programme)
    year = asked.get("year") or day.year
    rows = coverage.coverage_rows(
        looked_after(request.user).filter(programme=programme),
        Visit.objects.visible_to(request.user),
        Contact.objects.visible_to(request.user),
        year=year,
        day=day,
        search=asked.get("q", ""),
        network=asked.get("network", ""),
        adviser=asked.get("adviser", ""),
        without=asked.get("without", False),
        sort=asked.get("sort") or "since",
    )
    return form, year, day, rows


@requires("follow_up.edit")
def coverage_list(request, slug: str):
    programme = visible_programme(request, slug)
    data = with_day(request.GET, programme)
    if not data.get("year"):
        data["year"] = data["on"][:4]
    form, year, day, rows = _covered(request, programme, data)
    columns = [
        ("participant", _("Participant")),
        ("network", _("Network")),
        ("adviser", _("Adviser")),
        ("visits", _("Visits in %(year)s") % {"year": year}),
        ("since", _("Last contact")),
    ]
    context = {
        "programme": programme,
        "form": form,
        "year": year,
        "day": day,
        "rows": rows,
        "without": sum(not row.visits for row in rows),
        "by_adviser": coverage.sums_by(rows, coverage.adviser_names),
        "by_network": coverage.sums_by(rows, coverage.network_names),
        "counts": activity.visit_counts(programme),
        "openable": openable_among(request.user, [row.participation for row in rows]),
        "headings": headings(request, columns, request.GET.get("sort") or "since", numbers={"visits"}),
        "query": request.GET.urlencode(),
        "filtered": any(request.GET.get(key) for key in FILTERS),
    }
    return render(request, "networks/coverage.html", context)


@requires("follow_up.edit")
def coverage_export(request, slug: str, form: str):
    programme = visible_programme(request, slug)
    _form, year, day, rows = _covered(request, programme, request.GET)
    columns = [
        "participant",
        "municipality_number",
        "networks",
        "advisers",
        "year",
        "visits",
        "last_contact_on",
        "last_contact",
        "days_since",
        "as_of",
    ]
    lines = (
        (
            row.participation.name,
            row.participation.municipality.number if row.participation.municipality else "",
            row.network_names,
            row.adviser_names,
            year,
            row.visits,
            row.last.on if row.last else None,
            row.last.kind if row.last else None,
            row.days_since,
            day,
        )
        for row in rows
    )
    return list_file(f"{programme.slug}-coverage-{year}", form, columns, lines)
