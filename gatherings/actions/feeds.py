"""A person's own calendar address, and a new one when the old has come astray."""

from django.db import transaction
from django.utils import timezone

from municipalities.models import AuditEvent

from ..models import CalendarFeed
from ..models.feed import new_feed_token


@transaction.atomic
def own_feed(user) -> CalendarFeed:
    """The feed, made the first time it is asked for."""
    feed, is_new = CalendarFeed.objects.get_or_create(user=user)
    if is_new:
        AuditEvent.record("gatherings.make_feed", feed, by=user)
    return feed


@transaction.atomic
def renew_feed(user) -> CalendarFeed:
    """A new address; the old one answers nothing from now on."""
    feed = own_feed(user)
    feed.token, feed.made_at = new_feed_token(), timezone.now()
    feed.save(update_fields=["token", "made_at"])
    AuditEvent.record("gatherings.renew_feed", feed, by=user)
    return feed
