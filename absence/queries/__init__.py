"""What is read across figures, imports and groups. Each function is named after what it returns."""

from .comparisons import comparison, groups_table
from .focus import focus_table
from .ground import Ground
from .groups import cohort_members, network_members, programme_members
from .notes import NoteOnRevision, notes_on_revisions
from .origins import figure_origins
from .series import (
    GroupSeries,
    cohorts_since_entry,
    group_keys,
    group_series,
    municipality_series,
    networks_of,
    quarter_series,
)
from .size import size_association
from .tables import AbsenceTable, Row
from .units import published_figures, published_periods, quarter_figures, rolled_figures
from .vintages import newest_vintage, releases_since, source_line, vintage_of, vintages_in_use

__all__ = [
    "AbsenceTable",
    "Ground",
    "GroupSeries",
    "NoteOnRevision",
    "Row",
    "cohort_members",
    "cohorts_since_entry",
    "comparison",
    "figure_origins",
    "focus_table",
    "group_keys",
    "group_series",
    "groups_table",
    "municipality_series",
    "network_members",
    "networks_of",
    "newest_vintage",
    "notes_on_revisions",
    "programme_members",
    "published_figures",
    "published_periods",
    "quarter_figures",
    "quarter_series",
    "releases_since",
    "rolled_figures",
    "size_association",
    "source_line",
    "vintage_of",
    "vintages_in_use",
]
