"""CSV and other delimited text: which encoding and delimiter, and its rows, a chunk at a time."""

import codecs
import csv
import re
from collections.abc import Iterator
from itertools import chain, islice

from absence.reading.names import refuse_file_name, refuse_other_kind
from absence.reading.problems import Refused
from absence.reading.rows import Chunk

CELL_LENGTH = 32_767  # what a spreadsheet cell can hold
MAX_COLUMNS = 256
PLAIN_LENGTH = 8_000_000  # of lines split at once: ordinary ones are a tenth of it
KEPT_BYTES = 12_000_000  # a file up to this size is parsed once and kept; a larger one is read twice
DELIMITERS = (";", "\t", ",")
_BLOCK = 1 << 20
_SHAPES = bytes(48 if 48 <= byte <= 57 else 32 if byte == 32 else 46 for byte in range(256))  # 0, space or point
_LONG_NUMBERS = (b"0000000000", b"000000 0000")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def open_text(path, name: str, size: int, chunk_rows: int) -> tuple[str, list["TextSheet"]]:
    """``("csv", [sheet])``."""
    refuse_file_name(name)
    refuse_old_office_file(path)
    sheet = TextSheet(path, size, chunk_rows)
    refuse_other_kind("csv", name)
    return "csv", [sheet]


class TextSheet:
    """The one table of a text file. ``chunks()`` may be called several times; rows are lists of strings."""

    name = None
    merges: tuple = ()

    def __init__(self, path, size, chunk_rows):
        self.path, self.chunk_rows = path, chunk_rows
        self.encoding = find_encoding(path)
        self.delimiter = ";"
        self.is_large = size > KEPT_BYTES
        self.kept: list[Chunk] | None = None if self.is_large else []
        csv.field_size_limit(CELL_LENGTH)

    def head(self, delimiter: str, count: int) -> list[list[str]]:
        """The first rows as they are with this delimiter."""
        with self._open() as file:
            return _take(csv.reader(file, delimiter=delimiter), count)

    def chunks(self) -> Iterator[Chunk]:
        """All rows, a chunk at a time."""
        if self.kept:
            yield from self.kept
            return
        with self._open() as file:
            start = 0
            for chunk in self._plain_chunks(file):
                chunk.start = start
                start += len(chunk)
                if self.kept is not None:
                    self.kept.append(chunk)
                yield chunk

    def _plain_chunks(self, file) -> Iterator[Chunk]:
        """Lines that are plain are split all at once; from the first that are not, `csv` reads them."""
        before = 0
        while lines := list(islice(file, self.chunk_rows)):
            columns = _plain_columns(lines, self.delimiter)
            if columns is None:
                reader = csv.reader(chain(_given_away(lines), file), delimiter=self.delimiter)
                while rows := _take(reader, self.chunk_rows, before):
                    yield Chunk(0, rows)
                return
            before += len(lines)
            yield Chunk(0, columns=columns)

    def beginning(self) -> "Beginning":
        """The first chunk, as a sheet."""
        return Beginning(self.delimiter, next(self.chunks(), None))

    def has_long_numbers(self) -> bool:
        """Whether ten digits stand together anywhere, with or without a space after six: else no cell is looked at."""
        before = b""
        with open(self.path, "rb") as file:
            while block := file.read(_BLOCK):
                shapes = (before + block).translate(_SHAPES)
                if any(long in shapes for long in _LONG_NUMBERS):
                    return True
                before = block[-12:]
        return False

    def _open(self):
        return open(self.path, encoding=self.encoding, newline="")


class Beginning:
    """The first chunk of a large file, to be tried before the whole is read."""

    def __init__(self, delimiter: str, chunk: Chunk | None):
        self.delimiter, self.chunk = delimiter, chunk

    def chunks(self) -> Iterator[Chunk]:
        """The chunk, if there is any."""
        if self.chunk is not None:
            yield self.chunk


def _plain_columns(lines: list[str], delimiter: str) -> list[list[str]] | None:
    """The cells by column, where no line holds anything but as many cells as the others; else None.

    One split of everything makes the cells in half the time that `csv` takes.
    """
    width = lines[0].count(delimiter) + 1
    lengths = list(map(len, lines))
    if width < 2 or max(lengths) > CELL_LENGTH or sum(lengths) > PLAIN_LENGTH:
        return None
    text = "".join(lines)
    if '"' in text or "\r" in text:
        return None
    text += "" if text.endswith("\n") else "\n"
    cells = text.replace("\n", f"{delimiter}\n{delimiter}").split(delimiter)
    ends = cells[width :: width + 1]
    if len(cells) != len(lines) * (width + 1) + 1 or ends.count("\n") != len(lines):
        return None
    cells.pop()  # after the last line
    return [cells[column :: width + 1] for column in range(width)]


def _given_away(lines: list[str]) -> Iterator[str]:
    """The lines, each forgotten when it is handed on: of a huge file there is never a second copy."""
    lines.reverse()
    while lines:
        yield lines.pop()


def _take(reader, count, before=0):
    try:
        return list(islice(reader, count))
    except csv.Error as error:
        code = "cell_too_long" if "field" in str(error) else "damaged_text"
        raise Refused(code, row=before + reader.line_num, length=CELL_LENGTH) from None


def refuse_old_office_file(path) -> None:
    """An OLE file is an old xls, or an xlsx locked with a password."""
    with open(path, "rb") as file:
        data = file.read(8)
        if data == _OLE:
            data += file.read(2_000_000)
            raise Refused("encrypted" if "EncryptedPackage".encode("utf-16-le") in data else "old_xls")


def find_encoding(path) -> str:
    """``utf-8-sig``, ``utf-8`` or ``cp1252``; refuses UTF-16, NUL bytes, what is no text, and a web page."""
    utf8 = codecs.getincrementaldecoder("utf-8")()
    with open(path, "rb") as file:
        start = file.read(_BLOCK)
        _refuse_by_start(start)
        is_utf8, block = True, start
        while block:
            if b"\x00" in block:
                raise Refused("nul_bytes")
            if is_utf8:
                is_utf8 = _decodes(utf8, block)
            if not is_utf8 and (wrong := re.search(rb"[\x81\x8d\x8f\x90\x9d\x01-\x08\x0e-\x1f]", block)):
                raise Refused("unknown_encoding", byte=f"0x{wrong[0].hex()}")
            block = file.read(_BLOCK)
    if not is_utf8 or not _decodes(utf8, b"", final=True):
        return "cp1252"
    return "utf-8-sig" if start.startswith(codecs.BOM_UTF8) else "utf-8"


def _decodes(decoder, block, final=False):
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _refuse_by_start(start):
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Refused("utf16")
    if start[:2000:2].count(0) > 20 or start[1:2000:2].count(0) > 20:
        raise Refused("utf16")
    text = start[:4000].lstrip(codecs.BOM_UTF8 + b" \t\r\n").lower()
    if text.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta", b"<head", b"<body", b"mime-version:")):
        raise Refused("web_page")
    if text.startswith((b"%pdf", b"{\\rtf", b"\x89png", b"\x1f\x8b")):
        raise Refused("unknown_kind")
    if not text:
        raise Refused("empty_file")
