"""Binding: a piece survives its file, and no stream ends where its end can be misread."""

import io
import zlib

import page
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Dictionary, Name, ObjectStreamMode, Pdf, Stream

from correspondence.binding import clear_ends
from correspondence.pieces import Piece, Spot


def pdf_with(*contents: bytes, packed: bool = True) -> bytes:
    """A PDF of one page that keeps ``contents`` as streams, packed as they will stand in the file."""
    book = Pdf.new()
    book.add_blank_page()
    book.Root.Kept = book.make_indirect(Dictionary())
    for place, content in enumerate(contents):
        stream = Stream(book, b"")
        stream.write(zlib.compress(content) if packed else content, filter=Name.FlateDecode if packed else None)
        book.Root.Kept[f"/S{place}"] = book.make_indirect(stream)
    out = io.BytesIO()
    book.save(out, object_stream_mode=ObjectStreamMode.generate, deterministic_id=True, compress_streams=packed)
    return out.getvalue()


def kept(pdf: bytes) -> list[bytes]:
    book = Pdf.open(io.BytesIO(pdf))
    assert book.check_pdf_syntax() == []
    return [book.Root.Kept[f"/S{place}"].read_bytes() for place in range(len(book.Root.Kept.keys()))]


def misread(pdf: bytes) -> list[str]:
    report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_A_3A)
    return [fault.message for fault in report.failures if "Length" in fault.message]


def ending_in_a_return() -> list[bytes]:
    """Texts whose compressed form ends in a carriage return."""
    texts = (f"fravær {number}".encode() for number in range(5000))
    return [text for text in texts if zlib.compress(text).endswith(b"\r")]


def test_a_stream_that_ends_in_a_carriage_return_keeps_its_length():
    contents = ending_in_a_return()
    assert len(contents) > 1
    before = pdf_with(*contents)
    assert misread(before) != []
    after = clear_ends(before)
    assert misread(after) == []
    assert kept(after) == contents


@given(st.lists(st.binary(max_size=12).map(lambda raw: raw + b"\r"), max_size=5))
def test_contents_survive_whatever_they_are(contents):
    pdf = clear_ends(pdf_with(*contents, packed=False))
    assert kept(pdf) == contents
    assert misread(pdf) == []


def test_a_piece_survives_its_file():
    piece = Piece(
        b"%PDF-1.7\n\x00\r\n", 3, {"table-é": Spot(1, 70.9, 700.25)}, ((1, "Innleiing", Spot(0, 70.5, 760.0)),)
    )
    assert Piece.from_bytes(piece.to_bytes()) == piece
