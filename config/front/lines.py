"""One line of what waits."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Waiting:
    """``kind`` says what sort of thing it is, ``text`` what to do, ``since`` how long it has waited."""

    kind: str
    text: str
    url: str
    since: datetime
