"""A network leader sees the municipalities of the networks led today."""

from django.utils import timezone

from municipalities.models import Municipality

from .models import NetworkPost


def led_municipality_ids(user) -> set[int]:
    networks = NetworkPost.objects.valid_on(timezone.localdate()).filter(user=user).values("network")
    direct = Municipality.objects.filter(participations__network_memberships__network__in=networks)
    joint = Municipality.objects.filter(organisations__participations__network_memberships__network__in=networks)
    # SQLite allows no order inside a union, and the model has one.
    return {pk for (pk,) in direct.order_by().values_list("pk").union(joint.order_by().values_list("pk"))}
