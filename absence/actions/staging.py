"""What was read is laid out for judgement: figures, suspicions, printed rows; or the file is refused."""

from collections.abc import Sequence
from datetime import date
from itertools import compress

from django.db import transaction

from municipalities.models import AuditEvent

from ..calculations.checks.runner import Verdict
from ..calculations.checks.suspicion import Scope
from ..calculations.checks.suspicion import Suspicion as Found
from ..calculations.packed import packed
from ..models import ImportBatch, PrintedRow, StagedBlock, Suspicion
from ..models.bulk import insert_columns
from ..queries.conflicts import figures_of_other_files
from ..queries.register import RegisterNow
from .reading import FileContent, printed_cells

State = ImportBatch.State
KEPT_ERRORS, KEPT_IGNORED = 100, 500
BLOCK = 50_000  # figures packed together: a file of a million is taken up again a piece at a time


class Outcome:
    """An import's rows, made once for the import itself and for a try-out (`--dry-run`)."""

    def __init__(self, content: FileContent, verdict: Verdict, register: RegisterNow):
        self.content, self.verdict = content, verdict
        memo: dict[tuple, int] = {}
        c = content.columns
        self.municipality_ids: list[int] = []
        for key in zip(c.municipality, c.first, c.quarters, strict=True):
            if key not in memo:
                memo[key] = register.municipality(*key)
            self.municipality_ids.append(memo[key])
        self._memo = memo
        self.suspicions = [self._suspicion(one) for one in verdict.suspicions]
        self.suspicions += [self._doubt(one) for one in content.warnings]

    def _suspicion(self, found: Found) -> Suspicion:
        c, i = self.content.columns, found.index
        about = {} if i is None else {"sector": c.sector[i], "sex": c.sex[i], "absence_type": c.absence_type[i]}
        return Suspicion(
            position=i,
            rule=found.rule,
            code=found.code,
            note_required=found.note_required,
            blocking=found.blocking,
            municipality_id=self._municipality(found),
            first_quarter=found.period.first,
            quarters=found.period.quarters,
            value=found.value,
            params=dict(found.params),
            **about,
        )

    def _municipality(self, found: Found) -> int | None:
        if found.index is not None:
            return self.municipality_ids[found.index]
        if found.municipality is None or found.scope == Scope.GROUP:
            return None
        return self._memo.get((found.municipality, found.period.first, found.period.quarters))

    def _doubt(self, problem: dict) -> Suspicion:
        """A cell that the reader could read and doubts: it waits as what the checks hold."""
        c, i = self.content.columns, self._place_of(problem)
        return Suspicion(
            position=i,
            rule=problem["code"],
            code=problem["code"],
            blocking=True,
            municipality_id=self.municipality_ids[i],
            first_quarter=c.first[i],
            quarters=c.quarters[i],
            sector=c.sector[i],
            sex=c.sex[i],
            absence_type=c.absence_type[i],
            value=self.verdict.rates[i],
            params={"value": str(problem["value"]), **{name: str(one) for name, one in problem["params"].items()}},
        )

    def _place_of(self, problem: dict) -> int:
        if not hasattr(self, "_places"):
            c = self.content.columns
            self._places: dict = {}
            for i, place in enumerate(zip(c.row, c.column, strict=True)):
                self._places.setdefault(place, i)
                self._places.setdefault(place[0], i)
        return self._places.get((problem["row"], problem["column"]), self._places.get(problem["row"]))

    def held(self) -> list[bool]:
        """Which figures a blocking suspicion keeps back: itself, its municipality's period, or the whole period."""
        blocking = [one for one in self.suspicions if one.blocking]
        places = {one.position for one in blocking if one.position is not None}
        wider = [one for one in blocking if one.position is None]
        periods = {(one.first_quarter, one.quarters) for one in wider if one.municipality_id is None}
        units = {(one.municipality_id, one.first_quarter, one.quarters) for one in wider if one.municipality_id}
        c = self.content.columns
        if not wider:
            return [i in places for i in range(len(c))]
        keys = zip(self.municipality_ids, c.first, c.quarters, strict=True)
        return [i in places or key[1:] in periods or key in units for i, key in enumerate(keys)]

    def printed_rows(self) -> list[PrintedRow]:
        printed = zip(self.content.printed, printed_cells(self.content), strict=True)
        cells = [raw for raw, cell in printed if cell.printed is not None]
        return [
            PrintedRow(
                label=cell["label"][:100],
                kind=cell["kind"],
                row=cell["row"],
                column=cell["column"] or "",
                first_quarter=cell["first"],
                quarters=cell["quarters"],
                sector=cell["sector"],
                sex=cell["sex"],
                absence_type=cell["absence_type"],
                printed=row.printed,
                recomputed=row.recomputed[0] if row.recomputed else None,
            )
            for cell, row in zip(cells, self.verdict.printed, strict=True)
        ]


