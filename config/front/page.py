"""The front page: what waits, where the programme stands, and what is one's own; each role its parts."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from absence.calculations.periods import Period
from absence.calculations.rates import Absence, format_percent, points
from absence.views.line_chart import Line, line_chart
from absence.views.overview import chart_rows
from gatherings.queries.calendar import next_gatherings, public_gatherings
from municipalities.models import Municipality
from municipalities.permissions import Role, may
from networks.models import Network, NetworkPost
from programmes.models import Programme
from programmes.queries.committees import coming_meetings
from reporting.models import Edition
from reporting.states import PUBLISHED

from .absence import group_series, municipality_series
from .numbers import absence_numbers, active_by_programme, day_of, people_numbers

RECENT = 5
LEADERS = {Role.PROJECT_LEADER, Role.NETWORK_LEADER}


@dataclass(frozen=True)
class Chart:
    """What ``components/figure.html`` shows."""

    title: str
    svg: SafeString
    columns: list[dict]
    rows: list[dict]


@dataclass(frozen=True)
class OwnMunicipality:
    municipality: Municipality
    chart: Chart | None
    sentence: str


def programme_part(user, programme: Programme) -> dict:
    """The five numbers and the one chart; those about absence only where there are figures and one may see them."""
    numbers = people_numbers(programme)
    if not may(user, "absence.view"):
        return {"numbers": numbers, "numbers_on": day_of(programme)}
    series = group_series(f"in:{programme.slug}", f"outside:{programme.slug}")
    return {
        "numbers": numbers + absence_numbers(programme, series),
        "numbers_on": day_of(programme),
        "chart": comparison_chart(programme, series),
    }


def comparison_chart(programme: Programme, series: dict) -> Chart | None:
    named = {
        programme.short_name: series.get(f"in:{programme.slug}", {}),
        _("The others"): series.get(f"outside:{programme.slug}", {}),
    }
    title = _("Absence in the programme and in the other municipalities, percent of possible workdays")
    return chart(title, named) if all(named.values()) else None


def chart(title: str, named: dict[str, dict[Period, Absence]]) -> Chart | None:
    """A chart of the series, the first in the accent colour, the last window marked, with its figures as a table."""
    named = {name: figures for name, figures in named.items() if figures}
    if not named:
        return None
    lines = [
        Line(name, {period: figure.rate for period, figure in figures.items()}, is_accent=at == 0)
        for at, (name, figures) in enumerate(named.items())
    ]
    return Chart(title, line_chart(lines, title, mark_last=True), **chart_rows(lines))


def rate_of(figures: dict[Period, Absence], period: Period):
    return figures[period].rate if period in figures else None


def leader_part(user, programme: Programme) -> dict:
    """The networks with their people; of a project leader also the municipality against network and country."""
    networks = networks_of(user, programme)
    own = [one.municipality_id for one in user.current_roles if one.role == Role.PROJECT_LEADER]
    municipality = Municipality.objects.filter(pk__in=own).first() if any(own) else None
    if municipality is None:
        return {"networks": networks}
    return {"networks": networks, "own": own_municipality(municipality, networks, programme)}


def networks_of(user, programme: Programme) -> list[Network]:
    """The networks one may see in the programme, each with ``people``: its adviser and leader today. Two queries."""
    posts = NetworkPost.objects.valid_on(timezone.localdate()).select_related("user")
    found = Network.objects.visible_to(user).filter(programme=programme)
    return list(found.prefetch_related(Prefetch("posts", posts, to_attr="people")))


def own_municipality(municipality: Municipality, networks: list[Network], programme: Programme) -> OwnMunicipality:
    keys = {f"network:{programme.slug}:{one.slug}": _("Your network") for one in networks[:1]} | {
        "all": _("The country")
    }
    groups = group_series(*keys)
    own = municipality_series(municipality.pk)
    named = {municipality.name: own, **{name: groups[key] for key, name in keys.items() if key in groups}}
    title = _("Absence in %(place)s, percent of possible workdays") % {"place": municipality}
    return OwnMunicipality(municipality, chart(title, named) if own else None, sentence(municipality, own, groups))


def sentence(municipality: Municipality, own: dict[Period, Absence], groups: dict) -> str:
    """Where the municipality stands, in words; empty without figures."""
    if not own:
        return ""
    period = max(own)
    values = {"place": municipality, "rate": format_percent(own[period].rate), "period": period.label()}
    country = rate_of(groups.get("all", {}), period)
    if country is None:
        return _("%(place)s had %(rate)s percent absence in %(period)s.") % values
    difference = points(country, own[period].rate)
    values["points"] = format_percent(abs(difference))
    if values["points"] == format_percent(0 * difference):
        return _("%(place)s had %(rate)s percent absence in %(period)s, the same as the country.") % values
    if difference < 0:
        text = _(
            "%(place)s had %(rate)s percent absence in %(period)s, %(points)s percentage points below the country."
        )
    else:
        text = _(
            "%(place)s had %(rate)s percent absence in %(period)s, %(points)s percentage points above the country."
        )
    return text % values


def gatherings_part(user) -> dict:
    """The coming gatherings that concern the reader; nothing for those whom none are made for."""
    if not (user.roles & LEADERS or may(user, "gatherings.view_all")):
        return {}
    return {"gatherings": next_gatherings(user, timezone.localdate())}


def public_gatherings_part(user) -> dict:
    return {"gatherings": public_gatherings(user, timezone.localdate())}


def meetings_part(user) -> dict:
    """The coming meetings of the committees in which one has a seat, with their papers; one query."""
    return {"meetings": coming_meetings(user, timezone.localdate())}


def reports_part(user) -> dict:
    """The newest published reports one may see; of the newest also its findings. One query."""
    published = Edition.objects.visible_to(user).filter(state=PUBLISHED).without_data()
    found = list(published.select_related("programme").order_by("-published_at")[:RECENT])
    return {"newest_report": found[0], "reports": found[1:]} if found else {}


def public_part(programmes: list[Programme]) -> dict:
    """The programmes with how many take part, and on which day they are counted; one query."""
    counts = active_by_programme(programmes)
    return {"programmes": [(one, counts[one.pk], day_of(one)) for one in programmes]}
