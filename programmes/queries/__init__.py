"""Reading across a programme's records: who takes part on a date, and how the counts agree with what sources state."""

from .counts import (
    CohortCount,
    ParticipantCounts,
    Records,
    SignedAgreement,
    Stated,
    agreements_of,
    counts_of,
    last_day,
    participant_counts,
    participating_municipalities,
    records_of,
    reported_counts,
    stated_counts,
)
from .participants import ParticipantRow, later_beginnings, participant_rows, records_in_rows

__all__ = [
    "CohortCount",
    "ParticipantCounts",
    "ParticipantRow",
    "Records",
    "SignedAgreement",
    "Stated",
    "agreements_of",
    "counts_of",
    "last_day",
    "later_beginnings",
    "participant_counts",
    "participant_rows",
    "participating_municipalities",
    "records_in_rows",
    "records_of",
    "reported_counts",
    "stated_counts",
]
