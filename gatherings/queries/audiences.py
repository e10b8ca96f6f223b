"""Who gets a letter to a gathering."""

from ..models import Gathering, GatheringMail, Registration

Audience = GatheringMail.Audience


def readers_of(gathering: Gathering, audience: str) -> list[Registration]:
    """Those of the audience who have an address, in the order of the line, one for each address. One query."""
    found = gathering.registrations.live().select_related("user", "registered_by").order_by("number")
    of_audience = {
        Audience.ALL: found,
        Audience.REGISTERED: found.seated(),
        Audience.WAITING: found.waiting(),
        Audience.PRESENT: found.present(),
        Audience.ABSENT: found.seated().filter(attended_at__isnull=True),
    }[audience]
    by_address: dict[str, Registration] = {}
    for one in of_audience:
        if one.email or one.user:
            by_address.setdefault((one.user.email if one.user else one.email).lower(), one)
    return list(by_address.values())
