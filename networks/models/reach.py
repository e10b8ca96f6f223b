"""Whose follow-up a person may see: everybody's, that of the networks one leads, or one's own municipality's."""

from django.db.models import Q
from django.utils import timezone

from municipalities.models import MunicipalityChange
from municipalities.permissions import may

from .network import NetworkMembership, NetworkPost

Kind = MunicipalityChange.Kind
CARRIED_ON = (Kind.MERGE, Kind.RENAME, Kind.RECODE)


def sees_all(user) -> bool:
    return may(user, "follow_up.view_all")


def led_participations(user):
    """The participants that today are members of networks in which the person holds a post today."""
    today = timezone.localdate()
    posts = NetworkPost.objects.valid_on(today).filter(user=user)
    return NetworkMembership.objects.valid_on(today).filter(network__in=posts.values("network")).values("participation")


def of_own_municipality(user, prefix: str = "participation__") -> Q:
    """Participations of one's own municipality, of a body it is in, and of those that have become it."""
    own = with_predecessors(user.own_municipality_ids)
    return Q((f"{prefix}municipality__in", own)) | Q((f"{prefix}organisation__members__in", own))


def with_predecessors(ids: set[int]) -> set[int]:
    """These municipalities and those that became them: what was agreed with the old binds the new."""
    found, newest = set(ids), set(ids)
    while newest:
        changes = MunicipalityChange.objects.filter(
            successor__in=newest, kind__in=CARRIED_ON, happened_on__lte=timezone.localdate()
        )
        newest = set(changes.values_list("predecessor", flat=True)) - found
        found |= newest
    return found
