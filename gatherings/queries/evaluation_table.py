"""Evaluations side by side: the appendix of the annual report, with what is reckoned here and what is only printed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from programmes.models import Programme

from ..calculations.evaluation import HIDDEN, Result, mean, scale_result, shown, yes_no_result
from ..models import Evaluation, EvaluationQuestion, Gathering, PublishedEvaluation
from .calendar import audience_of, with_audience

Measure, Standard = PublishedEvaluation.Measure, EvaluationQuestion.Standard
MEANS = (Measure.MET_EXPECTATIONS, Measure.RELEVANCE, Measure.NEW_KNOWLEDGE)
SHARES = (Measure.RELEVANCE_GOOD, Measure.NEW_KNOWLEDGE_GOOD)
STANDARDS = (Standard.MET_EXPECTATIONS, Standard.RELEVANCE, Standard.NEW_KNOWLEDGE)


@dataclass(frozen=True)
class EvaluationRow:
    """An evaluated gathering. Percent and means have one decimal; None is missing, or held back when ``is_hidden``.

    ``first`` is the first day, of a published row the first of the month. ``n`` is how many answered; no source prints
    it, so published rows have none. ``year`` is of the report, else of the gathering.
    """

    label: str
    audience: str
    kind: str
    first: date | None
    year: int
    met_percent: Decimal | None
    relevance: Decimal | None
    knowledge: Decimal | None
    n: int | None
    is_published: bool
    source: str
    remark: str = ""
    is_hidden: bool = False
    gathering: Gathering | None = None
    cohorts: tuple[str, ...] = ()

    @property
    def when(self) -> str:
        if self.first is None:
            return ""
        return date_format(self.first, "F Y" if self.is_published else "DATE_FORMAT")

    @property
    def kind_label(self) -> str:
        return str(Gathering.Kind(self.kind).label) if self.kind else ""


def evaluation_table(programme: Programme, year: int | None = None) -> list[EvaluationRow]:
    """Published and reckoned rows in order of time. Of a year: held in it, or printed in its report. Six queries."""
    rows = [*_published_rows(programme), *(row for row, _results in _reckoned(programme))]
    wanted = [row for row in rows if year is None or year == row.year or (row.first and row.first.year == year)]
    return sorted(wanted, key=lambda row: (row.first is None, row.first or date.min))


def _published(programme: Programme, measures: Iterable[str]) -> dict[str, dict[str, PublishedEvaluation]]:
    """What is printed, by item and measure."""
    found: dict[str, dict[str, PublishedEvaluation]] = {}
    rows = programme.published_evaluations.filter(measure__in=measures)
    for one in rows.select_related("cohort", "gathering__programme"):
        found.setdefault(one.item, {})[one.measure] = one
    return found


def _value(values: dict[str, PublishedEvaluation], measure: str) -> Decimal | None:
    return values[measure].value if measure in values else None


def _published_rows(programme: Programme) -> Iterable[EvaluationRow]:
    for values in _published(programme, MEANS).values():
        one = next(iter(values.values()))
        met, relevance, knowledge = (_value(values, measure) for measure in MEANS)
        yield EvaluationRow(
            label=one.label_text,
            audience=_cohort_words(one),
            kind=one.kind,
            first=one.month,
            year=one.year,
            met_percent=met,
            relevance=relevance,
            knowledge=knowledge,
            n=None,
            is_published=True,
            source=one.source,
            remark=_remarks(values.values()),
            gathering=one.gathering,
            cohorts=(one.cohort.slug,) if one.cohort else (),
        )


def _cohort_words(one: PublishedEvaluation) -> str:
    return one.cohort.name if one.cohort else _("the whole programme")


def _remarks(values: Iterable[PublishedEvaluation]) -> str:
    return " ".join(dict.fromkeys(one.remark_text for one in values if one.remark_text))


Three = tuple[Result, Result, Result]


def _reckoned(programme: Programme) -> list[tuple[EvaluationRow, Three]]:
    """Closed evaluations of the portal, each with the results of the three standard questions, held back where few."""
    closed = Evaluation.objects.closed(timezone.localdate()).filter(gathering__programme=programme)
    gatherings = with_audience(Gathering.objects.filter(evaluation__in=closed)).in_order()
    evaluations = {one.gathering_id: one for one in closed.prefetch_related("questions", "answers")}
    return [_reckoned_row(one, _three(evaluations[one.pk])) for one in gatherings]


def _three(evaluation: Evaluation) -> Three:
    ids = {one.standard: str(one.pk) for one in evaluation.questions.all()}
    answers = [one.values for one in evaluation.answers.all()]
    given = {name: [answer[ids[name]] for answer in answers if ids.get(name) in answer] for name in STANDARDS}
    met, relevance, knowledge = (given[name] for name in STANDARDS)
    return shown(yes_no_result(met)), shown(scale_result(relevance)), shown(scale_result(knowledge))


def _reckoned_row(gathering: Gathering, results: Three) -> tuple[EvaluationRow, Three]:
    met, relevance, knowledge = results
    row = EvaluationRow(
        label=gathering.title_text,
        audience=audience_of(gathering),
        kind=gathering.kind,
        first=gathering.starts_on,
        year=gathering.starts_on.year,
        met_percent=met.yes_percent,
        relevance=relevance.mean,
        knowledge=knowledge.mean,
        n=met.n,
        is_published=False,
        source=_("answers in Pulje"),
        is_hidden=HIDDEN in results,
        gathering=gathering,
        cohorts=tuple(one.slug for one in gathering.cohorts.all()),
    )
    return row, results


@dataclass(frozen=True)
class ShareRow:
    """Per cent who gave 4 or better. ``n`` is how many answers are behind a reckoned row, None of a published one."""

    label: str
    audience: str
    relevance_percent: Decimal | None
    knowledge_percent: Decimal | None
    n: int | None
    is_published: bool
    source: str
    remark: str = ""


def shares_of_four_or_better(programme: Programme, year: int | None = None) -> list[ShareRow]:
    """Published shares, then those reckoned of each cohort's gatherings together. Seven queries.

    Only gatherings whose own results are shown are taken together, so that the sum tells no more than its parts.
    """
    rows = []
    for values in _published(programme, SHARES).values():
        one = next(iter(values.values()))
        if year in (None, one.year):
            relevance, knowledge = (_value(values, measure) for measure in SHARES)
            words = (one.label_text, _cohort_words(one))
            rows.append(ShareRow(*words, relevance, knowledge, None, True, one.source, _remarks(values.values())))
    found = [pair for pair in _reckoned(programme) if year in (None, pair[0].year) and not pair[0].is_hidden]
    cohorts = [(one.slug, one.name) for one in programme.cohorts.order_by("position")] if found else []
    for slug, name in cohorts:
        pairs = [results for row, results in found if slug in row.cohorts]
        if pairs:
            rows.append(_share(name, pairs))
    return rows


def _share(name: str, results: list[Three]) -> ShareRow:
    relevance, knowledge = (_together([three[at] for three in results]) for at in (1, 2))
    return ShareRow(
        _("Gatherings evaluated in Pulje"),
        name,
        relevance.good_percent,
        knowledge.good_percent,
        relevance.n,
        False,
        _("answers in Pulje"),
    )


def _together(results: Iterable[Result]) -> Result:
    """All answers as of one gathering."""
    sums = [sum(counts) for counts in zip(*(one.counts for one in results if one.counts), strict=True)]
    return scale_result(score for score, count in enumerate(sums, start=1) for _answer in range(count))


@dataclass(frozen=True)
class CourseItem:
    label: str
    mean: Decimal | None
    remark: str
    source: str


@dataclass(frozen=True)
class CourseEvaluations:
    """Printed means of the courses; ``reckoned`` is the mean of those, ``stated`` what a source says it is."""

    items: list[CourseItem]
    stated: list[CourseItem]
    scale: str = "1–6"
    reckoned: Decimal | None = field(default=None)

    @property
    def differs(self) -> bool:
        return any(one.mean != self.reckoned for one in self.stated)


def course_evaluations(programme: Programme, year: int | None = None) -> CourseEvaluations:
    """The printed means of the course evaluations and their mean, beside the one stated. One query."""
    found = programme.published_evaluations.filter(measure__in=(Measure.COURSE_ITEM, Measure.COURSE_MEAN))
    rows = [one for one in found if year in (None, one.year)]
    items = {
        measure: [
            CourseItem(one.label_text, one.value, one.remark_text, one.source) for one in rows if one.measure == measure
        ]
        for measure in (Measure.COURSE_ITEM, Measure.COURSE_MEAN)
    }
    values = [one.mean for one in items[Measure.COURSE_ITEM] if one.mean is not None]
    return CourseEvaluations(items[Measure.COURSE_ITEM], items[Measure.COURSE_MEAN], reckoned=mean(values))
