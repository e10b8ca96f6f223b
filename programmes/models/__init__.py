"""Programmes, who stands behind them, who applies and who takes part, and the year of the secretariat."""

from .accounts import AccountLine, StaffPeriod, StaffPost
from .admission import (
    AccessRequest,
    Applicant,
    Application,
    ApplicationStep,
    PartyConsent,
    Submission,
)
from .admission_rounds import AdmissionRound, LateExtension, RoundInvitation
from .assessing import Assessment, Criterion, Score
from .committees import (
    AgendaItem,
    Attendance,
    Committee,
    CommitteeSeat,
    Meeting,
    MeetingPaper,
    StatedMeetingCount,
)
from .events import ParticipationEvent
from .grants import Grant, Payment
from .participation import CohortMembership, Participation
from .parties import LocalParty
from .programme import Agreement, Cohort, DataNote, Party, Programme, ReportedCount, UnnamedWithdrawal
from .seats import held_today_by

__all__ = [
    "AccessRequest",
    "AccountLine",
    "AdmissionRound",
    "AgendaItem",
    "Agreement",
    "Applicant",
    "Application",
    "ApplicationStep",
    "Assessment",
    "Attendance",
    "Cohort",
    "CohortMembership",
    "Committee",
    "CommitteeSeat",
    "Criterion",
    "DataNote",
    "Grant",
    "LateExtension",
    "LocalParty",
    "Meeting",
    "MeetingPaper",
    "Participation",
    "ParticipationEvent",
    "Party",
    "PartyConsent",
    "Payment",
    "Programme",
    "ReportedCount",
    "RoundInvitation",
    "Score",
    "StaffPeriod",
    "StaffPost",
    "StatedMeetingCount",
    "Submission",
    "UnnamedWithdrawal",
    "held_today_by",
]
