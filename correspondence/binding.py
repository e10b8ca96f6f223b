"""Pieces of print bound into one PDF: pages in order, one tree of tags, one outline, links that cross chapters, feet.

WeasyPrint sets each piece as a complete tagged PDF. Binding copies pages and tag trees under the front's, renumbers the
keys that join page and tag, and makes anew what belongs to the whole: outline, destinations, page numbers. Page numbers
are laid on as pagination artifacts, so that readers do not hear them.
"""

import io
import re
import struct
import zlib
from bisect import bisect_left

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Page, Pdf, String

from correspondence.pieces import Piece

OUTWARD = "pulje:"  # how a chapter writes a link that leaves it


def bind(front: Piece, chapters: list[Piece], feet: list[Piece], *, labels: dict[str, str]) -> bytes:
    """One PDF. ``feet`` have a page for every page from the second; ``labels`` says in words where an anchor leads."""
    book = Pdf.open(io.BytesIO(front.pdf))
    pieces, start = [(front, 0)], front.pages
    for chapter in chapters:
        _append(book, chapter)
        pieces.append((chapter, start))
        start += chapter.pages
    _lay_feet(book, feet)
    _join_links(book, labels)
    _name_places(book, pieces)
    _outline(book, pieces)
    _attach_once(book)
    out = io.BytesIO()
    book.save(out, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    return clear_ends(out.getvalue())


def _append(book: Pdf, piece: Piece) -> None:
    """Pages first: what is copied after refers to the copies. Tags join under the book's one Document element."""
    before = len(book.pages)
    chapter = Pdf.open(io.BytesIO(piece.pdf))
    for page in chapter.pages:
        book.pages.append(page)
    theirs = book.copy_foreign(chapter.Root.StructTreeRoot)
    ours = book.Root.StructTreeRoot
    parent_tree = ours.ParentTree.Nums
    shift = int(parent_tree[-2]) + 1 if len(parent_tree) else 0
    for key, value in _pairs(theirs.ParentTree.Nums):
        parent_tree.append(int(key) + shift)
        parent_tree.append(value)
    document = ours.K[0]
    for child in theirs.K[0].K:
        child.P = document
        document.K.append(child)
    for page in list(book.pages)[before:]:
        page.obj.StructParents = int(page.obj.StructParents) + shift
        for annotation in page.obj.get("/Annots", ()):
            if "/StructParent" in annotation:
                annotation.StructParent = int(annotation.StructParent) + shift


def _pairs(flat):
    items = list(flat)
    return zip(items[::2], items[1::2], strict=True)


def _lay_feet(book: Pdf, feet: list[Piece]) -> None:
    sources = [Pdf.open(io.BytesIO(piece.pdf)) for piece in feet]
    under = [foot for source in sources for foot in source.pages]
    for number, (page, foot) in enumerate(zip(list(book.pages)[1:], under, strict=False), start=2):
        name = Name(f"/Foot{number}")
        resources = Dictionary(page.obj.Resources)
        images = Dictionary(resources.get("/XObject", Dictionary()))
        images[name] = book.copy_foreign(Page(foot).as_form_xobject())
        resources.XObject = images
        page.obj.Resources = resources
        page.contents_add(b"q\n", prepend=True)
        page.contents_add(f"Q\n/Artifact <</Type /Pagination /Subtype /Footer>> BDC q {name} Do Q EMC".encode())


def _join_links(book: Pdf, labels: dict[str, str]) -> None:
    """A link out of a chapter becomes a link within the book; every link says in words where it leads."""
    for page in book.pages:
        for annotation in page.obj.get("/Annots", ()):
            address = str(annotation.A.URI) if "/A" in annotation and "/URI" in annotation.A else ""
            if address.startswith(OUTWARD):
                annotation.Dest = String(address.removeprefix(OUTWARD))
                del annotation["/A"]
            target = str(annotation.Dest) if "/Dest" in annotation else ""
            annotation.Contents = String(labels.get(target, target or address))


def _name_places(book: Pdf, pieces: list[tuple[Piece, int]]) -> None:
    pages = list(book.pages)
    places = {
        name: Array([pages[start + spot.page].obj, Name.XYZ, spot.x, spot.y, 0])
        for piece, start in reversed(pieces)
        for name, spot in piece.anchors.items()
    }
    flat = Array()
    for name in sorted(places, key=str.encode):
        flat.append(String(name))
        flat.append(places[name])
    if "/Names" not in book.Root:
        book.Root.Names = Dictionary()
    book.Root.Names.Dests = book.make_indirect(Dictionary(Names=flat))


def _outline(book: Pdf, pieces: list[tuple[Piece, int]]) -> None:
    """Headings of levels 1 to 3, nested, chapters closed; none at all where no piece names its headings."""
    if not any(piece.headings for piece, _ in pieces):
        if "/Outlines" in book.Root:
            del book.Root.Outlines
        return
    pages = list(book.pages)
    root = book.make_indirect(Dictionary(Type=Name.Outlines))
    path: list[tuple[int, Object]] = [(0, root)]
    top = 0
    for piece, start in pieces:
        for level, title, spot in piece.headings:
            while path[-1][0] >= level:
                path.pop()
            parent = path[-1][1]
            item = book.make_indirect(
                Dictionary(
                    Title=String(" ".join(title.split())),
                    Parent=parent,
                    Dest=Array([pages[start + spot.page].obj, Name.XYZ, spot.x, spot.y, 0]),
                )
            )
            if "/Last" in parent:
                item.Prev = parent.Last
                parent.Last.Next = item
            else:
                parent.First = item
            parent.Last = item
            if parent.objgen == root.objgen:
                top += 1
            else:
                parent.Count = int(parent.get("/Count", 0)) - 1
            path.append((level, item))
    root.Count = top
    book.Root.Outlines = root


def _attach_once(book: Pdf) -> None:
    """WeasyPrint lists each associated file twice."""
    files = book.Root.get("/AF", ())
    once = {file.objgen: file for file in files}
    if once:
        book.Root.AF = Array(list(once.values()))


def clear_ends(pdf: bytes) -> bytes:
    """The same PDF with no stream that ends in a carriage return.

    Before «endstream» stands a line feed that is not part of the stream. A stream whose last byte happens to be a
    carriage return makes the two look like one line ending, and the stream one byte shorter than it says: PDF/A refuses
    such a file. There a carriage return is added to the line ending, and what lies behind it moves in the table of
    places. Compressed streams end so one time in 256.
    """
    marks = [match.start() + 1 for match in re.finditer(rb"\r\nendstream", pdf)]
    if not marks:
        return pdf
    table = int(re.search(rb"startxref\n(\d+)\n%%EOF\n?$", pdf)[1])  # type: ignore[index]
    places = _places(pdf, table)
    body, last = [], 0
    for mark in [mark for mark in marks if mark < table]:
        body.append(pdf[last:mark] + b"\r")
        last = mark
    body.append(pdf[last:table])
    moved = [(kind, place + bisect_left(marks, place) if kind == 1 else place, rest) for kind, place, rest in places]
    start = table + bisect_left(marks, table)
    return b"".join(body) + _table(pdf, table, moved) + f"startxref\n{start}\n%%EOF\n".encode()


def _places(pdf: bytes, table: int) -> list[tuple[int, int, int]]:
    """The rows of the cross-reference stream at ``table``: (kind, place, rest)."""
    reader = Pdf.open(io.BytesIO(pdf))
    number = int(pdf[table : pdf.index(b" ", table)])
    stream = reader.get_object(number, 0)
    kind, place, rest = (int(width) for width in stream.W)
    rows, size, whole = stream.read_bytes(), kind + place + rest, int.from_bytes
    return [
        (rows[at], whole(rows[at + kind : at + kind + place], "big"), whole(rows[at + size - rest : at + size], "big"))
        for at in range(0, len(rows), size)
    ]


def _table(pdf: bytes, table: int, places: list[tuple[int, int, int]]) -> bytes:
    """The cross-reference stream again, with these rows; uncompressed if compression would end it in a line ending."""
    head = pdf[table : pdf.index(b"stream\n", table)]
    rows = b"".join(struct.pack(">BIH", *place) for place in places)
    packed = zlib.compress(rows)
    plain = packed[-1:] in b"\r\n"
    head = re.sub(rb"/DecodeParms\s*<<[^>]*>>|/Filter\s*/FlateDecode", b"", head)
    head = re.sub(rb"/W \[[^\]]*\]", b"/W [ 1 4 2 ]", head)
    data = rows if plain else packed
    length = f"/Length {len(data)}" + ("" if plain else " /Filter /FlateDecode")
    head = re.sub(rb"/Length \d+", length.encode(), head)
    return head + b"stream\n" + data + b"\nendstream\nendobj\n"
