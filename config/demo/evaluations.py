"""Load the evaluations of the first programme of which only printed means are left, and those of its SPC courses."""

from typing import Any

from django.db import transaction

from config.demo.gatherings import Row, number, texts
from config.demo.register import read_data
from config.demo.register_records import day
from config.demo.rows import ensured
from gatherings.models import PublishedEvaluation
from programmes.models import Programme

_FILES = ("gathering_evaluations_2008.csv", "spc_course_evaluation_2008.csv")


@transaction.atomic
def load_evaluations() -> None:
    """After the gatherings. Idempotent: a second run adds nothing. A value that cannot be read stays empty."""
    programme = Programme.objects.get(slug="kvalitetskommuner")
    cohorts = {one.slug: one.pk for one in programme.cohorts.all()}
    gatherings = dict(programme.gatherings.exclude(source_key="").values_list("source_key", "pk"))
    rows = [row for name in _FILES for row in read_data(name)]
    described = (_described(programme, row, at, cohorts, gatherings) for at, row in enumerate(rows))
    ensured(PublishedEvaluation, ("programme_id", "item", "measure"), described)


def _described(
    programme: Programme, row: Row, at: int, cohorts: dict[str, int], gatherings: dict[str, int]
) -> dict[str, Any]:
    month = row.get("month")
    return {
        "programme_id": programme.pk,
        "gathering_id": gatherings.get(row.get("gathering_id", "")),
        "item": row["item"],
        "kind": row["kind"],
        "label": texts(row, "label"),
        "cohort_id": cohorts.get(row.get("cohort", "")),
        "cohort_printed": row.get("cohort_printed", ""),
        "month": day(month) if month else None,
        "year": int(row["year"]),
        "measure": row["measure"],
        "value": row["value"] or None,
        "unit": row["unit"],
        "scale_min": number(row["scale_min"]),
        "scale_max": number(row["scale_max"]),
        "source": row["source"],
        "remark": texts(row, "remark"),
        "position": at,
    }
