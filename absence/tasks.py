"""The job of this room: read a file that was uploaded."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from jobs.registry import handler

from .actions import READ_BATCH, Outcome, judge, read, refuse, stage
from .models import ImportBatch
from .queries.register import RegisterNow


@handler(READ_BATCH, title=_("Read an absence file"), page="absence:import", memory_mb=1500, seconds=600)
def read_batch(run, *, batch_id: int):
    batch = ImportBatch.objects.get(pk=batch_id)
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
    outcome = Outcome(content, judge(content, batch.source), register)
    with run.finish() as result:
        batch = stage(batch, outcome, by=run.job.asked_by)
        result.update(state=batch.state, figures=batch.figure_count)
