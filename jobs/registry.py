"""Which function does which kind of job. Rooms register theirs in their `tasks` module."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

MEMORY_MB = 2000
SECONDS = 900
ATTEMPTS = 5
PAUSES = (2, 15, 60, 300)


@dataclass(frozen=True)
class Handler:
    """A kind of job: the function, its name for people, and the limits it runs within."""

    kind: str
    function: Callable[..., dict[str, Any] | None]
    title: Any = ""
    page: str = ""
    memory_mb: int = MEMORY_MB
    seconds: int = SECONDS
    max_attempts: int = ATTEMPTS
    pauses: tuple[int, ...] = PAUSES


_handlers: dict[str, Handler] = {}


def handler(kind: str, **options: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register `function(run, **arguments)` as the one that does jobs of this kind.

    Options: `title` (a lazy translation, shown in lists), `page` (the URL name of the subject's
    page, which takes the subject's key as its only argument), `memory_mb`, `seconds` (limits of
    one attempt), `max_attempts`, and `pauses` (seconds before each new attempt; the last is used
    for all that follow).
    """

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        if kind in _handlers:
            raise ValueError(f"two handlers for {kind}")
        _handlers[kind] = Handler(kind, function, **options)
        return function

    return register


def find(kind: str) -> Handler:
    """The handler of a kind; LookupError when no room has one."""
    try:
        return _handlers[kind]
    except KeyError:
        raise LookupError(f"no handler for jobs of kind {kind}") from None


def known(kind: str) -> Handler | None:
    """The handler of a kind, or None: old rows may be of kinds that are gone."""
    return _handlers.get(kind)


def titles() -> dict[str, Any]:
    """Every kind with its name for people."""
    return {kind: found.title or kind for kind, found in sorted(_handlers.items())}
