"""What changes an import, its suspicions and the figures. Each is one transaction, with its event."""

from .decisions import Correction, Decided, decide, undo
from .errors import NotPossible
from .notes import write_note
from .reading import FileContent, judge, read
from .release import release, withdraw
from .staging import Outcome, refuse, released_already, stage
from .upload import READ_BATCH, AlreadyImported, already_imported, checksum, upload

__all__ = [
    "READ_BATCH",
    "AlreadyImported",
    "Correction",
    "Decided",
    "FileContent",
    "NotPossible",
    "Outcome",
    "already_imported",
    "checksum",
    "decide",
    "judge",
    "read",
    "refuse",
    "release",
    "released_already",
    "stage",
    "undo",
    "upload",
    "withdraw",
    "write_note",
]
