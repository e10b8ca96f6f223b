"""What each kind of message is called for people.

A kind is named after its template: ``reporting/email/published.txt`` is ``reporting.published``. Rooms above add the
words for theirs when they are made ready (``NAMES["reporting.published"] = _("A new report")``); a kind without words
is shown by its name.
"""

import re
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

LETTER = "correspondence.letter"
NAMES: dict[str, Any] = {LETTER: _("Letter")}


def kind_of(template: str) -> str:
    """``programmes/email/admitted.txt`` → ``programmes.admitted``; ValueError for a template elsewhere."""
    found = re.fullmatch(r"(\w+)/email/(\w+)\.txt", template)
    if found is None:
        raise ValueError(f"no template of an e-mail: {template}")
    return f"{found[1]}.{found[2]}"


def kind_in_words(kind: str) -> str:
    return str(NAMES.get(kind, kind))


# Called with each message in the transaction that says it is sent; rooms above add their functions.
AFTER_SENDING: list[Callable[[Any], None]] = []
