"""Take the generated files in by the same path as an upload: kept, read by a job, judged, released."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.core.files import File

from absence import actions
from absence.models import ImportBatch, Source
from config.demo.absence import vintage, write_files
from config.demo.coverage import QUARTERS
from jobs.models import Job
from jobs.worker import run_now
from municipalities.models import User

APPENDIX, APPENDIX_VINTAGE = "vedlegg-6.xlsx", date(2009, 12, 15)
State = ImportBatch.State


class DemoImportFailed(Exception):
    """A file of the demo could not be taken in; says which and why."""


def take_in_all(folder: Path, *, by: User) -> Iterator[ImportBatch]:
    """Write the files if need be and import them, oldest first; those that are in already are passed over quickly."""
    files = list(zip(write_files(folder), map(vintage, QUARTERS), strict=True))
    for path, vintage_on in [*files, (folder / APPENDIX, APPENDIX_VINTAGE)]:
        yield take_in(path, vintage_on, by=by)


def take_in(path: Path, vintage_on: date, *, by: User) -> ImportBatch:
    """Import one file and release what nothing holds. What is held stays at the desk. Raises DemoImportFailed."""
    batch = _uploaded(path, vintage_on, by)
    for job in Job.objects.about(batch.job_subject).unfinished():
        run_now(job)
    batch.refresh_from_db()
    if batch.state == State.STAGED:
        actions.release(batch, by=by)
        batch.refresh_from_db()
    if batch.state != State.RELEASED:
        reasons = "; ".join(error.get("code", "") for error in batch.errors)
        raise DemoImportFailed(
            f"{path.name} was not taken in ({batch.state} {reasons}). Does the database hold another version of the "
            "demo, or files of your own for the same quarters? Begin again with an empty one."
        )
    return batch


def _uploaded(path: Path, vintage_on: date, by: User) -> ImportBatch:
    with path.open("rb") as file:
        try:
            return actions.upload(
                file=File(file, name=path.name),
                file_name=path.name,
                vintage_on=vintage_on,
                source=Source.PAI,
                revision_kind=ImportBatch.RevisionKind.REGULAR,
                by=by,
            )
        except actions.AlreadyImported as known:
            return known.batch
