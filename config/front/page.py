"""The front page: what waits, where the programme stands, and what is one's own; each role its parts."""

from dataclasses import dataclass, field

from django.db.models import FilteredRelation, Q
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from absence.calculations.periods import Period
from absence.calculations.rates import Absence, points
from absence.queries.shown import format_percent
from absence.views.line_chart import Line, line_chart
from absence.views.overview import chart_rows
from gatherings.queries.calendar import next_gatherings, public_gatherings
from municipalities.models import Municipality
from municipalities.permissions import Role, may
from networks.models import Network, NetworkPost
from programmes.models import Programme
from programmes.queries import last_day
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


@dataclass(frozen=True)
class InPost:
    """Who looks after a network, as what."""

    post: str
    name: str
    phone: str


@dataclass(frozen=True)
class OwnNetwork:
    slug: str
    name: str
    people: list[InPost] = field(default_factory=list)


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
    own = [one.municipality for one in user.current_roles if one.role == Role.PROJECT_LEADER and one.municipality]
    return {"networks": networks, **({"own": own_municipality(own[0], networks, programme)} if own else {})}


def networks_of(user, programme: Programme) -> list[OwnNetwork]:
    """The networks one may see in the programme, each with its adviser and leader. One query.

    As on the page of a municipality: today, or on the last day of a programme that has ended.
    """
    day = last_day(programme, timezone.localdate())
    begun = Q(posts__starts_on__isnull=True) | Q(posts__starts_on__lte=day)
    lasts = Q(posts__ends_on__isnull=True) | Q(posts__ends_on__gte=day)
    # By key, so that the posts joined are not only those that make the networks visible.
    found = Network.objects.filter(programme=programme, pk__in=Network.objects.visible_to(user).values("pk"))
    rows = found.annotate(post=FilteredRelation("posts", condition=begun & lasts)).order_by(
        "cohort__position", "number", "name", "pk", "post__kind", "post__starts_on"
    )
    networks: dict[str, OwnNetwork] = {}
    for slug, name, kind, *who in rows.values_list(
        "slug", "name", "post__kind", "post__user__name", "post__user__email", "post__user__phone"
    ):
        network = networks.setdefault(slug, OwnNetwork(slug, name))
        if kind:
            network.people.append(InPost(str(NetworkPost.Kind(kind).label), who[0] or who[1], who[2]))
    return list(networks.values())


def own_municipality(municipality: Municipality, networks: list[OwnNetwork], programme: Programme) -> OwnMunicipality:
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
