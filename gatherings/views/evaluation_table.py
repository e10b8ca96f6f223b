"""All evaluations of a programme side by side, and the table of themes."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from gatherings.evaluation_resources import table_of_evaluations
from gatherings.forms.evaluation_filters import EvaluationFilter
from gatherings.queries.counts import themes_by_gathering
from gatherings.queries.evaluation_table import EvaluationRow, evaluation_table, shares_of_four_or_better
from municipalities.permissions import requires
from municipalities.views.lists import FORMS, file_of, headings

from .access import visible_programme

NUMBERS = {"met", "relevance", "knowledge", "n"}
SORTS = {
    "name": lambda row: row.label.casefold(),
    "cohort": lambda row: row.audience.casefold(),
    "when": lambda row: row.first,
    "met": lambda row: row.met_percent,
    "relevance": lambda row: row.relevance,
    "knowledge": lambda row: row.knowledge,
    "n": lambda row: row.n,
}


def _asked(request, slug: str):
    programme = visible_programme(request, slug)
    every = evaluation_table(programme)
    form = EvaluationFilter(request.GET, rows=every, cohorts=programme.cohorts.order_by("position"))
    asked = form.asked()
    return programme, form, _sorted(_narrowed(programme, every, asked), asked.get("sort", "when"))


def _narrowed(programme, rows: list[EvaluationRow], asked: dict) -> list[EvaluationRow]:
    year, kind, cohort = asked.get("year"), asked.get("kind"), asked.get("cohort")
    if year:
        rows = [row for row in rows if int(year) == row.year or (row.first and row.first.year == int(year))]
    if kind:
        rows = [row for row in rows if row.kind == kind]
    return [row for row in rows if cohort in row.cohorts] if cohort else rows


def _sorted(rows: list[EvaluationRow], sort: str) -> list[EvaluationRow]:
    """By the column asked for; what is missing comes last in both directions."""
    key = SORTS.get(sort.lstrip("-"), SORTS["when"])
    known = sorted((row for row in rows if key(row) is not None), key=key, reverse=sort.startswith("-"))
    return known + [row for row in rows if key(row) is None]


@requires("gatherings.edit")
def evaluations(request, slug: str):
    """Gathering, expectations, relevance, new knowledge, n: as the appendix of the report for 2008."""
    programme, form, rows = _asked(request, slug)
    columns = [
        ("name", _("Gathering")),
        ("cohort", _("For")),
        ("when", _("When")),
        ("met", _("Expectations met, yes (per cent)")),
        ("relevance", _("Relevant themes (mean)")),
        ("knowledge", _("New knowledge (mean)")),
        ("n", _("Answers")),
    ]
    asked = form.asked()
    year = int(asked["year"]) if asked.get("year") else None
    context = {
        "programme": programme,
        "form": form,
        "rows": rows,
        "published_count": sum(row.is_published for row in rows),
        "shares": shares_of_four_or_better(programme, year=year),
        "headings": headings(request, columns, asked.get("sort", "when"), numbers=NUMBERS),
        "filtered": bool(set(asked) - {"sort"}),
        "query": request.GET.urlencode(),
    }
    return render(request, "gatherings/evaluation/evaluations.html", context)


@requires("gatherings.edit")
def evaluations_export(request, slug: str, form: str):
    if form not in FORMS:
        raise Http404(form)
    programme, _filter, rows = _asked(request, slug)
    return file_of(table_of_evaluations(rows), form, f"{programme.slug}-evaluations")


@requires("gatherings.edit")
def themes(request, slug: str):
    """Which themes each gathering took up."""
    programme = visible_programme(request, slug)
    names, rows = themes_by_gathering(programme)
    counts = [sum(crosses[at] for _gathering, crosses in rows) for at in range(len(names))]
    context = {"programme": programme, "themes": names, "rows": rows, "counts": counts}
    return render(request, "gatherings/evaluation/themes.html", context)
