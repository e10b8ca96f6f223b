"""Texts that are stored in one language and read in another.

A worker does not know who will look. It stores the English msgid and the values, and the page
translates them for its reader. A text without a translation is shown as it stands.
"""

from typing import Any

from django.utils import formats, translation


def source(text: Any) -> str:
    """The msgid of a lazy translation; a plain string is its own."""
    with translation.override("en"):
        return str(text)


def said(text: str, values: dict[str, Any]) -> str:
    """A stored text in the reader's language, whole numbers grouped as the language does."""
    if not text:
        return ""
    translated = translation.gettext(text)
    if not values:
        return translated
    shown = {name: _shown(value) for name, value in values.items()}
    try:
        return translated % shown
    except (KeyError, TypeError, ValueError):
        return translated


def _shown(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        return formats.number_format(value, use_l10n=True, force_grouping=True)
    return value
