"""OpenDocument spreadsheets: a small streaming reader, because repeats and merged cells must be known and bounded."""

import datetime
from typing import Any
from xml.parsers import expat

from absence.reading.problems import Refused
from absence.reading.sheet_parts import Uncomputed

_BLOCK = 1 << 20


def read_ods(content: bytes, max_columns: int, max_cells: int) -> list[tuple[str, list, list, bool, list]]:
    """``(name, rows, merges, hidden, uncomputed)`` of each sheet in ``content.xml``; refuses what unfolds too far."""
    reader = _Reader(max_columns, max_cells)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.EntityDeclHandler = parser.StartDoctypeDeclHandler = reader.refuse_dtd
    try:
        for offset in range(0, len(content), _BLOCK):
            parser.Parse(content[offset : offset + _BLOCK], False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, OverflowError):
        raise Refused("damaged") from None
    return reader.sheets


class _Reader:
    def __init__(self, max_columns, max_cells):
        self.max_columns, self.max_cells = max_columns, max_cells
        self.sheets, self.hidden_styles, self.style = [], set(), ""
        self.cells = 0
        self.name = None
        self.in_cell = self.in_note = False
        self.paragraphs: list[str] = []

    def refuse_dtd(self, *_):
        raise Refused("dtd")

    def start(self, tag, attributes):
        if tag in ("table:table-cell", "table:covered-table-cell"):
            self.in_cell, self.attributes, self.paragraphs = True, attributes, []
        elif tag == "text:p" and self.in_cell and not self.in_note:
            self.paragraphs.append("")
        elif tag == "text:s" and self.paragraphs and not self.in_note:
            self.paragraphs[-1] += " " * min(int(attributes.get("text:c", 1)), 100)
        elif tag in ("office:annotation", "draw:frame", "draw:g"):
            self.in_note = True
        elif tag == "table:table-row":
            self.row, self.width = [], 0
            self.row_repeat = int(attributes.get("table:number-rows-repeated", 1))
        elif tag == "table:table":
            self.name, self.rows, self.merges, self.blank_rows = attributes.get("table:name", ""), [], [], 0
            self.uncomputed: list[Uncomputed] = []
            self.hidden = attributes.get("table:style-name", "") in self.hidden_styles
        elif tag == "style:style":
            self.style = attributes.get("style:name", "")
        elif tag == "style:table-properties" and attributes.get("table:display") == "false":
            self.hidden_styles.add(self.style)

    def text(self, text):
        if self.paragraphs and not self.in_note:
            self.paragraphs[-1] += text

    def end(self, tag):
        if tag in ("table:table-cell", "table:covered-table-cell"):
            self.in_cell = False
            self._add_cell(tag == "table:covered-table-cell")
        elif tag in ("office:annotation", "draw:frame", "draw:g"):
            self.in_note = False
        elif tag == "table:table-row":
            self._add_row()
        elif tag == "table:table":
            self.sheets.append((self.name, _rectangular(self.rows), self.merges, self.hidden, self.uncomputed))

    def _add_cell(self, covered):
        value = "" if covered else _value(self.attributes, "\n".join(self.paragraphs))
        repeat = int(self.attributes.get("table:number-columns-repeated", 1))
        if value == "" and not covered:
            value = self._formula_without_value()
        if value != "":
            if self.width + repeat > self.max_columns:
                raise Refused("too_many_columns", sheet=self.name, columns=self.max_columns)
            self._add_merge(self.attributes)
        self.row.append((value, repeat))
        self.width += repeat

    def _formula_without_value(self):
        """The formula as it is written, where the file holds no result of it; a result may be an empty text."""
        formula = self.attributes.get("table:formula", "")
        if not formula or "office:value-type" in self.attributes:
            return ""
        text = "=" + formula.partition("=")[2]
        self.uncomputed.append(Uncomputed(len(self.rows) + self.blank_rows, self.width, text))
        return text

    def _add_merge(self, attributes):
        rows = int(attributes.get("table:number-rows-spanned", 1))
        columns = int(attributes.get("table:number-columns-spanned", 1))
        if rows > 1 or columns > 1:
            row, column = len(self.rows) + self.blank_rows, self.width
            self.merges.append((row, column, row + rows - 1, column + columns - 1))

    def _add_row(self):
        while self.row and self.row[-1][0] == "":
            self.row.pop()
        if not self.row:
            self.blank_rows += self.row_repeat
            return
        cells = [value for value, count in self.row for _ in range(min(count, self.max_columns + 1))]
        added = self.blank_rows + self.row_repeat
        self.cells += len(cells) * self.row_repeat + self.blank_rows
        if self.cells > self.max_cells or added > 250_000 or len(cells) > self.max_columns:
            raise Refused("too_large", sheet=self.name, cells=self.max_cells)
        self.rows += [[] for _ in range(self.blank_rows)]
        self.rows += [list(cells) for _ in range(self.row_repeat)]
        self.blank_rows = 0


def _value(attributes, text) -> Any:
    kind = attributes.get("office:value-type", "")
    if kind in ("float", "percentage", "currency"):
        return float(attributes.get("office:value", "nan"))
    if kind == "date":
        return _date(attributes.get("office:date-value", ""))
    if kind == "boolean":
        return attributes.get("office:boolean-value") == "true"
    return text or attributes.get("office:string-value", "")


def _date(text):
    try:
        return datetime.date.fromisoformat(text[:10])
    except ValueError:
        return text


def _rectangular(rows):
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]
