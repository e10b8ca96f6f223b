"""Reading across networks, visits, what was agreed, and contacts."""

from .networks import (
    NetworkLine,
    NetworkRow,
    by_cohort,
    network_lines,
    network_on,
    networks_with_members,
    project_leaders,
)

__all__ = [
    "NetworkLine",
    "NetworkRow",
    "by_cohort",
    "network_lines",
    "network_on",
    "networks_with_members",
    "project_leaders",
]
