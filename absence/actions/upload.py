"""A file arrives: it is kept, and reading it is asked for, in one transaction."""

import hashlib
from datetime import date

from django.core.files.base import File
from django.db import IntegrityError, transaction

from jobs.actions import ask
from municipalities.models import AuditEvent

from ..models import ImportBatch

READ_BATCH = "absence.read_batch"
CHUNK = 1024 * 1024


class AlreadyImported(Exception):
    """The same bytes are here already; ``batch`` is where they went."""

    def __init__(self, batch: ImportBatch):
        super().__init__(batch.file_name)
        self.batch = batch


def upload(*, file: File, file_name: str, vintage_on: date, source: str, revision_kind: str, by) -> ImportBatch:
    """Keep the file and ask for it to be read. AlreadyImported when it is here; then nothing changes."""
    digest = checksum(file)
    if known := already_imported(digest):
        raise AlreadyImported(known)
    try:
        with transaction.atomic():
            batch = ImportBatch(
                source=source,
                vintage_on=vintage_on,
                revision_kind=revision_kind,
                file_name=file_name[-200:],
                sha256=digest,
                size=file.size,
                uploaded_by=by,
            )
            batch.file.save(file_name, file, save=False)
            batch.save(force_insert=True)
            ask(READ_BATCH, subject=batch.job_subject, by=by, key=batch.job_subject, batch_id=batch.pk)
            AuditEvent.record("absence.upload", batch, by=by, file=batch.file_name, sha256=digest)
    except IntegrityError:  # the same file, sent twice at the same moment
        batch.file.delete(save=False)
        if known := already_imported(digest):
            raise AlreadyImported(known) from None
        raise
    return batch


def already_imported(digest: str) -> ImportBatch | None:
    return ImportBatch.objects.filter(sha256=digest, state__in=ImportBatch.LIVE).first()


def checksum(file: File) -> str:
    """SHA-256 of the whole file; leaves it at its beginning."""
    digest = hashlib.sha256()
    file.seek(0)
    while block := file.read(CHUNK):
        digest.update(block)
    file.seek(0)
    return digest.hexdigest()
