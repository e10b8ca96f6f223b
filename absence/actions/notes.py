"""Say why a vintage was revised."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from municipalities.models import AuditEvent

from ..models import ImportBatch, RevisionNote
from .errors import NotPossible


@transaction.atomic
def write_note(batch: ImportBatch, *, text: str, by) -> RevisionNote:
    """Add a note to an import that revises an older vintage. What was written before stays beside it.

    NotPossible without a text, and where no figure of the import asks for a note.
    """
    if not text.strip():
        raise NotPossible(_("Write why the figures are others than in the vintage before."))
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    live = batch.state in (ImportBatch.State.STAGED, ImportBatch.State.RELEASED)
    if not live or not batch.suspicions.filter(note_required=True).exists():
        raise NotPossible(_("This import revises no older vintage: there is nothing to write a note about."))
    note = RevisionNote.objects.create(batch=batch, text=text.strip(), written_by=by)
    AuditEvent.record("absence.write_note", batch, by=by, note=note.pk)
    return note
