"""From a report to one PDF file that is PDF/A-3a and PDF/UA-1. The only module that knows WeasyPrint.

Each chapter is set by itself and kept under the hash of its HTML; the front (title page and contents) is set last, when
the page numbers are known, and ``reporting.binding`` makes one file of the pieces. A new edition with one changed
chapter sets that chapter, the front and nothing else.
"""

import gc
import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from weasyprint import CSS, HTML, Attachment
from weasyprint import __version__ as typesetter
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from reporting.binding import Piece, Spot, bind
from reporting.document import Document, Numbering
from reporting.printing import (
    ContentsLine,
    attachment_name,
    chapter_html,
    feet_html,
    front_html,
    section_anchor,
)
from reporting.shelf import Shelf, fingerprint
from reporting.tables import Table

STATIC_DIR = settings.BASE_DIR / "static"
STYLE = "css/print.css"
POINTS = 0.75  # a CSS pixel

_UA_SCHEMA = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


class RefusedAddress(FatalURLFetchingError):
    """Something in the report asked the typesetter to fetch what is neither data nor an asset of ours."""


class Fetcher(URLFetcher):
    """Gives ``data:`` addresses and ``asset:`` files from the static folder; refuses every other address, network or disk."""

    def __init__(self):
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)

    def fetch(self, url, headers=None):
        if url.startswith("asset:"):
            return URLFetcherResponse(url, _asset(url.removeprefix("asset:")))
        if url.startswith("data:"):
            return super().fetch(url, headers)
        raise RefusedAddress(f"refused: {url[:200]}")


@dataclass(frozen=True)
class Printed:
    """A finished PDF. ``chapters_set`` says how many chapters had to be set anew; the rest came from the shelf."""

    pdf: bytes
    pages: int
    sha256: str
    chapters_set: int


def report_pdf(document: Document, shelf: Shelf | None = None) -> Printed:
    """The report as a PDF; the same document gives the same bytes.

    Raises RefusedAddress when prose asks for anything outside, ValueError for a chart that cannot be drawn.
    """
    shelf = shelf or Shelf(Path(settings.MEDIA_ROOT) / "print" / "chapters")
    numbering = Numbering.of(document)
    chapters, chapters_set = [], 0
    for chapter in document.chapters():
        piece, new = _kept(chapter_html(document, chapter, numbering), shelf)
        chapters.append(piece)
        chapters_set += new
    front = _front(document, numbering, chapters)
    total = front.pages + sum(chapter.pages for chapter in chapters)
    feet, _ = _kept(feet_html(document, list(range(2, total + 1))), shelf, tagged=False)
    pdf = bind(front, chapters, feet, labels=_labels(document, numbering))
    return Printed(pdf, total, hashlib.sha256(pdf).hexdigest(), chapters_set)


def typeset(html: str, attachments: tuple[Attachment, ...] = (), *, tagged: bool = True) -> Piece:
    """One HTML document set into pages, with where its anchors and headings came to stand; feet need no tags."""
    fonts, style = _type()
    with _no_collection():
        laid_out = HTML(string=html, base_url="asset:", url_fetcher=Fetcher()).render(
            font_config=fonts, stylesheets=[style], presentational_hints=True
        )
        pdf = laid_out.write_pdf(
            pdf_variant="pdf/a-3a" if tagged else "pdf/a-3b",
            attachments=list(attachments),
            finisher=_declare_accessible,
        )
    return Piece(pdf=pdf, pages=len(laid_out.pages), anchors=_anchors(laid_out), headings=_headings(laid_out))


def plain_pdf(html: str, *, tagged: bool) -> tuple[int, int]:
    """What WeasyPrint does with one document and no design of ours, for the benchmark: (pages, bytes)."""
    laid_out = HTML(string=html, base_url="asset:", url_fetcher=Fetcher()).render(stylesheets=[_type()[1]])
    return len(laid_out.pages), len(laid_out.write_pdf(pdf_variant="pdf/a-3a" if tagged else None))


def _kept(html: str, shelf: Shelf, *, tagged: bool = True) -> tuple[Piece, bool]:
    key = fingerprint("piece 1", typesetter, _style_hash(), html)
    kept = shelf.get(key)
    if kept is not None:
        return Piece.from_bytes(kept), False
    piece = typeset(html, tagged=tagged)
    shelf.put(key, piece.to_bytes())
    return piece, True


