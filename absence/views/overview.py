"""A programme's absence against the others: the chart, and the tables that the reports print."""

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from municipalities.fragments import quick_when_unchanged
from municipalities.permissions import requires
from municipalities.queries.register import thousands
from programmes.models import Programme

from .. import queries
from ..queries.labels import COLUMNS
from ..queries.shown import format_percent, format_points
from ..queries.tables import AbsenceTable
from .line_chart import Line, line_chart


@requires("absence.view")
@quick_when_unchanged
def overview(request, slug: str):
    programme = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    request.programme_slug = programme.slug
    ground = queries.Ground(programme)
    groups = _groups(programme)
    rates = ground.load({*ground.compared_periods(), *ground.first_years()}, groups)
    comparison = queries.comparison(programme, ground=ground)
    context = {
        "programme": programme,
        "vintage": ground.newest_vintage,
        "chart": _chart(groups, rates),
        "is_before": _is_before(programme, comparison),
        "tables": [
            shown_table(_("All, outside and in the programme"), comparison),
            shown_table(_("Cohorts"), queries.groups_table(programme, ground=ground)),
            shown_table(_("Size and absence"), queries.size_association(programme, ground=ground)),
        ]
        if comparison.vintage
        else [],
    }
    return render(request, "absence/overview.html", context)


def _is_before(programme: Programme, table: AbsenceTable) -> bool:
    """No figure is from the programme's own time yet."""
    return bool(table.periods) and all(period.ends_on < programme.starts_on for period in table.periods)


def _groups(programme: Programme) -> dict[str, str]:
    return {
        f"in:{programme.slug}": _("In the programme"),
        f"outside:{programme.slug}": _("Outside"),
        "all": _("All"),
    }


def _chart(names: dict[str, str], rates: dict) -> dict:
    lines = [Line(name, rates[key], key.startswith("in:")) for key, name in names.items() if key in rates]
    title = _("Four-quarter absence, percent: in the programme, outside it and in all municipalities")
    return {"title": title, "svg": line_chart(lines, title), **chart_rows(lines)}


def chart_rows(lines: list[Line]) -> dict:
    periods = sorted({period for line in lines for period in line.rates})
    columns = [{"label": _("Period")}, *({"label": line.name, "number": True} for line in lines)]
    rows = [
        {"cells": [period.label(), *(format_percent(line.rates.get(period)) for line in lines)], "numbers": True}
        for period in periods
    ]
    return {"columns": columns, "rows": rows}


def shown_table(caption: str, table: AbsenceTable) -> dict:
    """A table with its values as text: one decimal, changes with their sign, people as whole numbers."""
    headings = [_heading(table, at) for at in range(len(table.columns))]
    columns = [{"label": _("Group")}, *({"label": one, "number": True} for one in headings)]
    columns.append({"label": _("Municipalities"), "number": True})
    rows = []
    for row in table.rows:
        cells = [_text(column, value) for column, value in zip(table.columns, row.values, strict=True)]
        rows.append({"cells": [row.label, *cells, _of(row)], "numbers": True})
    return {
        "caption": caption,
        "columns": columns,
        "rows": rows,
        "notes": table.notes,
        "source": table.source_line,
    }


def _heading(table: AbsenceTable, at: int) -> str:
    if at < len(table.periods) and table.columns[at] == str(table.periods[at]):
        return table.periods[at].label()
    return _(COLUMNS[table.columns[at]])


def _text(column: str, value) -> str:
    if column == "change":
        return format_points(value)
    if column == "mean_size":
        return thousands(None if value is None else round(value))
    return format_percent(value)


def _of(row) -> str:
    if row.n is None:
        return ""
    return str(row.n) if row.n == row.n_total else _("%(n)s of %(total)s") % {"n": row.n, "total": row.n_total}
