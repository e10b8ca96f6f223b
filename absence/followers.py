"""What follows a release in rooms above this one.

A room that must know of new figures adds a function ``(release, by)`` to ``AFTER_RELEASE`` when it is made ready. It is
called in the release's own transaction: what it asks for is there exactly when the figures are.
"""

from collections.abc import Callable

AFTER_RELEASE: list[Callable[[object, object], None]] = []
