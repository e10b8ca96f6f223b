"""Gatherings, their programmes, who comes to them, and what sources say about those of the past."""

from .feed import CalendarFeed
from .gathering import Gathering
from .letters import GatheringMail, GatheringPaper
from .programme import Material, Session, SessionChoice, Speaker
from .registration import Registration
from .stated import StatedAttendance, StatedGatheringCount

__all__ = [
    "CalendarFeed",
    "Gathering",
    "GatheringMail",
    "GatheringPaper",
    "Material",
    "Registration",
    "Session",
    "SessionChoice",
    "Speaker",
    "StatedAttendance",
    "StatedGatheringCount",
]
