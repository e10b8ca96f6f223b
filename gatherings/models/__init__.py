"""Gatherings, their programmes, who comes to them, and what sources say about those of the past."""

from .evaluation import (
    Evaluation,
    EvaluationAnswer,
    EvaluationQuestion,
    EvaluationText,
    EvaluationToken,
)
from .evaluation_published import PublishedEvaluation
from .feed import CalendarFeed
from .gathering import Gathering
from .letters import GatheringMail, GatheringPaper
from .programme import Material, Session, SessionChoice, Speaker
from .registration import Registration
from .stated import StatedAttendance, StatedGatheringCount

__all__ = [
    "CalendarFeed",
    "Evaluation",
    "EvaluationAnswer",
    "EvaluationQuestion",
    "EvaluationText",
    "EvaluationToken",
    "Gathering",
    "GatheringMail",
    "GatheringPaper",
    "Material",
    "PublishedEvaluation",
    "Registration",
    "Session",
    "SessionChoice",
    "Speaker",
    "StatedAttendance",
    "StatedGatheringCount",
]
