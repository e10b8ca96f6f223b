"""Figures from file to series: the import, what waits for a decision, what was released, and the sums made of it."""

from .aggregates import GroupMember, GroupWindow, MunicipalityQuarter
from .batches import ImportBatch, PrintedRow, Source
from .figures import Figure, Release
from .notes import RevisionNote, without_note
from .staging import StagedBlock, StagedFigure, Suspicion

__all__ = [
    "Figure",
    "GroupMember",
    "GroupWindow",
    "ImportBatch",
    "MunicipalityQuarter",
    "PrintedRow",
    "Release",
    "RevisionNote",
    "Source",
    "StagedBlock",
    "StagedFigure",
    "Suspicion",
    "without_note",
]
