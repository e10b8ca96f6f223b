"""The zip around an xlsx or ods file, looked at before anything in it is opened."""

import re
import zipfile

from absence.reading.problems import Refused

MAX_ENTRIES = 1_000
MAX_UNPACKED = 150_000_000
MAX_RATIO = 250  # a sheet of equal rows packs 60 : 1; a bomb 1000 : 1
_SMALL = 5_000_000


def open_archive(path) -> zipfile.ZipFile:
    """The zip file after its list of contents was found harmless: names, number, declared sizes, no encryption."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError):
        raise Refused("damaged") from None
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > MAX_ENTRIES or len(set(names)) < len(names):
        raise Refused("damaged")
    for entry in entries:
        _refuse_name(entry.orig_filename)
        if entry.flag_bits & 0x1:
            raise Refused("encrypted")
    packed, unpacked = sum(e.compress_size for e in entries), sum(e.file_size for e in entries)
    if unpacked > MAX_UNPACKED or (unpacked > _SMALL and unpacked > MAX_RATIO * max(packed, 1)):
        raise Refused("zip_bomb", megabytes=unpacked // 1_000_000)
    return archive


def kind_of(archive: zipfile.ZipFile) -> str:
    """``xlsx`` or ``ods``; refuses macros, binary workbooks and other zip files."""
    names = set(archive.namelist())
    if any(name.lower().endswith("vbaproject.bin") or name.lower().startswith("basic/") for name in names):
        raise Refused("macros")
    if "[Content_Types].xml" in names:
        types = part(archive, "[Content_Types].xml")
        if b"macroEnabled" in types:
            raise Refused("macros")
        if b"spreadsheetml.sheet.main+xml" not in types:
            raise Refused("unknown_kind")
        return "xlsx"
    if "content.xml" in names and "mimetype" in names:
        if not part(archive, "mimetype").strip().startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
            raise Refused("unknown_kind")
        return "ods"
    raise Refused("unknown_kind")


def part(archive: zipfile.ZipFile, name: str) -> bytes:
    """The content of one part, at most its declared size; refuses a DTD, entities and UTF-16 in XML."""
    try:
        data = archive.read(name)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, KeyError, EOFError, OSError, RuntimeError, NotImplementedError):
        raise Refused("damaged") from None
    except Exception as error:  # zlib.error and what a forged header makes the unpackers raise
        if isinstance(error, MemoryError):
            raise
        raise Refused("damaged") from None
    start = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    in_two_bytes = data.startswith((b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<"))
    if in_two_bytes or (start.startswith(b"<") and (b"<!DOCTYPE" in data or b"<!ENTITY" in data)):
        raise Refused("dtd")
    return data


def _refuse_name(name):
    steps = re.split(r"[/\\]", name)
    if name.startswith(("/", "\\")) or ".." in steps or ":" in name or "\\" in name or "\x00" in name:
        raise Refused("zip_slip")
