"""Put rows into the database that are not there yet. What is there stays as it is, also where somebody changed it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.utils.text import slugify

_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "Ae", "Ø": "O", "Å": "A", "đ": "d", "ŋ": "n"})


def ensured(model: type[models.Model], key: tuple[str, ...], rows: Iterable[Mapping[str, Any]]) -> dict[Any, Any]:
    """Create the rows whose key is new; give every row of the table by its key (a tuple, or the one value).

    ``key`` names fields, foreign keys by their ``…_id``.
    """
    known = _by_key(model, key)
    missing = {_key(row, key): row for row in rows if _key(row, key) not in known}
    if missing:
        model._default_manager.bulk_create([model(**row) for row in missing.values()])
        known = _by_key(model, key)
    return known


def slug_of(name: str) -> str:
    """``Bø (Telemark)`` → ``bo-telemark``."""
    return slugify(name.translate(_LETTERS))[:50]


def _by_key(model: type[models.Model], key: tuple[str, ...]) -> dict[Any, Any]:
    return {_key({name: getattr(one, name) for name in key}, key): one for one in model._default_manager.all()}


def _key(row: Mapping[str, Any], key: tuple[str, ...]) -> Any:
    return row[key[0]] if len(key) == 1 else tuple(row[name] for name in key)
