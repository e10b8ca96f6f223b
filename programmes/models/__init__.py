"""Programmes, who stands behind them, and who takes part."""

from .participation import CohortMembership, Participation
from .programme import Agreement, Cohort, DataNote, Party, Programme, ReportedCount, SteeringSeat, UnnamedWithdrawal

__all__ = [
    "Agreement",
    "Cohort",
    "CohortMembership",
    "DataNote",
    "Participation",
    "Party",
    "Programme",
    "ReportedCount",
    "SteeringSeat",
    "UnnamedWithdrawal",
]
