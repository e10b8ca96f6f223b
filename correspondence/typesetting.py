"""One HTML document set into the pages of a PDF that is PDF/A-3a and PDF/UA-1. The only module that knows WeasyPrint.

It knows nothing of Django, so that a second process is ready quickly: ``python -m correspondence.typesetting`` sets
what it is given on standard input, within a limit of memory, and ends with it.
"""

import gc
import io
import json
import resource
import struct
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import BinaryIO

import pydyf
from weasyprint import CSS, HTML, Attachment
from weasyprint import __version__ as VERSION
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from correspondence.pieces import Piece, Spot
from correspondence.shelf import fingerprint

STATIC_DIR = Path(__file__).resolve().parent.parent / "static"
STYLE = "css/print.css"
POINTS = 0.75  # a CSS pixel
CHILD_MEMORY = 2 * 1024**3  # address space, of which less than a fifth is used

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
    """Gives ``data:`` addresses and ``asset:`` files of the static folder; refuses every other, on net or disk."""

    def __init__(self):
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)

    def fetch(self, url, headers=None):
        if url.startswith("asset:"):
            return URLFetcherResponse(url, _asset(url.removeprefix("asset:")))
        if url.startswith("data:"):
            return super().fetch(url, headers)
        raise RefusedAddress(f"refused: {url[:200]}")


@dataclass(frozen=True)
class DataFile:
    """A file inside the PDF: the CSV behind a table."""

    name: str
    description: str
    content: bytes
    made_at: datetime


def typeset(html: str, *, files: tuple[DataFile, ...] = (), tagged: bool = True) -> Piece:
    """``html`` set into pages, with where its anchors and headings came to stand; feet of pages need no tags.

    Raises RefusedAddress when the HTML asks for anything outside.
    """
    with _no_collection(), warnings.catch_warnings():
        # WeasyPrint leaves the file of its colour profile to be closed with the last reference.
        warnings.simplefilter("ignore", ResourceWarning)
        laid_out = lay_out(html)
        pdf = laid_out.write_pdf(
            pdf_variant="pdf/a-3a" if tagged else "pdf/a-3b",
            attachments=[_attachment(file) for file in files],
            finisher=lambda _, pdf: _finish(pdf, fingerprint(html)[:12], _page_languages(laid_out)),
        )
    return Piece(pdf=pdf, pages=len(laid_out.pages), anchors=_anchors(laid_out), headings=_headings(laid_out))


def lay_out(html: str):
    """``html`` in pages, as WeasyPrint's document, nothing written yet."""
    fonts, style = _type()
    return HTML(string=html, base_url="asset:", url_fetcher=Fetcher()).render(
        font_config=fonts, stylesheets=[style], presentational_hints=True
    )


def plain_pdf(html: str, *, tagged: bool) -> tuple[int, int]:
    """What WeasyPrint does with one document and no design of ours, for the benchmark: (pages, bytes)."""
    fonts, style = _type()
    laid_out = HTML(string=html, base_url="asset:", url_fetcher=Fetcher()).render(
        font_config=fonts, stylesheets=[style], presentational_hints=True
    )
    return len(laid_out.pages), len(laid_out.write_pdf(pdf_variant="pdf/a-3a" if tagged else None))


@cache
def house() -> str:
    """What every piece depends on beside its own HTML: typesetter and style."""
    return fingerprint("piece 3", VERSION, _asset(STYLE))


def _attachment(file: DataFile) -> Attachment:
    return Attachment(
        file_obj=io.BytesIO(file.content),
        name=file.name,
        description=file.description,
        created=file.made_at,
        modified=file.made_at,
        relationship="Data",
    )


def _finish(pdf, prefix: str, languages: dict[int, str]) -> None:
    """What WeasyPrint leaves undone.

    Its PDF/A-3a says all but that the file is PDF/UA too: that is said, with the schema PDF/A asks for. Its header
    cells are known by ids that are unique within a piece only: they get a prefix, for many pieces become one book. And
    an article in another language than the document's (a letter among letters) says so.
    """
    language_of = {pdf.page_references[number]: language for number, language in languages.items()}
    for stored in pdf.objects:
        if getattr(stored, "extra", {}).get("Type") == "/Metadata":
            stored.stream[0] = stored.stream[0].replace(b"</rdf:RDF>", _UA_SCHEMA + b"</rdf:RDF>")
            stored.compress = False
        elif isinstance(stored, dict) and stored.get("S") == "/Art" and stored.get("Pg") in language_of:
            stored["Lang"] = pydyf.String(language_of[stored["Pg"]])
        elif isinstance(stored, dict) and stored.get("S") in ("/TH", "/TD"):
            if "ID" in stored:
                stored["ID"] = _prefixed(prefix, stored["ID"])
            if "Headers" in stored.get("A", {}):
                stored["A"]["Headers"] = type(stored["A"]["Headers"])(
                    _prefixed(prefix, header) for header in stored["A"]["Headers"]
                )


def _page_languages(laid_out) -> dict[int, str]:
    """The language of each page that belongs to an article with one of its own."""
    found = {}
    for number, page in enumerate(laid_out.pages):
        boxes = [page._page_box]
        while boxes:
            box = boxes.pop()
            if box.element is not None and box.element_tag == "article":
                language = box.element.get("lang")
                found |= {number: language} if language else {}
                break
            boxes += [child for child in getattr(box, "children", ()) if box.element_tag in (None, "html", "body")]
    return found


def _prefixed(prefix: str, name):
    return type(name)(f"{prefix}-{name.string}")


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
    return fonts, CSS(string=_asset(STYLE).decode(), base_url="asset:css/", url_fetcher=Fetcher(), font_config=fonts)


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


def read_frame(source: BinaryIO) -> bytes | None:
    """The next block of bytes, or None at the end."""
    head = source.read(4)
    return source.read(struct.unpack(">I", head)[0]) if len(head) == 4 else None


def frame(block: bytes) -> bytes:
    return struct.pack(">I", len(block)) + block


def main() -> None:
    """Set each document that comes in, answer each with its piece; stop with a word when one cannot be set."""
    resource.setrlimit(resource.RLIMIT_AS, (CHILD_MEMORY, CHILD_MEMORY))
    while (request := read_frame(sys.stdin.buffer)) is not None:
        sys.stdout.buffer.write(frame(typeset(json.loads(request)).to_bytes()))
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