@transaction.atomic
def stage(batch: ImportBatch, outcome: Outcome, *, by=None) -> ImportBatch:
    """Lay out what was read. Refuses the file when its vintage has figures of another file already."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if not batch.may_become(State.STAGED):
        return batch
    if errors := released_already(outcome, batch.source, batch.vintage_on):
        return refuse(batch, outcome.content, errors, by=by)
    _lay_out(batch, outcome)
    _describe(batch, outcome.content)
    for one in outcome.suspicions:
        one.batch = batch
    Suspicion.objects.bulk_create(outcome.suspicions, batch_size=1000)
    printed = outcome.printed_rows()
    for row in printed:
        row.batch = batch
    PrintedRow.objects.bulk_create(printed)
    batch.figure_count = len(outcome.content.columns)
    batch.state = State.STAGED
    batch.save()
    AuditEvent.record("absence.stage", batch, by=by, figures=batch.figure_count)
    return batch


@transaction.atomic
def refuse(batch: ImportBatch, content: FileContent, errors: list[dict] | None = None, *, by=None) -> ImportBatch:
    """Keep what is wrong with the file; of one with personal data not the file itself."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if not batch.may_become(State.REFUSED):
        return batch
    _describe(batch, content)
    batch.errors = (errors or content.errors)[:KEPT_ERRORS]
    batch.error_count = len(errors) if errors else content.error_count
    batch.state = State.REFUSED
    if content.is_personal:
        batch.ignored, file = [], batch.file.name
        storage, batch.file = batch.file.storage, ""
        transaction.on_commit(lambda: storage.delete(file))
    batch.save()
    AuditEvent.record("absence.refuse", batch, by=by, errors=batch.error_count)
    return batch


def released_already(outcome: Outcome, source: str, vintage_on: date) -> list[dict]:
    """Why the file cannot be taken in beside what is released: one problem a period."""
    return figures_of_other_files(outcome.content.columns, outcome.municipality_ids, source, vintage_on)


def _describe(batch: ImportBatch, content: FileContent) -> None:
    batch.shape, batch.facts, batch.rows_read = content.shape, content.facts, content.rows_read
    batch.ignored = content.ignored[:KEPT_IGNORED]


def _lay_out(batch: ImportBatch, outcome: Outcome) -> None:
    """A piece at a time, so that a file of a million figures is never there twice."""
    columns, held = _columns_of(outcome), outcome.held()
    for start in range(0, len(held), BLOCK):
        part = {name: values[start : start + BLOCK] for name, values in columns.items()}
        _lay_out_part(batch, part, held[start : start + BLOCK], start)


def _lay_out_part(batch: ImportBatch, columns: dict[str, Sequence], held: list[bool], start: int) -> None:
    """What is held, and what tables ask for one by one, as rows; the rest packed."""
    apart = [is_held or quarters > 1 for is_held, quarters in zip(held, columns["quarters"], strict=True)]
    if any(apart):
        places = range(start, start + len(held))
        rows = _chosen({"position": places, "held": held} | columns, apart)
        insert_columns("absence_stagedfigure", {"batch_id": [batch.pk] * len(rows["held"]), **rows})
        columns = _chosen(columns, [not one for one in apart])
    if firsts := columns["first_quarter"]:
        StagedBlock.objects.create(
            batch=batch, count=len(firsts), first_quarter=min(firsts), last_quarter=max(firsts), data=packed(columns)
        )


def _columns_of(outcome: Outcome) -> dict[str, Sequence]:
    c = outcome.content.columns
    return {
        "municipality_id": outcome.municipality_ids,
        "first_quarter": c.first,
        "quarters": c.quarters,
        "sector": c.sector,
        "sex": c.sex,
        "absence_type": c.absence_type,
        "lost": c.lost,
        "possible": c.possible,
        "rate": outcome.verdict.rates,
        "mark": c.mark,
        "row": c.row,
        "column": c.column,
    }


def _chosen(columns: dict[str, Sequence], which: list[bool]) -> dict[str, Sequence]:
    return {name: list(compress(values, which)) for name, values in columns.items()}
