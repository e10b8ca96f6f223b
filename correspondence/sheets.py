"""Letters on paper: each alone, or all of a batch as one PDF in which every letter begins a page and has its bookmark.

Letters are set a few at a time, so that processes can share them, fonts are embedded once for several, and a batch of
which one letter was changed sets the few round that one anew: the rest lies on the shelf.
"""

from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from correspondence.composing import set_all
from correspondence.models import Letter, LetterBatch
from correspondence.pieces import Piece
from correspondence.printing import Foot, bound, document_html
from correspondence.shelf import Shelf, fingerprint
from correspondence.typesetting import house

TOGETHER = 8  # letters in one document


def letter_pdfs(letters: list[Letter]) -> list[bytes]:
    """Each letter as a PDF/A-3a and PDF/UA-1 file of its own, tagged in its own language; reads ``letter.batch``."""
    pieces = set_all([_html([letter], letter.batch) for letter in letters])
    return [bound([piece], _feet([letter], [piece])) for letter, piece in zip(letters, pieces, strict=True)]


def batch_pdf(batch: LetterBatch, letters: list[Letter], tell: Callable[[int], None] = lambda done: None) -> bytes:
    """All letters as one PDF; ``tell`` hears about how many are set. ValueError when there are none."""
    if not letters:
        raise ValueError("no letters to print")
    groups = [letters[start : start + TOGETHER] for start in range(0, len(letters), TOGETHER)]
    shelf = Shelf(Path(settings.MEDIA_ROOT) / "print" / "letters")
    pieces = _set([_html(group, batch) for group in groups], shelf, lambda part: tell(int(part * len(letters))))
    return bound(pieces, _feet(letters, pieces))


def _set(pages: list[str], shelf: Shelf, tell: Callable[[float], None]) -> list[Piece]:
    keys = [fingerprint(house(), html) for html in pages]
    kept = {key: shelf.get(key) for key in keys}
    missing = {key: html for key, html in zip(keys, pages, strict=True) if kept[key] is None}
    made = dict(zip(missing, set_all(list(missing.values()), tell), strict=True))
    for key, piece in made.items():
        shelf.put(key, piece.to_bytes())
    return [made.get(key) or Piece.from_bytes(kept[key]) for key in keys]


def _html(letters: list[Letter], batch: LetterBatch) -> str:
    """The letters as one document, titled and tagged in the language of the first."""
    alone = len(letters) == 1
    return document_html(
        "correspondence/print/letters.html",
        {"letters": letters, "sender": batch.sender, "date": batch.dated_on, "made_at": _noon(batch)},
        title=letters[0].subject_text if alone else batch.title,
        language=letters[0].language,
    )


def _noon(batch: LetterBatch) -> datetime:
    """A file of the same letter has the same bytes: its time is the day that stands on it."""
    return timezone.make_aware(datetime.combine(batch.dated_on, time(12)))


def _feet(letters: list[Letter], pieces: list[Piece]) -> list[Foot]:
    """For every page from the second on: nothing on a letter's first, then its subject and the letter's own count."""
    firsts, before = {}, 0
    by_anchor = {f"letter-{letter.pk}": letter for letter in letters}
    for piece in pieces:
        firsts |= {before + spot.page: by_anchor[name] for name, spot in piece.anchors.items() if name in by_anchor}
        before += piece.pages
    feet, letter, number = [], None, 0
    for page in range(before):
        letter, number = (firsts[page], 1) if page in firsts else (letter, number + 1)
        feet.append(Foot(f"{letter.subject_text}, {letter.name}", number) if letter and number > 1 else Foot())
    return feet[1:]
