"""Evaluations of gatherings and of courses, printed means beside what is reckoned from answers, and marked so."""

from django.utils.translation import gettext as _

from gatherings.queries import evaluation_table as queries
from gatherings.queries.evaluation_table import EvaluationRow, ShareRow
from reporting.scope import Scope
from reporting.section_data import SectionData
from reporting.sections.gatherings import capital
from reporting.tables import CellNote, Column, Row, Table

EVALUATIONS = "evaluations"


def evaluations(scope: Scope) -> SectionData:
    """Expectations, relevance and new knowledge by gathering, and the share of 4 or better by cohort."""
    rows = queries.evaluation_table(scope.programme, year=scope.year)
    rows = [row for row in rows if row.first is None or row.first <= scope.counted_on]
    shares = queries.shares_of_four_or_better(scope.programme, year=scope.year)
    tables = [_table(rows, scope)] if rows else []
    tables += [_shares_table(shares, scope)] if shares else []
    return SectionData(tables=tuple(tables))


def course_evaluations(scope: Scope) -> SectionData:
    """The printed means of the course evaluations, their mean, and the mean a source states."""
    found = queries.course_evaluations(scope.programme, year=scope.year)
    if not found.items:
        return SectionData()
    rows: list[Row] = [{"question": one.label, "mean": _text(one.mean)} for one in found.items]
    rows.append({"question": _("Mean of the printed scores"), "mean": _text(found.reckoned)})
    notes = []
    for one in found.stated:
        rows.append({"question": one.label, "mean": _text(one.mean)})
        if one.remark:
            notes.append(CellNote(len(rows) - 1, "mean", "note", one.remark))
    table = Table(
        slug="course-evaluations",
        title=_("Evaluation of courses"),
        columns=(Column("question", _("Question")), Column("mean", _("Mean, 1–6"), "decimal")),
        rows=tuple(rows),
        emphasis=tuple(range(len(found.items), len(rows))),
        cell_notes=tuple(notes),
        notes=(_("The scores of the questions are published means, not reckoned here."),),
        source=_sources(one.source for one in [*found.items, *found.stated]),
        summary=_("Mean score of each question of the course evaluations, from 1 to 6."),
    )
    return SectionData(tables=(table,))


def _table(rows: list[EvaluationRow], scope: Scope) -> Table:
    return Table(
        slug=EVALUATIONS,
        title=_("Evaluation of gatherings"),
        columns=(
            Column("gathering", _("Gathering")),
            Column("whom", _("For")),
            Column("when", _("When")),
            Column("met", _("Met expectations, percent"), "percent"),
            Column("relevance", _("Relevant themes, mean"), "decimal"),
            Column("knowledge", _("New knowledge, mean"), "decimal"),
            Column("n", _("Answers, number"), "count"),
        ),
        rows=tuple(
            {
                "gathering": row.label,
                "whom": capital(row.audience),
                "when": row.when,
                "met": _text(row.met_percent),
                "relevance": _text(row.relevance),
                "knowledge": _text(row.knowledge),
                "n": row.n,
            }
            for row in rows
        ),
        cell_notes=tuple(_row_notes(rows)),
        notes=(_("Scores run from 1 to 6. Published means are printed as they stand in the source."),),
        source=_sources(row.source for row in rows),
        vintage=scope.counted_on.isoformat(),
        summary=_("Share whose expectations were met, and mean of relevance and of new knowledge, by gathering."),
    )


def _row_notes(rows: list[EvaluationRow]):
    for at, row in enumerate(rows):
        if row.is_published:
            yield CellNote(
                at, "n", "missing", _("Published mean, not reckoned here: the source has no number of answers.")
            )
        if row.is_hidden:
            yield CellNote(at, "met", "suppressed", _("Held back: fewer than five answers."))
        if row.remark:
            yield CellNote(at, "gathering", "note", row.remark)


def _shares_table(rows: list[ShareRow], scope: Scope) -> Table:
    return Table(
        slug="four-or-better",
        title=_("Share who gave 4 or better"),
        columns=(
            Column("whom", _("For")),
            Column("gatherings", _("Gatherings")),
            Column("relevance", _("Relevant themes, percent"), "percent"),
            Column("knowledge", _("New knowledge, percent"), "percent"),
            Column("n", _("Answers, number"), "count"),
        ),
        rows=tuple(
            {
                "whom": capital(row.audience),
                "gatherings": row.label,
                "relevance": _text(row.relevance_percent),
                "knowledge": _text(row.knowledge_percent),
                "n": row.n,
            }
            for row in rows
        ),
        cell_notes=tuple(CellNote(at, "relevance", "missing", row.remark) for at, row in enumerate(rows) if row.remark),
        notes=(_("Rows without a number of answers are published shares, not reckoned here."),),
        source=_sources(row.source for row in rows),
        vintage=scope.counted_on.isoformat(),
        summary=_("Share who gave 4 or better on relevance and on new knowledge, by cohort."),
    )


def _text(value) -> str | None:
    return None if value is None else str(value)


def _sources(sources) -> str:
    return "; ".join(dict.fromkeys(sources))
