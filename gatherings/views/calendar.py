"""The calendar of a programme: the list, its files, and the feeds that calendars subscribe to."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gatherings.actions.feeds import own_feed, renew_feed
from gatherings.calculations.icalendar import MEDIA_TYPE, Event
from gatherings.calculations.icalendar import calendar as calendar_file
from gatherings.forms.filters import CalendarFilter
from gatherings.models import CalendarFeed, Gathering
from gatherings.queries import calendar as queries
from gatherings.queries.costs import costs
from gatherings.resources import calendar_table, cost_table
from municipalities.permissions import may, requires
from municipalities.views.lists import FORMS, file_of
from networks.models import Network
from networks.names import by_cohort_and_name

from .access import visible_gathering, visible_programme


def _asked(request, slug: str):
    programme = visible_programme(request, slug)
    networks = Network.objects.visible_to(request.user).filter(programme=programme).select_related("cohort")
    form = CalendarFilter(
        request.GET, cohorts=programme.cohorts.order_by("position"), networks=sorted(networks, key=by_cohort_and_name)
    )
    found = Gathering.objects.visible_to(request.user).filter(programme=programme)
    return programme, form, queries.gathering_rows(found, today=timezone.localdate(), **form.asked())


@login_not_required
@requires("gatherings.view")
def gatherings(request, slug: str):
    programme, form, rows = _asked(request, slug)
    context = {
        "programme": programme,
        "form": form,
        "rows": rows,
        "years": queries.by_month(rows),
        "coming": sum(row.gathering.ends_on >= timezone.localdate() for row in rows),
        "filtered": bool(form.asked()),
        "query": request.GET.urlencode(),
        "may_edit": may(request.user, "gatherings.edit"),
        "feed_url": request.build_absolute_uri(reverse("gatherings:feed", args=[slug])),
    }
    return render(request, "gatherings/gatherings.html", context)


@login_not_required
@requires("gatherings.view")
def gatherings_export(request, slug: str, form: str):
    """The list as it is filtered."""
    if form not in FORMS:
        raise Http404(form)
    programme, _filter, rows = _asked(request, slug)
    return file_of(calendar_table(rows), form, f"{programme.slug}-gatherings")


def _calendar(name: str, events: list[Event], file_name: str) -> HttpResponse:
    response = HttpResponse(calendar_file(name, events), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'inline; filename="{file_name}.ics"'
    return response


@login_not_required
@requires("gatherings.view")
def feed(request, slug: str):
    """The programme's public calendar."""
    programme = visible_programme(request, slug)
    return _calendar(programme.name, queries.events_of(queries.public_feed(programme)), programme.slug)


@login_not_required
@requires("gatherings.view")
def gathering_calendar(request, slug: str, gathering: str):
    """One gathering, to put in a calendar by hand; a draft has nothing to put there."""
    found = visible_gathering(request, slug, gathering)
    if found.state == Gathering.State.DRAFT:
        raise Http404(gathering)
    return _calendar(found.title_text, [queries.event_of(found)], found.slug)


@login_not_required
def personal_feed(request, token: str):
    """What concerns the person the address belongs to, in their language. Whoever has the address reads it."""
    found = get_object_or_404(CalendarFeed.objects.select_related("user"), token=token, user__is_active=True)
    with translation.override(found.user.language):
        return _calendar(_("Gatherings"), queries.events_of(queries.feed_for(found.user)), "pulje")


def own_calendar(request):
    """Where one's own address is found, and renewed."""
    path = reverse("gatherings:personal_feed", args=[own_feed(request.user).token])
    return render(request, "gatherings/own_calendar.html", {"address": request.build_absolute_uri(path)})


@require_POST
def renew_own_calendar(request):
    renew_feed(request.user)
    messages.success(request, _("You have a new calendar address. The old one no longer works."))
    return redirect("gatherings:own_calendar")


def _year(request) -> int | None:
    year = request.GET.get("year", "")
    return int(year) if year.isdecimal() and len(year) == 4 else None


@requires("gatherings.edit")
def costs_page(request, slug: str):
    programme = visible_programme(request, slug)
    years = costs(programme)
    chosen = _year(request)
    context = {
        "programme": programme,
        "years": [one for one in years if chosen in (None, one.year)],
        "all_years": [one.year for one in years],
        "chosen": chosen,
        "query": request.GET.urlencode(),
    }
    return render(request, "gatherings/costs.html", context)


@requires("gatherings.edit")
def costs_export(request, slug: str, form: str):
    if form not in FORMS:
        raise Http404(form)
    programme = visible_programme(request, slug)
    return file_of(cost_table(costs(programme, year=_year(request))), form, f"{programme.slug}-gathering-costs")
