"""Where a municipality takes part: each programme with its cohorts, its networks and who looks after them.

The page of a municipality has much to ask about, so the rows are joined flat and put together here: two queries.
"""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Q

from municipalities.models import Municipality
from programmes.models import Participation
from programmes.queries import last_day

from .models import Network, NetworkMembership, NetworkPost


@dataclass(frozen=True)
class CohortTime:
    slug: str
    name: str
    starts_on: date | None
    ends_on: date | None
    is_certain: bool


@dataclass(frozen=True)
class Caretaker:
    """Who looks after a network, and as what."""

    post: str
    name: str
    phone: str


@dataclass
class NetworkPart:
    slug: str
    name: str
    caretakers: list[Caretaker] = field(default_factory=list)


@dataclass
class Part:
    """A municipality in a programme, itself or ``through`` an organisation; only what the reader may see."""

    participation: Participation
    through: str
    cohorts: list[CohortTime] = field(default_factory=list)
    networks: dict[int, NetworkPart] = field(default_factory=dict)


def parts_of(municipality: Municipality, user, today: date) -> list[Part]:
    """In order of programme: two queries, whatever the number of programmes, cohorts and networks.

    Who looks after a network is as of the programme's last day, or of today while it runs.
    """
    parts: dict[int, Part] = {}
    for row in _participations(municipality, user):
        part = parts.setdefault(row.pk, Part(row, row.organisation.name if row.organisation else ""))
        if row.cohort_slug:
            part.cohorts.append(
                CohortTime(row.cohort_slug, row.cohort_name, row.cohort_from, row.cohort_to, row.cohort_certain)
            )
    for row in _memberships(parts, user):
        part = parts[row.participation_id]
        network = part.networks.setdefault(row.network_id, NetworkPart(row.network.slug, row.network.name))
        if row.post_kind and _holds(row, last_day(part.participation.programme, today)):
            network.caretakers.append(Caretaker(NetworkPost.Kind(row.post_kind).label, row.post_name, row.post_phone))
    return list(parts.values())


def _participations(municipality: Municipality, user):
    """One row for each time in a cohort, and one for a participation that is in none."""
    return (
        Participation.objects.visible_to(user)
        .filter(Q(municipality=municipality) | Q(organisation__members=municipality))
        .select_related("programme", "organisation")
        .annotate(
            cohort_slug=F("cohort_memberships__cohort__slug"),
            cohort_name=F("cohort_memberships__cohort__name"),
            cohort_from=F("cohort_memberships__starts_on"),
            cohort_to=F("cohort_memberships__ends_on"),
            cohort_certain=F("cohort_memberships__is_certain"),
            cohort_position=F("cohort_memberships__cohort__position"),
        )
        .order_by("programme__starts_on", "pk", "cohort_position")
        .distinct()
    )


def _memberships(parts: dict[int, Part], user):
    """One row for each post of each network that the reader may see, and one for a network without posts."""
    return (
        NetworkMembership.objects.filter(participation__in=parts, network__in=Network.objects.visible_to(user))
        .select_related("network")
        .annotate(
            post_kind=F("network__posts__kind"),
            post_name=F("network__posts__user__name"),
            post_phone=F("network__posts__user__phone"),
            post_from=F("network__posts__starts_on"),
            post_to=F("network__posts__ends_on"),
        )
        .order_by("network__cohort__position", "network__name", "post_kind", "post_name")
    )


def _holds(row, day: date) -> bool:
    return (row.post_from is None or row.post_from <= day) and (row.post_to is None or row.post_to >= day)
