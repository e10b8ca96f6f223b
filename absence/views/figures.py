"""A municipality's figures, and where each comes from."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from municipalities.models import Municipality
from municipalities.permissions import may, requires

from .. import queries
from ..calculations.periods import Period
from ..calculations.rates import points
from ..models import Source
from ..queries.labels import mark_label, slice_label
from ..queries.shown import format_percent, format_points
from .line_chart import Line, line_chart
from .overview import chart_rows


def _visible(request, number: str) -> Municipality:
    visible = Municipality.objects.visible_to(request.user).select_related("county")
    found = visible.filter(number=number).order_by("-valid_from").first()
    if found is None:
        raise Http404(number)
    return found


@requires("absence.view")
def municipality(request, number: str):
    """The municipality against its networks and the country."""
    found = _visible(request, number)
    return render(request, "absence/municipality.html", {"municipality": found, **_series(found)})


@requires("absence.view")
def municipality_series(request, number: str):
    """The same as a piece of the municipality's own page."""
    found = _visible(request, number)
    return render(request, "absence/_municipality_series.html", {"municipality": found, **_series(found)})


def _series(found: Municipality) -> dict:
    own = queries.municipality_series(found)
    networks = queries.networks_of(found)
    names = {"all": _("The country"), **networks}
    groups = queries.group_series(names)
    figures = {period: one.rate if one else None for period, one in own.figures.items()}
    lines = [Line(found.norwegian_name, figures, is_accent=True)]
    lines += [
        Line(names[key], {period: one.rate for period, one in groups[key].figures.items() if period in figures})
        for key in names
        if key in groups
    ]
    if not any(rate is not None for rate in figures.values()):
        return {"sentence": "", "chart": None}
    title = _("Four-quarter absence in %(place)s, percent") % {"place": found.norwegian_name}
    last = max(period for period, rate in figures.items() if rate is not None)
    vintage = queries.vintage_of(own.source, [last])
    return {
        "sentence": _sentence(found, last, figures, groups),
        "chart": {"title": title, "svg": line_chart(lines, title), **chart_rows(lines)},
        "source": queries.source_line(own.source, last.label(), vintage),
        "periods": sorted((period for period in figures), reverse=True)[:8],
        "quarters": [Period(quarter) for quarter in sorted(queries.quarter_series(found), reverse=True)[:8]],
    }


def _sentence(found: Municipality, last: Period, figures: dict, groups: dict) -> str:
    rate = figures[last]
    country = groups["all"].figures.get(last) if "all" in groups else None
    before = figures.get(Period(last.first - last.quarters, last.quarters))
    parts = [
        _("%(place)s had %(rate)s percent absence in %(period)s")
        % {"place": found.norwegian_name, "rate": format_percent(rate), "period": last.label()}
    ]
    if country:
        parts.append(_("the country %(rate)s") % {"rate": format_percent(country.rate)})
    if before is not None:
        change = format_points(points(before, rate))
        parts.append(_("a change of %(points)s percentage points in a year") % {"points": change})
    return ", ".join(parts) + "."


@requires("absence.view")
def figure(request, number: str, period: Period):
    """Where the figures of a municipality and a period come from: every vintage, with file, row and correction."""
    found = _visible(request, number)
    source = request.GET.get("source", Source.PAI)
    rows = queries.figure_origins(request.user, found, source, period)
    if not rows:
        raise Http404(str(period))
    context = {
        "municipality": found,
        "period": period,
        "source": Source(source).label,
        "figures": [
            {
                "origin": one,
                "figure": one.figure,
                "part": _part_label(one.figure),
                "rate": format_percent(one.percent),
                "mark": mark_label(one.figure.mark),
            }
            for one in rows
        ],
        "hides": any(one.is_hidden for one in rows),
        "may_open": may(request.user, "absence.import"),
    }
    return render(request, "absence/figure.html", context)


def _part_label(figure) -> str:
    return slice_label(figure.sector, figure.sex, figure.absence_type) or _("the whole municipality")
