"""Dated places in cohorts: what a decision or a move makes of them. Pure; days are inclusive on both ends."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

DAY = timedelta(days=1)

# What an admission makes of a participant.
CREATED, REJOINED, MOVED, ADDED, KEPT = "created", "rejoined", "moved", "added", "kept"


@dataclass(frozen=True)
class Stay:
    """A time in a cohort; an open end is None, an unknown beginning too. ``key`` is whatever the caller knows it by."""

    cohort: Hashable
    starts_on: date | None
    ends_on: date | None = None
    key: Hashable = None

    def holds_on(self, day: date) -> bool:
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or self.ends_on >= day)

    def is_open_after(self, day: date) -> bool:
        return self.ends_on is None or self.ends_on >= day


def admission(stays: Iterable[Stay] | None, withdrawn_on: date | None, cohort: Hashable, starts_on: date) -> str:
    """What becomes of one that is admitted to the cohort from the day; ``stays`` is None where it takes no part yet."""
    if stays is None:
        return CREATED
    if withdrawn_on is not None and withdrawn_on <= starts_on:
        return REJOINED
    standing = [one for one in stays if one.is_open_after(starts_on)]
    if any(one.cohort == cohort for one in standing):
        return KEPT
    return MOVED if standing else ADDED


def moved(stays: Iterable[Stay], to: Hashable, on: date, *, from_: Hashable = None) -> list[Stay]:
    """The stays after a move on the day: what stood before ends the day before, the new one begins.

    ``from_`` names one cohort to leave where a participant stands in two; without it all that stand are left. A stay
    that would begin on or after the day of the move was never begun, and is not in the answer. Raises ValueError when
    the participant stands in the new cohort already.
    """
    stays = list(stays)
    if any(one.cohort == to and one.is_open_after(on) for one in stays):
        raise ValueError("stands in the cohort already")
    kept = [_left(one, on) if from_ in (None, one.cohort) else one for one in stays]
    return [one for one in kept if one is not None] + [Stay(to, on)]


def ended(stays: Iterable[Stay], on: date) -> list[Stay]:
    """The stays when the participant stands in no cohort from the day on."""
    return [one for one in (_left(stay, on) for stay in stays) if one is not None]


def _left(stay: Stay, on: date) -> Stay | None:
    if not stay.is_open_after(on):
        return stay
    if stay.starts_on is not None and stay.starts_on >= on:
        return None
    return replace(stay, ends_on=on - DAY)


def standing_on(stays: Iterable[Stay], day: date) -> list[Hashable]:
    """The cohorts that a participant stands in on the day."""
    return [one.cohort for one in stays if one.holds_on(day)]
