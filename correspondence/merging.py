"""A document of ours with the pages of others' files after it, to be paged through on a tablet.

The pages are taken as they are. Foreign pages have no tags and any colours, so the whole is neither PDF/A nor PDF/UA,
and does not say that it is: the archived file stays the one in which the papers lie as attachments.
"""

import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pikepdf import Array, Dictionary, Name, ObjectStreamMode, OutlineItem, Page, Pdf

from correspondence.pieces import Piece
from correspondence.printing import DataFile, Foot, bound, document_html
from correspondence.typesetting import typeset

TRIES = 4


@dataclass(frozen=True)
class Paper:
    """Pages to come after the document.

    ``anchor`` is what the document's links to it say (``pulje:<anchor>``), ``under`` the heading whose bookmark holds
    the paper's own, ``title``. ``first`` and ``pages``: which of the file's pages, the first counted from 0.
    """

    anchor: str
    under: str
    title: str
    pdf: bytes
    pages: int
    first: int = 0


def print_with_papers(
    template: str,
    context_of: Callable[[dict[str, int]], Mapping[str, Any]],
    *,
    title: str,
    language: str,
    papers: list[Paper],
    files: Iterable[DataFile] = (),
) -> bytes:
    """The template as one PDF, its papers' pages after it; ``context_of`` is given the page each begins on, by anchor.

    The numbers stand in the document whose length they depend on, so it is set until they hold; where they never do
    there are none, and the links alone lead on.
    """
    in_order = tuple(sorted(files, key=lambda file: file.name))

    def set_with(page_of: dict[str, int]) -> Piece:
        return typeset(document_html(template, context_of(page_of), title=title, language=language), files=in_order)

    before = 1
    for _try in range(TRIES):
        piece = set_with(page_numbers(papers, before))
        if piece.pages == before:
            break
        before = piece.pages
    else:
        piece = set_with({})
    feet = [Foot(title, number) for number in range(2, piece.pages + 1)]
    book = bound([piece], feet, {one.anchor: one.title for one in papers})
    return merged(book, papers)


def page_numbers(papers: list[Paper], before: int) -> dict[str, int]:
    """The page each paper begins on, when ``before`` pages come first."""
    found = {}
    for one in papers:
        found[one.anchor] = before + 1
        before += one.pages
    return found


def merged(book: bytes, papers: list[Paper]) -> bytes:
    """The book with the papers' pages after it, each under a bookmark within that of its heading."""
    with Pdf.open(io.BytesIO(book)) as whole:
        own = list(whole.pages)
        firsts = {one.anchor: number - 1 for one, number in _numbered(papers, len(own))}
        for one in papers:
            _append(whole, one)
        _bookmark(whole, papers, firsts)
        _lead_links(whole, own, firsts)
        _say_what_it_is(whole)
        out = io.BytesIO()
        whole.save(out, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    return out.getvalue()


def _numbered(papers: list[Paper], before: int):
    numbers = page_numbers(papers, before)
    return [(one, numbers[one.anchor]) for one in papers]


def _append(whole: Pdf, paper: Paper) -> None:
    with Pdf.open(io.BytesIO(paper.pdf)) as foreign:
        for page in list(foreign.pages)[paper.first : paper.first + paper.pages]:
            _only_what_is_seen(page)
            whole.pages.append(page)


def _only_what_is_seen(page: Page) -> None:
    """No scripts, no links into a document that is not there, no tags whose tree stays behind."""
    for key in ("/AA", "/B", "/StructParents", "/Tabs", "/PieceInfo"):
        if key in page.obj:
            del page.obj[key]
    kept = [one for one in page.obj.get("/Annots", ()) if _is_kept(one)]
    for one in kept:
        for key in ("/AA", "/StructParent", "/Parent"):
            if key in one:
                del one[key]
    if "/Annots" in page.obj:
        page.obj.Annots = Array(kept)


def _is_kept(annotation) -> bool:
    """What is drawn on the page, and links to the web; not what runs, sounds or leads elsewhere in the file."""
    if not isinstance(annotation, Dictionary) or annotation.get("/Subtype") == Name.Popup:
        return False
    if annotation.get("/Subtype") == Name.Link:
        return "/A" in annotation and annotation.A.get("/S") == Name.URI
    return "/A" not in annotation


def _bookmark(whole: Pdf, papers: list[Paper], firsts: dict[str, int]) -> None:
    with whole.open_outline() as outline:
        known: dict[str, OutlineItem] = {}
        waiting = list(outline.root)
        while waiting:
            item = waiting.pop(0)
            known.setdefault(item.title, item)
            waiting += item.children
        for one in papers:
            above = known.get(" ".join(one.under.split()))
            into = above.children if above else outline.root
            into.append(OutlineItem(" ".join(one.title.split()), firsts[one.anchor], "Fit"))


def _lead_links(whole: Pdf, own: list[Page], firsts: dict[str, int]) -> None:
    pages = list(whole.pages)
    for page in own:
        for annotation in page.obj.get("/Annots", ()):
            target = str(annotation.Dest) if "/Dest" in annotation else ""
            if target in firsts:
                annotation.Dest = Array([pages[firsts[target]].obj, Name.Fit])


def _say_what_it_is(whole: Pdf) -> None:
    """No longer archivable nor tagged all through: what claims so goes, the tags of our own pages stay."""
    for key in ("/Metadata", "/OutputIntents"):
        if key in whole.Root:
            del whole.Root[key]
    if "/MarkInfo" in whole.Root:
        whole.Root.MarkInfo.Suspects = True
