"""Which municipalities a person's roles are for.

Rooms above know reasons that this room cannot: a network leader sees the network's. Each such room adds a function
``(user) -> set of municipality ids`` to ``SCOPES`` when it is made ready; so nothing here imports upwards.
"""

from collections.abc import Callable

SCOPES: list[Callable[[object], set[int]]] = []


def scoped_municipality_ids(user) -> set[int]:
    return set().union(*(scope(user) for scope in SCOPES))
