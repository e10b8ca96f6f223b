"""Norwegian clock time to an instant, also in the nights when the clock is moved."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")


class NoSuchTime(ValueError):
    """The clock was moved past it: on 29 March 2026 no clock showed 02:30. ``instead`` is what it showed."""

    def __init__(self, local: datetime):
        self.instead = local.replace(tzinfo=OSLO).astimezone(UTC).astimezone(OSLO)
        super().__init__(local.isoformat())


def opening(local: datetime) -> datetime:
    """The instant of a clock time in Norway; of the hour that comes twice in autumn, the first.

    >>> opening(datetime(2026, 9, 1, 15)).isoformat()
    '2026-09-01T13:00:00+00:00'
    """
    return _instant(local, fold=0)


def closing(local: datetime) -> datetime:
    """As ``opening``, but of the hour that comes twice the second, so that nobody is shut out early."""
    return _instant(local, fold=1)


def _instant(local: datetime, *, fold: int) -> datetime:
    instant = local.replace(tzinfo=OSLO, fold=fold).astimezone(UTC)
    if instant.astimezone(OSLO).replace(tzinfo=None) != local:
        raise NoSuchTime(local)
    return instant


def in_norway(instant: datetime) -> datetime:
    return instant.astimezone(OSLO)


def days_left(instant: datetime, now: datetime) -> int:
    """Whole calendar days in Norway from now to the instant; 0 on its own day, negative after it."""
    return (in_norway(instant).date() - in_norway(now).date()) // timedelta(days=1)
