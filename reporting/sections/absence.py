"""The absence sections: the programme against the others, groups, size, and the focus municipalities."""

from dataclasses import replace
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from absence.calculations.periods import Period, quarter_index
from absence.calculations.rates import points, rounded
from absence.charts.lines import Line, programme_against_others
from absence.charts.rows import Row as ChartRow
from absence.charts.rows import group_bars
from absence.queries import AbsenceTable, Row, groups_table, size_association
from absence.queries import comparison as compared
from absence.queries.series import group_series
from municipalities.models import Municipality
from reporting.printed import differences, differences_table, notes, unexplained
from reporting.scope import Scope
from reporting.section_data import Fact, Figure, SectionData
from reporting.tables import Column, Table

WINDOW = 4
SERIES_YEARS = 5
FEW = 3  # notes under a table
CHART_WIDTH, CHART_HEIGHT = 480, 240  # pixels: the print's text column, so that words in a chart are as large as a note


def comparison(scope: Scope) -> SectionData:
    """All municipalities, those outside and those in the programme, on the same municipalities in all periods."""
    found = compared(scope.programme, year_windows(scope), as_of=scope.vintage)
    if not found.n_reporting:
        return SectionData(notes=(_("No absence figures are released for these periods yet."),))
    columns = (*period_columns(found.periods), change_column(), count_column())
    rows = [
        table_row(row, found.periods) | {"change": text(points(row.values[0], row.values[-1]))} for row in found.rows
    ]
    table = absence_table("comparison", _("Absence in and outside the programme"), columns, rows, found)
    return with_printed(
        scope,
        "4.6" if scope.year is None else "",
        SectionData(
            tables=(table,),
            figures=(programme_chart(scope, found),),
            facts=comparison_facts(found),
            notes=(_("An association is not a cause: the figures do not show why absence changes."),),
        ),
    )


def comparison_facts(found: AbsenceTable) -> dict[str, Fact]:
    inside, outside = found.row("in"), found.row("outside")
    source = source_of(found)
    gaps = [points(outside.values[place], inside.values[place]) for place in (0, -1)]
    return {
        "in_first": Fact(
            text(inside.values[0]), "percent", inside.n, source, label=_("In the programme, first period")
        ),
        "in_last": Fact(text(inside.values[-1]), "percent", inside.n, source, label=_("In the programme, last period")),
        "outside_first": Fact(
            text(outside.values[0]), "percent", outside.n, source, label=_("Outside the programme, first period")
        ),
        "outside_last": Fact(
            text(outside.values[-1]), "percent", outside.n, source, label=_("Outside the programme, last period")
        ),
        "in_change": Fact(
            text(points(inside.values[0], inside.values[-1])),
            "points",
            inside.n,
            source,
            label=_("Change in the programme"),
        ),
        "outside_change": Fact(
            text(points(outside.values[0], outside.values[-1])),
            "points",
            outside.n,
            source,
            label=_("Change outside the programme"),
        ),
        "gap_first": Fact(
            text(gaps[0]), "points", found.n_reporting, source, label=_("Gap to the others, first period")
        ),
        "gap_last": Fact(text(gaps[1]), "points", found.n_reporting, source, label=_("Gap to the others, last period")),
    }


def programme_chart(scope: Scope, found: AbsenceTable) -> Figure:
    """Rolling four quarters of the two groups; all municipalities that have the four, so not quite the table's."""
    slug, last = scope.programme.slug, found.periods[-1]
    series = group_series([f"in:{slug}", f"outside:{slug}"], found.source)
    shown = lambda key: {  # noqa: E731
        period: value.rate
        for period, value in series[key].figures.items()
        if last.first - WINDOW * SERIES_YEARS <= period.first <= last.first
    }
    lines = [
        Line(label, shown(key), accent)
        for key, label, accent in (
            (f"in:{slug}", _("In the programme"), True),
            (f"outside:{slug}", _("Outside"), False),
        )
        if key in series
    ]
    spec = programme_against_others(
        lines,
        y_title=_("Percent"),
        x_title=_("The last of four quarters"),
        width=CHART_WIDTH,
        height=CHART_HEIGHT,
        language=language(),
    )
    inside, outside = found.row("in"), found.row("outside")
    return Figure(
        slug="comparison-chart",
        title=_("Absence over four quarters, in and outside the programme"),
        spec=spec,
        alt=_("Line chart. In the last period absence was %(inside)s percent in the programme and %(outside)s outside.")
        % {"inside": shown_number(inside.values[-1]), "outside": shown_number(outside.values[-1])},
        table_slug="comparison",
        source=source_of(found),
        notes=(_("Each point is the sum of four quarters, so neighbours share three of them."),),
    )


