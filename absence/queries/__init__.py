"""What is read across figures, imports and groups. Each function is named after what it returns."""

from .tables import (
    AbsenceTable,
    Row,
    compared_periods,
    comparison,
    first_years,
    focus_table,
    groups_table,
    last_window,
    size_association,
)
from .vintages import data_version, newest_vintage, releases_since, source_line, vintages_in_use

__all__ = [
    "AbsenceTable",
    "Row",
    "compared_periods",
    "comparison",
    "data_version",
    "first_years",
    "focus_table",
    "groups_table",
    "last_window",
    "newest_vintage",
    "releases_since",
    "size_association",
    "source_line",
    "vintages_in_use",
]
