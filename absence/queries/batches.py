"""The list of imports, and one import as its page shows it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobs.models import Job
from municipalities.queries.register import thousands

from ..calculations.columns import percent
from ..calculations.periods import Period
from ..models import ImportBatch, Release, StagedFigure, Suspicion
from ..models.bulk import insert_columns
from .answers import asked

SORTS = {
    "file": "file_name",
    "source": "source",
    "vintage": "vintage_on",
    "figures": "figure_count",
    "state": "state",
    "uploaded": "uploaded_at",
}
NOTED = 3000  # 0,3 points: a revision of a municipality that needs a word (V9)
LARGEST = 10


def batch_list(user, *, search: str = "", state: str = "", source: str = "", sort: str = "-uploaded") -> QuerySet:
    """The imports a person may see, with how much of each waits for an answer; one query."""
    found = ImportBatch.objects.visible_to(user).select_related("uploaded_by")
    if search:
        found = found.filter(file_name__icontains=search)
    if state:
        found = found.filter(state=state)
    if source:
        found = found.filter(source=source)
    open_ones = Suspicion.objects.open().filter(batch=OuterRef("pk")).order_by().values("batch")
    counted = open_ones.annotate(n=asked()).values("n")
    order = SORTS.get(sort.lstrip("-"), "uploaded_at")
    found = found.annotate(open_count=Coalesce(Subquery(counted), 0))
    return found.order_by(f"-{order}" if sort.startswith("-") else order, "-pk")


def job_of(batch: ImportBatch) -> Job | None:
    return Job.objects.about(batch.job_subject).first()


def reading_in_words(batch: ImportBatch) -> str:
    """What was read, in one sentence: «26 016 tall, 430 kommuner, 4. kv. 2008; lang form; desimalkomma»."""
    facts = batch.facts
    periods = [Period(*one) for one in facts.get("periods", ())]
    parts = [
        ngettext("%(n)s figure", "%(n)s figures", batch.figure_count) % {"n": thousands(batch.figure_count)},
        ngettext("%(n)s municipality", "%(n)s municipalities", facts.get("municipalities") or 0)
        % {"n": thousands(facts.get("municipalities") or 0)},
        _with_figures(facts),
        _periods(periods),
    ]
    return "; ".join([", ".join(filter(None, parts)), *_form(batch)])


def _with_figures(facts: dict) -> str:
    """How many municipalities have a figure, where that is not all of them."""
    n = facts.get("with_figures", facts.get("municipalities"))
    if n == facts.get("municipalities"):
        return ""
    return ngettext("%(n)s with figures", "%(n)s with figures", n) % {"n": thousands(n)}


def _periods(periods: list[Period]) -> str:
    if len(periods) <= 2:
        return ", ".join(one.label() for one in periods)
    text = _("%(n)s periods from %(first)s to %(last)s")
    return text % {"n": len(periods), "first": periods[0].label(), "last": periods[-1].label()}


def _form(batch: ImportBatch) -> list[str]:
    facts = batch.facts
    shapes = {"long": _("one row a figure"), "wide": _("one column a period")}
    marks = {",": _("decimal comma"), ".": _("decimal point")}
    scales = {"fraction": _("rates were fractions and are read as percent")}
    found = (shapes.get(batch.shape), marks.get(facts.get("decimal_mark")), scales.get(facts.get("rate_scale")))
    return [one for one in found if one]


@dataclass(frozen=True)
class Standing:
    """How many figures come through at a release now, and how many stay; ``undecided`` answers are asked for."""

    free: int
    held: int
    undecided: int
    left_out: int


FREE = """
SELECT COUNT(*) FROM absence_stagedfigure staged WHERE staged.batch_id = %(batch)s AND (NOT staged.held OR NOT EXISTS (
    SELECT 1 FROM absence_suspicion doubt
    WHERE doubt.batch_id = staged.batch_id AND doubt.blocking AND doubt.decision IN ('', 'rejected')
        AND (doubt.position = staged.position
            OR (doubt.position IS NULL AND doubt.first_quarter = staged.first_quarter
                AND doubt.quarters = staged.quarters
                AND (doubt.municipality_id IS NULL OR doubt.municipality_id = staged.municipality_id)))
))
"""


def has_free(batch: ImportBatch) -> bool:
    """Whether a release has something to let through that nothing ever held."""
    return batch.blocks.exists() or batch.staged.filter(held=False).exists()


def standing(batch: ImportBatch) -> Standing:
    with connection.cursor() as cursor:
        cursor.execute(FREE, {"batch": batch.pk})
        free = cursor.fetchone()[0]
    packed = batch.blocks.aggregate(count=Coalesce(Sum("count"), 0))["count"]
    free += packed
    left = StagedFigure.objects.filter(batch=batch).count() + packed
    counts = batch.suspicions.filter(blocking=True).aggregate(
        undecided=asked(),
        left_out=Count("position", filter=Q(decision="rejected"), distinct=True),
    )
    return Standing(free, left - free, **counts)


@dataclass(frozen=True)
class Revision:
    """A municipality's total that is another than in the vintage before; rates in percent."""

    place: str
    period: str
    before: object
    after: object

    @property
    def change(self):
        return self.after - self.before


