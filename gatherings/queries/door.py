"""Who stands at the door: found by name, participant or code."""

from dataclasses import dataclass

from municipalities.queries.register import alphabetical

from ..models import Gathering, Registration

MOST_SHOWN = 60


@dataclass(frozen=True)
class DoorRows:
    """The first of those who fit, by name; ``more`` fit than are shown."""

    rows: list[Registration]
    more: int


def door_rows(gathering: Gathering, words: str) -> DoorRows:
    """One query; each word must begin a part of the name or of the participant's, or be the code."""
    people = gathering.registrations.seated().select_related("participation")
    wanted = words.casefold().split()
    fitting = [one for one in people if all(_fits(one, word) for word in wanted)]
    fitting.sort(key=lambda one: (alphabetical(one.name), one.pk))
    return DoorRows(fitting[:MOST_SHOWN], max(len(fitting) - MOST_SHOWN, 0))


def _fits(one: Registration, word: str) -> bool:
    place = one.participation.name if one.participation else ""
    parts = f"{one.name} {place}".casefold().replace("-", " ").split()
    return any(part.startswith(word) for part in parts) or one.code.casefold() == word
