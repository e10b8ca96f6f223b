"""From a report to one PDF file that is PDF/A-3a and PDF/UA-1.

Each chapter is set by itself and kept under the hash of its HTML; the front (title page and contents) is set last, when
the page numbers are known, and ``correspondence.binding`` makes one file of the pieces. A new edition with one changed
chapter sets that chapter, the front and nothing else. Many chapters at once are shared with child processes.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from correspondence.binding import bind
from correspondence.composing import set_all
from correspondence.pieces import Piece
from correspondence.shelf import Shelf, fingerprint
from correspondence.typesetting import DataFile, house, typeset
from reporting.document import Document, Numbering
from reporting.printing import (
    ContentsLine,
    attachment_name,
    chapter_html,
    feet_html,
    front_html,
    labels,
    section_anchor,
)

FEET_AT_ONCE = 50  # pages; feet are kept by the fifty, so that a page more or less finds them made


@dataclass(frozen=True)
class Printed:
    """A finished PDF. ``chapters_set`` says how many chapters had to be set anew; the rest came from the shelf."""

    pdf: bytes
    pages: int
    sha256: str
    chapters_set: int


def report_pdf(document: Document, shelf: Shelf | None = None) -> Printed:
    """The report as a PDF; the same document gives the same bytes.

    Raises RefusedAddress when prose asks for anything outside, ValueError for a chart that cannot be drawn and
    TypesettingFailed when a chapter takes too long or too much memory.
    """
    shelf = shelf or Shelf(Path(settings.MEDIA_ROOT) / "print" / "chapters")
    numbering = Numbering.of(document)
    chapters, chapters_set = _pieces([chapter_html(document, one, numbering) for one in document.chapters()], shelf)
    front = _front(document, numbering, chapters)
    total = front.pages + sum(chapter.pages for chapter in chapters)
    pdf = bind(front, chapters, _feet(document, total, shelf), labels=labels(document, numbering))
    return Printed(pdf, total, hashlib.sha256(pdf).hexdigest(), chapters_set)


def _pieces(pages: list[str], shelf: Shelf) -> tuple[list[Piece], int]:
    """A piece for each HTML, and how many were not on the shelf."""
    keys = [fingerprint(house(), html) for html in pages]
    kept = {key: shelf.get(key) for key in keys}
    missing = {key: html for key, html in zip(keys, pages, strict=True) if kept[key] is None}
    made = dict(zip(missing, set_all(list(missing.values())), strict=True))
    for key, piece in made.items():
        shelf.put(key, piece.to_bytes())
    return [made.get(key) or Piece.from_bytes(kept[key]) for key in keys], len(made)


def _front(document: Document, numbering: Numbering, chapters: list[Piece]) -> Piece:
    """Set with the page numbers it lists; set again in the rare case that its own length was guessed wrongly."""
    files = _files(document, numbering)
    pages = _guessed_front(document)
    while True:
        contents, lists = _contents(document, numbering, chapters, pages)
        front = typeset(front_html(document, contents, lists), files=files)
        if front.pages == pages:
            return front
        pages = front.pages


def _guessed_front(document: Document) -> int:
    """Title page and contents: about 44 lines a page, 50 of the smaller ones."""
    lines = sum(1.3 if section.level == 1 else 1 for section in document.sections if section.level <= 2) + 4
    small = sum(len(section.data.tables) + len(section.data.figures) for section in document.sections)
    return 2 + int((lines + small * 0.9 + 4) / 44)


def _feet(document: Document, total: int, shelf: Shelf) -> list[Piece]:
    feet = []
    for first in range(2, total + 1, FEET_AT_ONCE):
        html = feet_html(document, list(range(first, first + FEET_AT_ONCE)))
        key = fingerprint(house(), html)
        kept = shelf.get(key)
        piece = Piece.from_bytes(kept) if kept is not None else typeset(html, tagged=False)
        if kept is None:
            shelf.put(key, piece.to_bytes())
        feet.append(piece)
    return feet


def _contents(document, numbering, chapters, front_pages):
    where, start = {}, front_pages
    for piece in chapters:
        where.update({name: start + spot.page + 1 for name, spot in piece.anchors.items()})
        start += piece.pages
    sections = [
        ContentsLine(
            section.level, section.number, section.title, section_anchor(section), where.get(section_anchor(section))
        )
        for section in document.sections
        if section.level <= 2
    ]
    data = [section.data for section in document.sections]
    tables = [(f"table-{t.slug}", numbering.tables[t.slug], t.title) for one in data for t in one.tables]
    figures = [(f"figure-{f.slug}", numbering.figures[f.slug], f.title) for one in data for f in one.figures]
    lists = {
        kind: [ContentsLine(2, number, title, anchor, where.get(anchor)) for anchor, number, title in items]
        for kind, items in (("tables", tables), ("figures", figures))
    }
    return sections, lists


def _files(document: Document, numbering: Numbering) -> tuple[DataFile, ...]:
    """The CSV behind each table, sorted by name as the PDF wants them."""
    tables = {attachment_name(table, numbering): table for one in document.sections for table in one.data.tables}
    return tuple(DataFile(name, table.title, table.csv(), document.frozen_at) for name, table in sorted(tables.items()))