@dataclass(frozen=True)
class Changes:
    """What a release of the import would change in what is released: figures that were there in an older vintage."""

    revised: int
    noted: int
    largest: tuple[Revision, ...]


BEFORE = """
SELECT COUNT(*), SUM(CASE WHEN ABS(after - before) >= %(noted)s THEN 1 ELSE 0 END) FROM ({compared}) compared
WHERE before IS NOT NULL AND after <> before
"""
LARGEST_TOTALS = """
SELECT place.distinct_name, first_quarter, quarters, before, after
FROM ({compared}) compared JOIN municipalities_municipality place ON place.id = compared.municipality_id
WHERE before IS NOT NULL AND after <> before AND sector = 'all' AND sex = 'all' AND absence_type = 'total'
ORDER BY ABS(after - before) DESC, place.number LIMIT %(largest)s
"""
COMPARED = """
SELECT staged.municipality_id, staged.first_quarter, staged.quarters, staged.sector, staged.sex, staged.absence_type,
    staged.rate AS after, (
        SELECT figure.rate FROM absence_figure figure
        WHERE figure.municipality_id = staged.municipality_id AND figure.source = %(source)s
            AND figure.first_quarter = staged.first_quarter AND figure.quarters = staged.quarters
            AND figure.sector = staged.sector AND figure.sex = staged.sex
            AND figure.absence_type = staged.absence_type AND figure.vintage_on < %(vintage_on)s
        ORDER BY figure.vintage_on DESC LIMIT 1
    ) AS before
FROM absence_staged_whole staged
"""
_COMPARED_FIELDS = "municipality_id, first_quarter, quarters, sector, sex, absence_type, rate"
_OWN = f"SELECT {_COMPARED_FIELDS} FROM absence_stagedfigure WHERE batch_id = %(batch)s"


@contextmanager
def _whole(batch: ImportBatch) -> Iterator[CursorWrapper]:
    """A cursor that sees all figures left of the import as the table ``absence_staged_whole``, for a moment."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS absence_staged_whole")
        cursor.execute(f"CREATE TEMPORARY TABLE absence_staged_whole AS {_OWN}", {"batch": batch.pk})
        for block in batch.blocks.iterator(chunk_size=1):
            columns = block.columns()
            insert_columns("absence_staged_whole", {name: columns[name] for name in _COMPARED_FIELDS.split(", ")})
        yield cursor
        cursor.execute("DROP TABLE absence_staged_whole")


def changes(batch: ImportBatch) -> Changes | None:
    """None when no older vintage has any of the periods: then everything is new."""
    own = {tuple(one) for one in batch.facts.get("periods", ())}
    older = Release.objects.filter(source=batch.source, vintage_on__lt=batch.vintage_on)
    if not any(own & {tuple(one) for one in periods} for periods in older.values_list("periods", flat=True)):
        return None
    values = {
        "source": batch.source,
        "vintage_on": batch.vintage_on,
        "noted": NOTED,
        "largest": LARGEST,
    }
    with _whole(batch) as cursor:
        cursor.execute(BEFORE.format(compared=COMPARED), values)
        revised, noted = cursor.fetchone()
        cursor.execute(LARGEST_TOTALS.format(compared=COMPARED), values)
        rows = cursor.fetchall()
    largest = tuple(
        Revision(name, Period(first, quarters).label(), percent(before), percent(after))
        for name, first, quarters, before, after in rows
    )
    return Changes(revised, noted or 0, largest)
