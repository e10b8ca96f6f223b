"""Whose follow-up a person may see: everybody's, that of the networks one leads, or one's own municipality's."""

from django.db.models import Q
from django.utils import timezone

from municipalities.models import MunicipalityChange
from municipalities.permissions import may

from .network import NetworkMembership, NetworkPost

Kind = MunicipalityChange.Kind
CARRIED_ON = (Kind.MERGE, Kind.RENAME, Kind.RECODE)
# Merged, given a new number with a new county, and again when the county was split: no municipality has had more.
GENERATIONS = 3


def sees_all(user) -> bool:
    return may(user, "follow_up.view_all")


def led_participations(user):
    """The participants that today are members of networks in which the person holds a post today."""
    today = timezone.localdate()
    posts = NetworkPost.objects.valid_on(today).filter(user=user)
    return NetworkMembership.objects.valid_on(today).filter(network__in=posts.values("network")).values("participation")


def of_own_municipality(user, prefix: str = "participation__") -> Q:
    """Participations of one's own municipality, of a body it is in, and of those that have become it.

    What was agreed with the old municipality binds the new. No query of its own.
    """
    own = user.own_municipality_ids
    found = Q((f"{prefix}municipality__in", own)) | Q((f"{prefix}organisation__members__in", own))
    before = own
    for _generation in range(GENERATIONS):
        before = _became(before)
        found |= Q((f"{prefix}municipality__in", before))
    return found


def _became(ids):
    """The municipalities that became these, one step back, as a subquery."""
    changes = MunicipalityChange.objects.filter(
        successor__in=ids, kind__in=CARRIED_ON, happened_on__lte=timezone.localdate()
    )
    return changes.order_by().values("predecessor")
