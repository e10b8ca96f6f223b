"""Figures come through: what nothing holds of an import becomes append-only figures of a vintage."""

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from municipalities.models import AuditEvent

from ..followers import AFTER_RELEASE
from ..models import ImportBatch, Release, StagedFigure, Suspicion
from ..models.bulk import insert_columns
from . import aggregates
from .errors import NotPossible

State = ImportBatch.State

# A row is free when every blocking suspicion about it is accepted or corrected: about itself, about its municipality's
# period, about the whole period.
FREED = """
UPDATE absence_stagedfigure SET held = false
WHERE batch_id = %(batch)s AND held AND NOT EXISTS (
    SELECT 1 FROM absence_suspicion doubt
    WHERE doubt.batch_id = absence_stagedfigure.batch_id AND doubt.blocking AND doubt.decision IN ('', 'rejected')
        AND (doubt.position = absence_stagedfigure.position
            OR (doubt.position IS NULL AND doubt.first_quarter = absence_stagedfigure.first_quarter
                AND doubt.quarters = absence_stagedfigure.quarters
                AND (doubt.municipality_id IS NULL
                    OR doubt.municipality_id = absence_stagedfigure.municipality_id)))
)
"""
RELEASED = """
INSERT INTO absence_figure (municipality_id, source, first_quarter, quarters, sector, sex, absence_type, vintage_on,
    lost, possible, rate, mark, "row", "column", correction, batch_id)
SELECT municipality_id, %(source)s, first_quarter, quarters, sector, sex, absence_type, %(vintage_on)s,
    lost, possible, rate, mark, "row", "column", correction, batch_id
FROM absence_stagedfigure WHERE batch_id = %(batch)s AND NOT held
"""


@transaction.atomic
def release(batch: ImportBatch, *, by) -> Release:
    """Release what nothing holds. NotPossible when there is nothing, or when the vintage has the figures already.

    What is held stays at the desk and can be released later from the same import.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if not batch.may_become(State.RELEASED):
        raise NotPossible(_("This import cannot be released: it is not waiting for release."))
    _apply_corrections(batch)
    values = {"batch": batch.pk, "source": batch.source, "vintage_on": batch.vintage_on}
    with connection.cursor() as cursor:
        cursor.execute(FREED, values)
    free = StagedFigure.objects.filter(batch=batch, held=False)
    periods = set(free.values_list("first_quarter", "quarters").distinct().order_by())
    count = _insert(batch, values, periods)
    if not count:
        raise NotPossible(_("There is nothing to release: every figure that is left is held."))
    free._raw_delete("default")
    batch.blocks.all()._raw_delete("default")
    made = _record(batch, sorted(periods), count, by)
    quarters = [first for first, length in periods if length == 1]
    if quarters:
        aggregates.refresh(batch.source, min(quarters), max(quarters))
    for follow in AFTER_RELEASE:
        follow(made, by)
    return made


def _insert(batch: ImportBatch, values: dict, periods: set[tuple[int, int]]) -> int:
    """How many figures came through; their periods are added to ``periods``."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(RELEASED, values)
            return cursor.rowcount + sum(_insert_block(batch, pk, periods) for pk in _block_ids(batch))
    except IntegrityError:
        raise NotPossible(
            _(
                "Another file of the same source and the same vintage has released these figures in the meantime. "
                "Nothing was released. Withdraw this import, or load the file with its own vintage."
            )
        ) from None


def _block_ids(batch: ImportBatch) -> list[int]:
    return list(batch.blocks.values_list("pk", flat=True))


def _insert_block(batch: ImportBatch, pk: int, periods: set[tuple[int, int]]) -> int:
    """One at a time: a file of a million figures takes the memory of one block."""
    columns = batch.blocks.get(pk=pk).columns()
    n = len(columns["quarters"])
    periods |= set(zip(columns["first_quarter"], columns["quarters"], strict=True))
    same = {"source": batch.source, "vintage_on": batch.vintage_on.isoformat(), "batch_id": batch.pk}
    return insert_columns("absence_figure", columns | {name: [value] * n for name, value in same.items()})


def _record(batch: ImportBatch, periods: list[tuple[int, int]], count: int, by) -> Release:
    now = timezone.now()
    if batch.state != State.RELEASED:
        batch.state, batch.released_at, batch.released_by = State.RELEASED, now, by
    batch.released_count += count
    batch.save(update_fields=["state", "released_at", "released_by", "released_count"])
    AuditEvent.record("absence.release", batch, by=by, figures=count)
    return Release.objects.create(
        batch=batch,
        source=batch.source,
        vintage_on=batch.vintage_on,
        periods=[list(period) for period in periods],
        figure_count=count,
        released_at=now,
        released_by=by,
    )


def _apply_corrections(batch: ImportBatch) -> None:
    """The corrected number takes the place of the file's; what the file said stays beside it."""
    corrected = batch.suspicions.filter(decision=Suspicion.Decision.CORRECTED, position__isnull=False)
    for doubt in corrected.select_related("decided_by"):
        staged = StagedFigure.objects.filter(batch=batch, position=doubt.position, held=True).first()
        if staged is None or staged.correction:
            continue
        correction = {
            "was": {"lost": staged.lost, "possible": staged.possible, "rate": staged.rate},
            "reason": doubt.reason,
            "by": str(doubt.decided_by or ""),
            "at": doubt.decided_at.isoformat(),
        }
        StagedFigure.objects.filter(batch=batch, position=doubt.position).update(
            lost=doubt.corrected_lost,
            possible=doubt.corrected_possible,
            rate=doubt.corrected_rate,
            mark=None,
            correction=correction,
        )


@transaction.atomic
def withdraw(batch: ImportBatch, *, by) -> ImportBatch:
    """Take back an import of which nothing was released; its file can be loaded again."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if not batch.may_become(State.WITHDRAWN):
        raise NotPossible(_("This import cannot be withdrawn: figures of it are released, or it was never taken in."))
    StagedFigure.objects.filter(batch=batch)._raw_delete("default")
    batch.blocks.all()._raw_delete("default")
    batch.state, batch.withdrawn_at, batch.withdrawn_by = State.WITHDRAWN, timezone.now(), by
    batch.save(update_fields=["state", "withdrawn_at", "withdrawn_by"])
    AuditEvent.record("absence.withdraw", batch, by=by)
    return batch
