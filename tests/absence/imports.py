"""Small absence files, imported by the same path as an upload."""

from datetime import date

from django.core.files.base import ContentFile

from absence import actions
from absence.models import ImportBatch, StagedFigure
from jobs.models import Job
from jobs.run import run_job
from tests.factories import MunicipalityFactory

HEAD = "kommunenr;kvartal;sektor;kjønn;fraværstype;tapte dagsverk;mulige dagsverk"
VINTAGE = date(2010, 6, 1)


def municipalities(*numbers: str):
    """Register entries, and the years in which a file may name them."""
    return [MunicipalityFactory(number=number, name=f"Kommune {number}") for number in numbers]


def total(number: str, period: str, lost, possible) -> str:
    """A line of a long file for the whole municipality."""
    return f"{number};{period};alle;begge;samlet;{lost};{possible}"


def long_file(*lines: str) -> bytes:
    return "\n".join([HEAD, *lines]).encode()


def wide_file(*lines: str) -> bytes:
    """One row a municipality, one column a window."""
    return "\n".join(lines).encode()


def imported(
    content: bytes, *, vintage_on: date = VINTAGE, source: str = "PAI", name: str = "pai.csv", by=None
) -> ImportBatch:
    """Upload and read, in this process."""
    batch = actions.upload(
        file=ContentFile(content, name=name),
        file_name=name,
        vintage_on=vintage_on,
        source=source,
        revision_kind="regular",
        by=by,
    )
    run_job(Job.objects.about(batch.job_subject).get().pk)
    batch.refresh_from_db()
    return batch


def released(content: bytes, **options) -> ImportBatch:
    batch = imported(content, **options)
    assert batch.state == "staged", batch.errors
    actions.release(batch, by=options.get("by"))
    batch.refresh_from_db()
    return batch


def staged(batch: ImportBatch) -> list[StagedFigure]:
    """All figures left of an import, the packed ones too, in the order of the file."""
    found = list(StagedFigure.objects.filter(batch=batch))
    for block in batch.blocks.all():
        columns = block.columns()
        rows = zip(*columns.values(), strict=True)
        found += [StagedFigure(**dict(zip(columns, values, strict=True))) for values in rows]
    return sorted(found, key=lambda one: (one.row, len(one.column), one.column))
