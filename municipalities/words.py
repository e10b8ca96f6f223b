"""Texts that are data, not interface: kept in several languages side by side."""

from django.db import models
from django.utils.translation import get_language

FALLBACKS = {"nb": ("nb", "nn", "en"), "nn": ("nn", "nb", "en"), "en": ("en", "nb", "nn")}


def in_language(texts: dict[str, str] | None, language: str | None = None) -> str:
    """The text in the language asked for, or in the nearest one there is; empty if there is none."""
    wanted = FALLBACKS.get((language or get_language() or "nb")[:2], FALLBACKS["nb"])
    return next((texts[code] for code in wanted if texts and texts.get(code)), "")


class TextsField(models.JSONField):
    """``{"nb": …, "nn": …, "en": …}``; a model reads it with ``in_language``."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("default", dict)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)
