"""Who holds a post for a participant."""

from collections.abc import Iterable
from datetime import date

from municipalities.models import User
from programmes.models import Participation

from ..models import NetworkMembership, NetworkPost


def post_held(participation: Participation, user: User, day: date) -> NetworkPost | None:
    """The post by which the person looks after the participant on the day; of several, the adviser's. One query."""
    networks = NetworkMembership.objects.valid_on(day).filter(participation=participation).values("network")
    held = NetworkPost.objects.valid_on(day).filter(user=user, network__in=networks)
    return held.select_related("network").order_by("kind", "pk").first()


def posts_of(participations: Iterable[int], day: date) -> dict[int, list[NetworkPost]]:
    """Participant → those who look after it on the day, advisers first. Two queries."""
    times = NetworkMembership.objects.valid_on(day).filter(participation__in=participations)
    networks: dict[int, list[int]] = {}
    for pk, network in times.values_list("participation", "network"):
        networks.setdefault(network, []).append(pk)
    found: dict[int, list[NetworkPost]] = {}
    held = NetworkPost.objects.valid_on(day).filter(network__in=networks, user__is_active=True)
    for post in held.select_related("user").order_by("kind", "user__name"):
        for pk in networks[post.network_id]:
            found.setdefault(pk, []).append(post)
    return found
