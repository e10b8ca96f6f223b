"""Any plain HTML template as one PDF that is PDF/A-3a and PDF/UA-1, in the house's typography.

A template extends ``correspondence/print/base.html`` and fills ``content``: headings from ``<h2>`` down, none
skipped (they become bookmarks under the title), tables whose header cells have ``scope``, pictures with ``alt`` and a
``data:`` address. It is set in a column of about 68 characters; ``class="wide"`` lets a table use the whole page. Call
this from jobs only: setting a page takes a tenth of a second, a long document many.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation

from correspondence.binding import bind
from correspondence.pieces import Piece
from correspondence.typesetting import DataFile, typeset

__all__ = ["DataFile", "print_pdf"]
HOUSE = "Pulje"


@dataclass(frozen=True)
class Foot:
    """The foot of one page; a first page has none."""

    text: str = ""
    number: int | None = None


def print_pdf(
    template: str,
    context: Mapping[str, Any],
    *,
    title: str,
    language: str,
    files: Iterable[DataFile] = (),
    bookmarks: bool = True,
) -> bytes:
    """The template with ``context`` as a PDF in ``language``; the same in gives the same bytes out.

    The letterhead prints of the context: ``sender`` (a programme's name, else Pulje), ``addressee`` (lines), ``date``,
    ``reference``; ``made_at`` (now) is the time the file gives as its own. From the second page on each has ``title``
    and its number at the foot. ``files`` lie inside the PDF, sorted by name. Raises RefusedAddress when the HTML asks
    for anything outside, and ValueError when a template is not found to be one of these.
    """
    html = document_html(template, context, title=title, language=language)
    piece = typeset(html, files=tuple(sorted(files, key=lambda file: file.name)))
    if not bookmarks:
        piece = replace(piece, headings=())
    feet = [Foot(title, number) for number in range(2, piece.pages + 1)]
    return bound([piece], feet)


def document_html(template: str, context: Mapping[str, Any], *, title: str, language: str) -> str:
    """What the typesetter is given: letterhead, title and content, in the language."""
    made_at = context.get("made_at") or timezone.now()
    values = {"sender": HOUSE, "date": timezone.localdate(made_at)} | dict(context)
    values |= {"title": title, "language": language, "made_at": made_at}
    with translation.override(language):
        return render_to_string(template, values)


def bound(pieces: list[Piece], feet: list[Foot], labels: dict[str, str] | None = None) -> bytes:
    """The pieces as one PDF; ``feet`` has one for each page from the second on."""
    under = []
    if any(foot.text for foot in feet):  # letters of one page have none
        html = document_html("correspondence/print/feet.html", {"feet": feet}, title=HOUSE, language="nb")
        under = [typeset(html, tagged=False)]
    return bind(pieces[0], pieces[1:], under, labels=labels or {})