def absence_by_group(scope: Scope) -> SectionData:
    """All municipalities and each cohort with the change, and without the one that carries the change."""
    found = groups_table(scope.programme, year_windows(scope), as_of=scope.vintage)
    if not found.n_reporting:
        return SectionData(notes=(_("No absence figures are released for these periods yet."),))
    numbers = dict(Municipality.objects.values_list("pk", "number"))
    columns = (*period_columns(found.periods), change_column(), count_column())
    rows = []
    for row in found.rows:
        *rates, change = row.values
        line = table_row(replace(row, values=tuple(rates)), found.periods) | {"change": text(change)}
        rows.append(line | {"key": with_number(row.key, numbers)})
    table = absence_table("groups", _("Sickness absence in groups of municipalities"), columns, rows, found)
    bars = [
        ChartRow(row.label, row.values[1], row.values[0], accent=row.key != "all")
        for row in found.rows
        if ":without:" not in row.key
    ]
    spec = group_bars(
        bars,
        x_title=_("Percent"),
        now=found.periods[-1].label(),
        before=found.periods[0].label(),
        width=CHART_WIDTH,
        language=language(),
    )
    figure = Figure(
        slug="groups-chart",
        title=_("Sickness absence in groups, two periods"),
        spec=spec,
        alt=_("Bars for each group of municipalities in two periods; the numbers stand in the table."),
        table_slug="groups",
        source=source_of(found),
    )
    source = source_of(found)
    facts = {
        line["key"].replace(":", "-"): Fact(
            line["change"], "points", line["n"], source, label=_("Change: %(group)s") % {"group": line["label"]}
        )
        for line in rows
    }
    data = SectionData(tables=(table,), figures=(figure,), facts=facts)
    return with_printed(scope, "PAI-tall" if scope.year else "", data)


def size_and_absence(scope: Scope) -> SectionData:
    """The 25 largest and the 25 smallest participants: mean absence and mean size."""
    found = size_association(scope.programme, as_of=scope.vintage)
    if not found.n_reporting:
        return SectionData(notes=(_("No absence figures are released for these periods yet."),))
    columns = (
        Column("mean_rate", _("Mean absence, percent"), "percent"),
        Column("mean_size", _("Mean size, inhabitants"), "count"),
        count_column(),
    )
    rows = []
    for row in found.rows:
        values = {name: text(value) for name, value in zip(found.columns, row.values, strict=True)}
        rows.append({"key": row.key, "label": row.label, "n": row.n, **values})
    table = absence_table(
        "size", _("Absence and size, the largest and the smallest participants"), columns, rows, found
    )
    table = replace(table, notes=(*table.notes, _("The difference is in percentage points, from unrounded means.")))
    source = source_of(found)
    facts = {
        "largest": Fact(rows[0]["mean_rate"], "percent", rows[0]["n"], source, label=rows[0]["label"]),
        "smallest": Fact(rows[1]["mean_rate"], "percent", rows[1]["n"], source, label=rows[1]["label"]),
        "difference": Fact(rows[2]["mean_rate"], "points", None, source, label=_("Difference")),
    }
    return with_printed(scope, "4.7", SectionData(tables=(table,), facts=facts))


# --- Parts of the tables ---------------------------------------------------------------------------------------------


def change_column() -> Column:
    return Column("change", _("Change, percentage points"), "points")


def count_column() -> Column:
    return Column("n", _("Municipalities"), "count")


def period_columns(periods: tuple[Period, ...]) -> tuple[Column, ...]:
    return tuple(Column(str(period), period.label(), "percent", group=_("Absence, percent")) for period in periods)


def table_row(row: Row, periods: tuple[Period, ...]) -> dict:
    values = {str(period): text(value) for period, value in zip(periods, row.values, strict=True)}
    return {"key": row.key, "label": row.label, "n": row.n} | values


def absence_table(slug: str, title: str, columns: tuple[Column, ...], rows: list[dict], found: AbsenceTable) -> Table:
    return Table(
        slug=slug,
        title=title,
        columns=(Column("label", _("Group")), *columns),
        rows=tuple(rows),
        notes=found.notes,
        source=source_of(found),
    )


def with_printed(scope: Scope, table_name: str, data: SectionData) -> SectionData:
    """The section with what another report printed otherwise: notes under the table, or a table of them if many."""
    if not table_name:
        return data
    table, *others = data.tables
    found = differences(scope.programme, table_name, table)
    table = replace(table, number=table_name if table_name[0].isdigit() else "")
    if len(found) <= FEW:
        table = replace(table, notes=(*table.notes, *notes(found)))
    else:
        others = [differences_table(f"{table.slug}-printed", found), *others]
    return replace(data, tables=(table, *others), contradictions=(*data.contradictions, *unexplained(found)))


def year_windows(scope: Scope) -> tuple[Period, ...] | None:
    """For the report of a year: four quarters to its third, and the four before, as the report of 2008 compared."""
    if scope.year is None:
        return None
    last = Period(quarter_index(scope.year - 1, 4), WINDOW)
    return Period(last.first - WINDOW, WINDOW), last


def source_of(found: AbsenceTable) -> str:
    """The source line without its first word, which the table sets itself."""
    return found.source_line.removeprefix(_("Source: %(what)s") % {"what": ""})


def with_number(key: str, numbers: dict[int, str]) -> str:
    """``cohort:innsats:without:17`` → ``cohort:innsats:without:0605``: a number outlives a database."""
    start, marker, pk = key.partition(":without:")
    return f"{start}{marker}{numbers[int(pk)]}" if marker else key


def text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.6f}"


def shown_number(value: Decimal | None) -> str:
    shown = "–" if value is None else str(rounded(value))
    return shown if language() == "en" else shown.replace(".", ",")


def language() -> str:
    return (get_language() or "nb")[:2]
