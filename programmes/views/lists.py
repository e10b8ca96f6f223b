"""Links that the reader may follow from a list."""

from municipalities.queries.register import openable


def openable_among(user, participations) -> set[int]:
    """Ids of the municipalities among them whose page the reader may open."""
    return openable(user, {one.municipality_id for one in participations if one.municipality_id})
