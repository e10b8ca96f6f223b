"""A file whose figures are released already, from another file of the same source and vintage."""

from collections import Counter
from datetime import date

from django.db import connection

from ..calculations.columns import FigureColumns
from ..calculations.periods import Period
from ..models import ImportBatch, Release

KEYS = """
SELECT figure.municipality_id, figure.sector, figure.sex, figure.absence_type, figure.batch_id
FROM municipalities_municipality place CROSS JOIN absence_figure figure
WHERE figure.municipality_id = place.id AND figure.source = %(source)s AND figure.vintage_on = %(vintage_on)s
    AND figure.first_quarter = %(first)s AND figure.quarters = %(quarters)s
"""


def figures_of_other_files(
    columns: FigureColumns, municipality_ids: list[int], source: str, vintage_on: date
) -> list[dict]:
    """One problem for each period and other file, at the first row concerned, as the reader gives problems."""
    periods = Release.objects.filter(source=source, vintage_on=vintage_on).values_list("periods", flat=True)
    released = {tuple(period) for one in periods for period in one}
    shared = sorted(released & set(zip(columns.first, columns.quarters, strict=True)))
    return [problem for one in shared for problem in _problems(columns, municipality_ids, source, vintage_on, one)]


def _problems(columns, municipality_ids, source, vintage_on, period) -> list[dict]:
    first, quarters = period
    c = columns
    keys = zip(municipality_ids, c.sector, c.sex, c.absence_type, strict=True)
    places = zip(c.first, c.quarters, strict=True)
    own = {key: i for i, (key, place) in enumerate(zip(keys, places, strict=True)) if place == period}
    values = {"source": source, "vintage_on": vintage_on, "first": first, "quarters": quarters}
    with connection.cursor() as cursor:
        cursor.execute(KEYS, values)
        found = [(row[4], own[row[:4]]) for row in cursor.fetchall() if row[:4] in own]
    twice = Counter(batch for batch, _ in found)
    at = {batch: min(i for other, i in found if other == batch) for batch in twice}
    names = dict(ImportBatch.objects.filter(pk__in=twice).values_list("pk", "file_name"))
    return [
        {
            "code": "same_vintage",
            "sheet": None,
            "row": c.row[at[batch]],
            "column": c.column[at[batch]] or None,
            "value": "",
            "cells": [],
            "params": {
                "period": str(Period(first, quarters)),
                "file": names[batch],
                "import": batch,
                "vintage": vintage_on.isoformat(),
                "n": count,
                "row": c.row[at[batch]],
            },
        }
        for batch, count in sorted(twice.items())
    ]
