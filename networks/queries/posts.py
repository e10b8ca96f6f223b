"""Who holds a post for a participant."""

from datetime import date

from municipalities.models import User
from programmes.models import Participation

from ..models import NetworkMembership, NetworkPost


def post_held(participation: Participation, user: User, day: date) -> NetworkPost | None:
    """The post by which the person looks after the participant on the day; of several, the adviser's. One query."""
    networks = NetworkMembership.objects.valid_on(day).filter(participation=participation).values("network")
    held = NetworkPost.objects.valid_on(day).filter(user=user, network__in=networks)
    return held.select_related("network").order_by("kind", "pk").first()


def posts_for(participation: Participation, day: date) -> list[NetworkPost]:
    """Those who look after the participant on the day, advisers first. One query."""
    networks = NetworkMembership.objects.valid_on(day).filter(participation=participation).values("network")
    held = NetworkPost.objects.valid_on(day).filter(network__in=networks, user__is_active=True)
    return list(held.select_related("user", "network").order_by("kind", "user__name"))
