"""The job of this room: read a file that was uploaded."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from jobs.registry import handler

from .actions import READ_BATCH, Outcome, judge, read, refuse, stage
from .models import ImportBatch
from .queries.register import RegisterNow


@contextmanager
def collection_paused() -> Iterator[None]:
    """Rows are many small objects without cycles: looking through them for garbage takes a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@handler(READ_BATCH, title=_("Read an absence file"), page="absence:import", memory_mb=1500, seconds=600)
def read_batch(run, *, batch_id: int):
    with collection_paused():
        _read(run, ImportBatch.objects.get(pk=batch_id))


def _read(run, batch: ImportBatch) -> None:
    register = RegisterNow()

    def progress(count: int) -> None:
        run.progress(count, None, _("Has read %(done)s figures"))

    content = read(Path(batch.file.path), batch.file_name, register, progress)
    if content.errors:
        with run.finish() as result:
            batch = refuse(batch, content, by=run.job.asked_by)
            result.update(state=batch.state, errors=batch.error_count)
        return
    run.progress(len(content.columns), None, _("Checks %(done)s figures"))
    outcome = Outcome(content, judge(content, batch.source, batch.vintage_on), register)
    with run.finish() as result:
        batch = stage(batch, outcome, by=run.job.asked_by)
        result.update(state=batch.state, figures=batch.figure_count)