def _front(document: Document, numbering: Numbering, chapters: list[Piece]) -> Piece:
    """Set with the page numbers it lists; set again when its own length was guessed wrongly."""
    attachments = _attachments(document, numbering)
    pages = 2
    while True:
        contents, lists = _contents(document, numbering, chapters, pages)
        front = typeset(front_html(document, contents, lists), attachments())
        if front.pages == pages:
            return front
        pages = front.pages


def _contents(document, numbering, chapters, front_pages):
    where, start = {}, front_pages
    for piece in chapters:
        where.update({name: start + spot.page + 1 for name, spot in piece.anchors.items()})
        start += piece.pages
    sections = [
        ContentsLine(section.level, section.number, section.title, section_anchor(section), where.get(section_anchor(section)))
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


def _attachments(document: Document, numbering: Numbering):
    """The CSV behind each table, made anew at each call because WeasyPrint reads an attachment once."""
    tables: dict[str, Table] = {
        attachment_name(table, numbering): table for section in document.sections for table in section.data.tables
    }

    def make() -> tuple[Attachment, ...]:
        return tuple(
            Attachment(
                file_obj=io.BytesIO(table.csv()),
                name=name,
                description=table.title,
                created=document.frozen_at,
                modified=document.frozen_at,
                relationship="Data",
            )
            for name, table in sorted(tables.items())
        )

    return make


def _labels(document: Document, numbering: Numbering) -> dict[str, str]:
    """What a link says to those who hear it: the title of where it leads."""
    labels = {section_anchor(s): f"{s.number} {s.title}".strip() for s in document.sections}
    for section in document.sections:
        labels |= {f"table-{t.slug}": f"{numbering.tables[t.slug]} {t.title}" for t in section.data.tables}
        labels |= {f"figure-{f.slug}": f"{numbering.figures[f.slug]} {f.title}" for f in section.data.figures}
    return labels


def _declare_accessible(_laid_out, pdf) -> None:
    """PDF/A-3a as WeasyPrint writes it says all but that the file is PDF/UA too; say it, with the schema PDF/A asks for."""
    for stored in pdf.objects:
        if getattr(stored, "extra", {}).get("Type") == "/Metadata":
            stored.stream[0] = stored.stream[0].replace(b"</rdf:RDF>", _UA_SCHEMA + b"</rdf:RDF>")
            stored.compress = False


def _anchors(laid_out) -> dict[str, Spot]:
    found: dict[str, Spot] = {}
    for number, page in enumerate(laid_out.pages):
        for name, (x, y, *_) in page.anchors.items():
            found.setdefault(name, Spot(number, x * POINTS, (page.height - y) * POINTS))
    return found


def _headings(laid_out) -> tuple[tuple[int, str, Spot], ...]:
    return tuple(
        (level, label, Spot(number, x * POINTS, (page.height - y) * POINTS))
        for number, page in enumerate(laid_out.pages)
        for level, label, (x, y), _ in page.bookmarks
    )


def _asset(name: str) -> bytes:
    """A file of ours: the style of print, or a font."""
    if name not in _assets():
        raise RefusedAddress(f"refused: no asset {name[:200]}")
    return (STATIC_DIR / name).read_bytes()


@cache
def _assets() -> frozenset[str]:
    fonts = (STATIC_DIR / "fonts").iterdir()
    return frozenset({STYLE, *(f"fonts/{font.name}" for font in fonts if font.suffix in {".ttf", ".otf"})})


@cache
def _type() -> tuple[FontConfiguration, CSS]:
    """Fonts and style, read once in a process."""
    fonts = FontConfiguration()
    return fonts, CSS(
        string=_asset(STYLE).decode(), base_url="asset:css/", url_fetcher=Fetcher(), font_config=fonts
    )


@cache
def _style_hash() -> str:
    return fingerprint(_asset(STYLE))


@contextmanager
def _no_collection() -> Iterator[None]:
    """Boxes point at each other by the hundred thousand; looking for garbage among them costs a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
