"""Reading across a programme's records: who takes part on a date, and how the counts agree with what sources state."""

from .counts import (
    CohortCount,
    ParticipantCounts,
    Stated,
    counts_of,
    last_day,
    outside_cohorts,
    participant_counts,
    participating_municipalities,
    reported_counts,
    stated_counts,
)
from .participants import ParticipantRow, participant_rows

__all__ = [
    "CohortCount",
    "ParticipantCounts",
    "ParticipantRow",
    "Stated",
    "counts_of",
    "last_day",
    "outside_cohorts",
    "participant_counts",
    "participant_rows",
    "participating_municipalities",
    "reported_counts",
    "stated_counts",
]
