"""Parts of a municipality's page that rooms above make.

Each such room adds a function ``(request, municipality) -> HTML`` to ``PANELS`` when it is made ready; so the register
knows nothing of programmes and networks, and the page is one answer.
"""

from collections.abc import Callable

PANELS: list[Callable[[object, object], str]] = []


def panels_of(request, municipality) -> list[str]:
    return [panel(request, municipality) for panel in PANELS]
