"""Evaluations as files, with the same held back as on the pages."""

from django.utils.translation import gettext as _
from tablib import Dataset

from municipalities.resources import neutral

from .queries.evaluation import Results
from .queries.evaluation_table import EvaluationRow

RESULTS = ("question", "group", "n", "mean", "share_4_or_better_percent", "share_yes_percent", "answer", "count")
EVALUATIONS = ("when", "gathering", "for", "kind", "expectations_met_percent", "relevance_mean", "new_knowledge_mean")
EVALUATIONS += ("n", "reckoned", "source", "remark")


def results_table(results: Results) -> Dataset:
    """A line for each question, each of its options, each group, and each free text; empty is held back or missing."""
    table = Dataset(headers=RESULTS)
    for one in results.questions:
        label, result = neutral(one.question.label), one.result
        table.append([label, "", *_numbers(result), "", ""])
        for option, count, _percent in one.rows:
            table.append([label, "", "", "", "", "", neutral(option), count])
        for text in one.texts:
            table.append([label, "", "", "", "", "", neutral(text), ""])
    for grouping in results.groupings:
        for crossing in grouping.crossings:
            for line in crossing.lines:
                label = neutral(crossing.question.label)
                table.append([label, neutral(line.label), *_numbers(line.result), "", ""])
    return table


def _numbers(result) -> list:
    return [
        "" if value is None else value for value in (result.n, result.mean, result.good_percent, result.yes_percent)
    ]


def table_of_evaluations(rows: list[EvaluationRow]) -> Dataset:
    table = Dataset(headers=EVALUATIONS)
    for row in rows:
        texts = (row.label, row.audience, row.kind_label)
        numbers = (row.met_percent, row.relevance, row.knowledge, row.n)
        table.append(
            [
                row.first.isoformat()[: 7 if row.is_published else 10] if row.first else "",
                *map(neutral, texts),
                *("" if value is None else value for value in numbers),
                _("published mean") if row.is_published else _("reckoned in Pulje"),
                neutral(row.source),
                neutral(row.remark),
            ]
        )
    return table
