"""Lines of a participant's timeline that rooms above add: visits, gatherings, filings.

Each such room appends a function ``(user, participation) -> iterable of TimelineLine`` to ``LINES`` when it is made
ready, and gives only what the user may see; so the programmes know nothing of visits.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class TimelineLine:
    """``kind`` says what sort of thing it is, ``text`` what happened; ``detail`` is a reason or the like.

    ``on`` is None where no source gives the day. ``event_id`` is the event that can be undone, if it is one.
    """

    on: date | None
    kind: Any
    text: Any
    url: str = ""
    detail: str = ""
    event_id: int | None = None


LINES: list[Callable[[Any, Any], Iterable[TimelineLine]]] = []
