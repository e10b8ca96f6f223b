"""Kinds of letters, which rooms above register, and what a letter is made from.

A letter's text is Markdown with merge fields: ``[[grant]]`` becomes what the letter's ``fields`` hold under ``grant``.
It is written in the language of its reader; so are the values of its fields.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.db import models

from municipalities.markdown import safe_html
from municipalities.plain_text import plain_text

HEADING = re.compile(r"<h([1-6])>")
FIELD = re.compile(r"\[\[\s*([\w-]+)\s*\]\]")


def nothing(letter: Any) -> None:
    """What a kind does after a letter is sent, when it has nothing to do."""


@dataclass(frozen=True)
class LetterKind:
    """``title`` is a lazy translation; ``fields`` maps each merge field to its name for people.

    ``on_sent(letter)`` is called once, in the transaction that says the letter is sent, whether by e-mail or on paper.
    """

    slug: str
    title: Any
    fields: Mapping[str, Any] = field(default_factory=dict)
    on_sent: Callable[[Any], None] = nothing


@dataclass(frozen=True)
class LetterDraft:
    """One letter to be made. ``addressee`` is the lines of the address; without ``email`` it goes on paper."""

    about: models.Model | None
    addressee: str
    email: str
    language: str
    subject: str
    body_markdown: str
    fields: Mapping[str, str] = field(default_factory=dict)


_kinds: dict[str, LetterKind] = {}
# What a programme calls itself on a letterhead, by its slug; the room of programmes adds its function.
SENDERS: list[Callable[[str], str]] = []


def register(kind: LetterKind) -> LetterKind:
    """Make a kind known; a second one under the same slug is a mistake, the same one again is not."""
    if _kinds.setdefault(kind.slug, kind) != kind:
        raise ValueError(f"two kinds of letters called {kind.slug}")
    return kind


def known(slug: str) -> LetterKind:
    """The kind; one that no room registers any more is called by its slug and does nothing."""
    return _kinds.get(slug) or LetterKind(slug, slug)


def titles() -> dict[str, str]:
    return {slug: str(kind.title) for slug, kind in sorted(_kinds.items())}


def sender_of(programme_slug: str) -> str:
    """The programme's name, or Pulje."""
    return next((name for find in SENDERS if (name := find(programme_slug))), "Pulje")


def fields_in(*texts: str) -> list[str]:
    """The merge fields of the texts, each once, in their order."""
    return list(dict.fromkeys(name for text in texts for name in FIELD.findall(text)))


def unfilled(letter: Any) -> list[str]:
    """Fields that the letter's text names and nobody has filled: it must not go out like that."""
    return [name for name in fields_in(letter.subject, letter.body) if not str(letter.fields.get(name, "")).strip()]


def merged(text: str, fields: Mapping[str, str]) -> str:
    """The text with its fields filled; one that nobody filled stays visible."""
    return FIELD.sub(lambda match: str(fields.get(match[1]) or match[0]), text)


def letter_html(body: str, fields: Mapping[str, str], *, top_level: int = 2) -> str:
    """The text as safe HTML, headings from ``top_level`` down, lines as they were typed; values are text."""
    html = _without_gaps(safe_html(body, keeps_lines=True), top_level)
    return FIELD.sub(lambda match: escape(str(fields.get(match[1]) or match[0])), html)


def letter_text(body: str, fields: Mapping[str, str]) -> str:
    """The text as an e-mail says it, without the marks of Markdown; values are text, whatever they hold."""
    return merged(plain_text(body), fields)


def _without_gaps(html: str, top_level: int) -> str:
    """The headings at ``top_level`` and below without a level skipped, whatever marks people wrote before them."""
    ranks = {level: rank for rank, level in enumerate(sorted(set(HEADING.findall(html))))}
    level = top_level - 1

    def placed(match: re.Match[str]) -> str:
        nonlocal level
        level = min(top_level + ranks[match[1]], level + 1)
        return f"<h{level}>{match[2]}</h{level}>"

    return re.sub(r"(?s)<h([1-6])>(.*?)</h\1>", placed, html)


def names_of(drafts: Iterable[LetterDraft]) -> set[str]:
    return {name for draft in drafts for name in fields_in(draft.subject, draft.body_markdown)}
