"""Who gets a place: first come, first served, and nobody passes those who wait."""

from collections.abc import Sequence
from typing import TypeVar

Key = TypeVar("Key")


def free_places(capacity: int | None, seated: int) -> int | None:
    """Places left, None where there is no limit; none are left where the limit has been lowered since.

    >>> free_places(10, 12)
    0
    """
    return None if capacity is None else max(capacity - seated, 0)


def moves_up(capacity: int | None, seated: int, waiting: Sequence[Key]) -> Sequence[Key]:
    """Those of the waiting, in the order of the line, for whom there is a place now.

    >>> moves_up(3, 2, ["Anne", "Berit"])
    ['Anne']
    """
    free = free_places(capacity, seated)
    return waiting if free is None else waiting[:free]


def seats_for(capacity: int | None, seated: int, waiting: int, newcomers: int) -> int:
    """How many of the newcomers get a place at once; the rest go to the end of the line.

    >>> seats_for(10, 8, 0, 5)
    2
    >>> seats_for(10, 8, 1, 5)
    1
    """
    free = free_places(capacity, seated)
    return newcomers if free is None else min(newcomers, max(free - waiting, 0))
