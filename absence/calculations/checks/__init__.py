"""The checks of an import, each a pure function ``(figure, history, group) -> Suspicion | None``, listed once."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from absence.calculations.checks.carries_group import carries_group
from absence.calculations.checks.far_from_others import far_from_others
from absence.calculations.checks.large_change import large_change
from absence.calculations.checks.lost_comma import lost_comma
from absence.calculations.checks.parts import parts
from absence.calculations.checks.printed_row import printed_row
from absence.calculations.checks.ranges import impossible, unusual
from absence.calculations.checks.revised import group_revised, revised
from absence.calculations.checks.suspicion import Suspicion
from absence.calculations.checks.units_differ import units_differ
from absence.calculations.checks.workdays_jump import workdays_jump
from absence.calculations.checks.zero import zero


class Level(StrEnum):
    """What a suspicion does."""

    BLOCK = "block"  # held until a named person decides
    WARN = "warn"  # let through, shown
    NOTE = "note"  # let through, and the vintage needs a note
    PANEL = "panel"  # let through, and comparisons use the matched panel


class Subject(StrEnum):
    """What a check judges; the type of its first argument."""

    FIGURE = "figure"  # any figure: `context.Figure`
    TOTAL = "total"  # a municipality's total: `context.Figure`
    PRINTED_ROW = "printed_row"  # `context.PrintedRow`
    UNITS = "units"  # `context.UnitSets`
    GROUP = "group"  # `context.GroupRevision`


@dataclass(frozen=True)
class Check:
    """``level`` is the ordinary one: V6 blocks when V1 holds too."""

    id: str
    level: Level
    subject: Subject
    judge: Callable[..., Suspicion | None]


CHECKS = (
    Check("V1", Level.BLOCK, Subject.FIGURE, zero),
    Check("V2", Level.BLOCK, Subject.TOTAL, impossible),
    Check("V3", Level.WARN, Subject.TOTAL, unusual),
    Check("V4", Level.BLOCK, Subject.FIGURE, lost_comma),
    Check("V5", Level.WARN, Subject.FIGURE, parts),
    Check("V6", Level.WARN, Subject.TOTAL, far_from_others),
    Check("V7", Level.WARN, Subject.TOTAL, large_change),
    Check("V8", Level.WARN, Subject.TOTAL, carries_group),
    Check("V9", Level.NOTE, Subject.TOTAL, revised),
    Check("V9", Level.NOTE, Subject.GROUP, group_revised),
    Check("V10", Level.WARN, Subject.TOTAL, workdays_jump),
    Check("V11", Level.BLOCK, Subject.PRINTED_ROW, printed_row),
    Check("V12", Level.PANEL, Subject.UNITS, units_differ),
)
