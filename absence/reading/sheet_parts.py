"""What the parts of an xlsx file say before its cells are laid out: which sheet it is, which formulas lack results."""

import posixpath
import re
import zipfile
from html import unescape
from typing import NamedTuple

from defusedxml import ElementTree  # type: ignore[import-untyped]
from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]

from absence.reading.archive import part
from absence.reading.problems import column_index

_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_RELATION = re.compile(r"\{.*/relationships\}id")
# A cell that holds a formula and either no value or an empty one. A text that came out empty says so: t="str".
_UNCOMPUTED = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b([^>]*?)(?:/>|>([^<]*)</(?:\w+:)?f>)"
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_FORMULA = re.compile(rb"<(?:\w+:)?f\b([^>]*[^/>])>([^<]+)<")
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_SHARED = re.compile(rb"""\bsi=["'](\d+)["']""")
_IS_TEXT = re.compile(rb"""\bt=["']str["']""")


class Uncomputed(NamedTuple):
    """A formula whose result was never stored; ``row`` and ``column`` are indexes from 0, None where unsaid."""

    row: int | None
    column: int | None
    formula: str


def sheet_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """Part of the zip → name of the sheet it holds; empty where the workbook does not say it in the usual way."""
    if not {_WORKBOOK, _RELATIONS} <= set(archive.namelist()):
        return {}
    try:
        relations = ElementTree.fromstring(part(archive, _RELATIONS))
        sheets = ElementTree.fromstring(part(archive, _WORKBOOK))
    except (ElementTree.ParseError, DefusedXmlException, ValueError):
        return {}
    targets = {one.get("Id"): posixpath.normpath(posixpath.join("/xl", one.get("Target", ""))) for one in relations}
    found = {}
    for sheet in (one for one in sheets.iter() if one.tag.endswith("}sheet")):
        relation = next((value for name, value in sheet.attrib.items() if _RELATION.fullmatch(name)), None)
        if relation in targets:
            found[targets[relation].lstrip("/")] = sheet.get("name", "")
    return found


def uncomputed_formulas(data: bytes) -> list[Uncomputed]:
    """The formulas of one sheet whose results are not in the file, in the order of the sheet."""
    if b"<f" not in data and b":f" not in data:
        return []
    cells = [found.groups() for found in _UNCOMPUTED.finditer(data) if not _IS_TEXT.search(found[1])]
    if not cells:
        return []
    shared = {number[1]: text for about, text in _FORMULA.findall(data) if (number := _SHARED.search(about))}
    return [_uncomputed(about, text or _shared_text(formula, shared)) for about, formula, text in cells]


def _shared_text(formula: bytes, shared: dict[bytes, bytes]) -> bytes:
    """The text of a formula that is written once for a range of cells."""
    number = _SHARED.search(formula)
    return shared.get(number[1], b"") if number else b""


def _uncomputed(about: bytes, text: bytes) -> Uncomputed:
    place = _PLACE.search(about)
    formula = "=" + unescape(text.decode("utf-8", "replace")).strip()
    if place is None:
        return Uncomputed(None, None, formula)
    return Uncomputed(int(place[2]) - 1, column_index(place[1].decode()), formula)
