"""Reading across networks."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q

from programmes.models import Cohort, Programme

from .models import Network, NetworkMembership


@dataclass(frozen=True)
class NetworkRow:
    """A network with the names of its members on a date; ``uncertain`` where a source leaves the grouping open."""

    network: Network
    members: tuple[str, ...]
    uncertain: bool


def networks_with_members(programme: Programme, day: date) -> list[NetworkRow]:
    """Two queries, whatever the number of networks."""
    current = (
        NetworkMembership.objects.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=day), Q(ends_on__isnull=True) | Q(ends_on__gte=day)
        )
        .select_related("participation")
        .order_by("participation__name")
    )
    found = programme.networks.select_related("cohort").prefetch_related(
        Prefetch("memberships", queryset=current, to_attr="current")
    )
    return [
        NetworkRow(
            network,
            tuple(one.participation.name for one in network.current),
            any(not one.is_certain for one in network.current),
        )
        for network in found
    ]


def by_cohort(rows: list[NetworkRow]) -> dict[Cohort | None, list[NetworkRow]]:
    grouped = defaultdict(list)
    for row in rows:
        grouped[row.network.cohort].append(row)
    return dict(grouped)
