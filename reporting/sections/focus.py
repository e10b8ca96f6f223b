"""Appendix 6: the focus municipalities by window, reckoned from quarters and as published, with the printed mean."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _

from absence.calculations.periods import Period
from absence.calculations.rates import points
from absence.charts.lines import Line, programme_against_others
from absence.models import StagedFigure
from absence.queries import AbsenceTable, Row, focus_table
from reporting.scope import Scope
from reporting.section_data import Contradiction, Fact, Figure, SectionData, key_of
from reporting.sections.absence import (
    CHART_HEIGHT,
    CHART_WIDTH,
    language,
    period_columns,
    shown_number,
    source_of,
    table_row,
    text,
)
from reporting.tables import CellNote, Column, Table

MARGIN = Decimal("0.1")  # V11: a printed mean may differ this much by rounding


def focus_municipalities(scope: Scope) -> SectionData:
    """Two tables, never mixed, and the file's own mean beside what its figures give."""
    found = focus_table(scope.programme, as_of=scope.vintage)
    if not found.periods:
        return SectionData(notes=(_("No four-quarter windows have been published for these municipalities yet."),))
    reckoned = rows_of(found, "rolled")
    published = [*under_plain_names(rows_of(found, "published"), reckoned), *rows_of(found, "printed")]
    tables = []
    if reckoned:
        title = _("Absence in the focus municipalities, reckoned from quarters")
        tables.append(focus_rows("focus", title, reckoned, found, ()))
    if published:
        title = _("Absence in the focus municipalities, as published")
        tables.append(focus_rows("focus-published", title, published, found, held_notes(published, found)))
    return SectionData(
        tables=tuple(tables),
        figures=tuple(mean_chart(found)),
        facts=focus_facts(found),
        notes=found.notes,
        contradictions=tuple(mean_contradictions(found)),
    )


def rows_of(found: AbsenceTable, basis: str) -> list[Row]:
    return [row for row in found.rows if row.basis == basis]


def under_plain_names(rows: list[Row], named: list[Row]) -> list[Row]:
    """The published rows under the names of the reckoned ones: their table says already that they are published."""
    names = {row.key.split(":")[1]: row.label for row in named}
    return [replace(row, label=names.get(row.key.split(":")[1], row.label)) for row in rows]


def focus_rows(slug: str, title: str, rows: list[Row], found: AbsenceTable, marks: Iterable[CellNote]) -> Table:
    means = tuple(place for place, row in enumerate(rows) if row.key.split(":")[1] in {"mean", "panel", "recomputed"})
    return Table(
        slug=slug,
        title=title,
        columns=(Column("label", _("Municipality")), *period_columns(found.periods)),
        rows=tuple(table_row(row, found.periods) for row in rows),
        source=source_of(found),
        emphasis=means,
        cell_notes=tuple(marks),
        summary=_("Rows are municipalities, columns are periods of four quarters; the last rows are means."),
    )


def held_notes(rows: list[Row], found: AbsenceTable) -> list[CellNote]:
    """Why a published cell is empty: held at the desk, or never printed in a place that can be told."""
    waiting = {
        (unit, Period(first, quarters))
        for unit, first, quarters in StagedFigure.objects.filter(
            held=True, quarters=4, batch__source=found.source
        ).values_list("municipality_id", "first_quarter", "quarters")
    }
    held, missing = _("Held back until an adviser has decided."), _("The source has no figure here.")
    notes = []
    for place, row in enumerate(rows):
        unit = row.key.split(":")[1]
        if not unit.isdigit():
            continue
        for period, value in zip(found.periods, row.values, strict=True):
            if value is None:
                is_held = (int(unit), period) in waiting
                notes.append(
                    CellNote(place, str(period), "held" if is_held else "missing", held if is_held else missing)
                )
    return notes


def mean_chart(found: AbsenceTable):
    """The mean by window, and the mean as the file printed it: the fall at the end is the zero."""
    by_key = {row.key: row for row in found.rows}
    mean = by_key.get("rolled:mean") or by_key.get("published:mean")
    if mean is None:
        return
    lines = [Line(_("Mean"), dict(zip(found.periods, mean.values, strict=True)), True)]
    if "printed:mean" in by_key:
        values = dict(zip(found.periods, by_key["printed:mean"].values, strict=True))
        lines.append(Line(_("Mean as printed"), values))
    yield Figure(
        slug="focus-chart",
        title=_("Mean absence in the focus municipalities"),
        spec=programme_against_others(
            lines,
            y_title=_("Percent"),
            x_title=_("The last of four quarters"),
            width=CHART_WIDTH,
            height=CHART_HEIGHT,
            language=language(),
        ),
        alt=_("Line chart. The mean ends at %(value)s percent.") % {"value": shown_number(mean.values[-1])},
        table_slug="focus",
        source=source_of(found),
        notes=(_("The periods overlap: windows that are neighbours share data."),),
    )


def focus_facts(found: AbsenceTable) -> dict[str, Fact]:
    by_key, source = {row.key: row for row in found.rows}, source_of(found)
    facts = {}
    if mean := by_key.get("rolled:mean"):
        facts["mean_first"] = Fact(text(mean.values[0]), "percent", mean.n, source, label=_("Mean, first period"))
        facts["mean_last"] = Fact(text(mean.values[-1]), "percent", mean.n, source, label=_("Mean, last period"))
        change = points(mean.values[0], mean.values[-1])
        facts["mean_change"] = Fact(text(change), "points", mean.n, source, label=_("Change of the mean"))
        lower = [
            row
            for row in rows_of(found, "rolled")
            if row.key.split(":")[1].isdigit()
            and None not in (row.values[0], row.values[-1])
            and row.values[-1] < row.values[0]
        ]
        facts["lower"] = Fact(
            len(lower), "count", mean.n, source, label=_("Municipalities with lower absence at the end")
        )
    if printed := by_key.get("printed:mean"):
        recomputed = by_key["printed:recomputed"]
        facts["printed_last"] = Fact(text(printed.values[-1]), "percent", None, source, label=_("Mean as printed"))
        facts["recomputed_last"] = Fact(
            text(recomputed.values[-1]), "percent", None, source, label=_("Mean of the file’s figures")
        )
    return facts


def mean_contradictions(found: AbsenceTable):
    """A printed mean that its own figures do not give must be answered before the report is approved."""
    by_key = {row.key: row for row in found.rows}
    if "printed:mean" not in by_key:
        return
    printed, recomputed = by_key["printed:mean"].values, by_key["printed:recomputed"].values
    for period, said, given in zip(found.periods, printed, recomputed, strict=True):
        if said is not None and given is not None and abs(said - given) > MARGIN:
            theirs, ours = shown_number(said), shown_number(given)
            yield Contradiction(
                key=key_of(f"printed-mean-{period}", theirs, ours),
                text=_("The printed mean for %(period)s is %(theirs)s; the figures give %(ours)s.")
                % {"period": period.label(), "theirs": theirs, "ours": ours},
                printed=theirs,
                computed=ours,
            )
