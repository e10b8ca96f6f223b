"""The pages that belong to no room: the frame's own acts, help, and the sign that the portal is up."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from municipalities.actions.people import change_language
from municipalities.permissions import Role, may, requires

from .accessibility import FAULTS, PRINCIPLES
from .frame import LANGUAGE_NAMES, SCHEMES, Frame
from .front import page
from .front import search as finding
from .front.admission import open_rounds_part, own_applications_part
from .front.numbers import day_of
from .gallery import samples

YEAR_SECONDS = 365 * 24 * 3600


@login_not_required
def home(request):
    request.frame = Frame(request)
    user, programme = request.user, request.frame.programme
    values = {"is_secretariat": may(user, "absence.decide")}
    if not user.is_authenticated or not user.roles:
        values |= page.reports_part(user) | page.public_part(request.frame.programmes)
        values |= page.public_gatherings_part(user) | open_rounds_part(user)
        return render(request, "home_public.html", values)
    values["waiting"] = request.frame.waiting  # What is listed need not be counted for the top of the page.
    is_leader = user.roles & page.LEADERS and not values["is_secretariat"]
    values |= page.gatherings_part(user) | own_applications_part(user)
    if Role.STEERING_MEMBER in user.roles:
        values |= page.reports_part(user) | page.meetings_part(user)
        values["awaits_report"] = True
    if programme and is_leader:
        values |= page.leader_part(user, programme)
    elif programme:
        values |= page.programme_part(user, programme)
    return render(request, "home.html", values)


@login_not_required
def health(request):
    """200 when the database answers; load balancers and docker compose ask here."""
    connection.ensure_connection()
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
def help_page(request):
    return render(request, "help.html")


@login_not_required
def accessibility(request):
    return render(request, "accessibility.html", {"principles": PRINCIPLES, "faults": FAULTS})


@login_not_required
@require_POST
def set_appearance(request):
    """Colours, and whether «/» goes to the search: kept in the browser, as they belong to screen and keyboard."""
    answer = HttpResponseRedirect(way_back(request))
    for name, allowed in (("scheme", SCHEMES), ("shortcut", ("on", "off"))):
        if request.POST.get(name) in allowed:
            answer.set_cookie(
                name, request.POST[name], max_age=YEAR_SECONDS, samesite="Lax", secure=request.is_secure()
            )
    return answer


@login_not_required
@require_POST
def set_language(request):
    """The language of the portal: kept with the account, and in the browser for those who have none."""
    answer = HttpResponseRedirect(way_back(request))
    language = request.POST.get("language")
    if language in LANGUAGE_NAMES:
        if request.user.is_authenticated:
            change_language(request.user, language)
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR_SECONDS, samesite="Lax", secure=request.is_secure()
        )
    return answer


def way_back(request) -> str:
    """The page the reader came from, as long as it is one of ours."""
    asked = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if is_ours else reverse("home")


@requires("portal.search")
def search(request):
    text = request.GET.get("q", "").strip()
    return render(request, "search.html", {"searched_for": text, **hits(request, text)})


@requires("portal.search")
def search_suggestions(request):
    text = request.GET.get("q", "").strip()
    found = hits(request, text, at_most=finding.SHORT) if text else {}
    return render(request, "_search_suggestions.html", {"searched_for": text, **found})


def hits(request, text: str, at_most: int = finding.LONG) -> dict:
    """What is found; municipalities of the chosen programme's time come first, or else of today."""
    if not text:
        return {}
    request.frame = Frame(request)
    programme = request.frame.programme
    day = day_of(programme) if programme else timezone.localdate()
    return {
        "programmes": finding.programmes_found(request.user, text),
        "municipalities": finding.municipalities_found(request.user, text, day, at_most),
        "gatherings": finding.gatherings_found(request.user, text, at_most),
    }


def components(request):
    """The parts that pages are built of, for developers."""
    return render(request, "components/gallery.html", samples())
