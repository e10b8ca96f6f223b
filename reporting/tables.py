"""The table of a report: one value that becomes a page, a print, a CSV and frozen JSON.

Values stay as they were computed (decimal strings with a point, whole numbers, ISO dates, text, or None where there is
none); what a reader sees is made from them by ``display_rows``.
"""

import csv
import io
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from reporting.numbers import MISSING, date_text, number_text

# "shown": a number that was formatted elsewhere, printed as it stands
Kind = Literal["text", "percent", "points", "count", "decimal", "date", "year", "shown"]
Value = str | int | None
Row = dict[str, Value]

NUMERIC = frozenset({"percent", "points", "count", "decimal", "year", "shown"})
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Column:
    """One column. ``kind`` decides alignment and rounding; ``label`` holds the unit; ``group`` is a heading above."""

    key: str
    label: str
    kind: Kind = "text"
    decimals: int | None = None
    group: str = ""

    @property
    def numeric(self) -> bool:
        return self.kind in NUMERIC

    def display(self, value: Value, language: str = "nb") -> str:
        """The value as printed: ``"10.24"`` → ``10,2`` for percent, None → ``–``."""
        if value is None or value == "":
            return MISSING
        match self.kind:
            case "text" | "year" | "shown":
                return str(value)
            case "date":
                return date_text(str(value), language)
            case _:
                default = 0 if self.kind == "count" else 1
                decimals = default if self.decimals is None else self.decimals
                return number_text(value, decimals, language, signed=self.kind == "points")


@dataclass(frozen=True)
class CellNote:
    """A mark at one cell: why it is empty (``missing``, ``suppressed`` …), ``held``, or a ``note`` of the author."""

    row: int
    key: str
    mark: str
    text: str


@dataclass(frozen=True)
class DisplayCell:
    """What a template prints: text, alignment, the sign of its note and the words behind the sign."""

    key: str
    text: str
    numeric: bool
    sign: str = ""
    note: str = ""
    mark: str = ""


@dataclass(frozen=True)
class DisplayRow:
    cells: tuple[DisplayCell, ...]
    emphasis: bool = False


@dataclass(frozen=True)
class Table:
    """``rows`` are dicts of column key → value; ``emphasis`` numbers the rows that are sums or means.

    ``number`` is printed when given («4.6»); otherwise the report numbers the table by its chapter. ``vintage`` is an
    ISO date. ``summary`` is one sentence for those who do not see the table.
    """

    slug: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    source: str = ""
    vintage: str = ""
    summary: str = ""
    number: str = ""
    cell_notes: tuple[CellNote, ...] = ()
    emphasis: tuple[int, ...] = ()

    def csv(self) -> bytes:
        """UTF-8 with a mark at the start and semicolons, as Norwegian spreadsheets read it; values unrounded.

        Numbers carry a decimal comma. Text that a spreadsheet would run as a formula gets an apostrophe before it.
        """
        out = io.StringIO()
        writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
        writer.writerow([neutral(_heading(column)) for column in self.columns])
        for row in self.rows:
            writer.writerow([_csv_value(column, row.get(column.key)) for column in self.columns])
        return out.getvalue().encode("utf-8-sig")

    def display_rows(self, language: str = "nb") -> tuple[DisplayRow, ...]:
        """The rows as printed, each cell note under a sign (a, b, c …), one sign for one text."""
        notes = {(note.row, note.key): note for note in self.cell_notes}
        signs = dict(self.signed_notes())
        by_text = {text: sign for sign, text in signs.items()}
        rows = []
        for index, row in enumerate(self.rows):
            cells = []
            for column in self.columns:
                note = notes.get((index, column.key))
                text = column.display(row.get(column.key), language)
                cell = DisplayCell(column.key, text, column.numeric)
                if note:
                    cell = replace(cell, sign=by_text.get(note.text, ""), note=note.text, mark=note.mark)
                cells.append(cell)
            rows.append(DisplayRow(tuple(cells), index in self.emphasis))
        return tuple(rows)

    def signed_notes(self) -> tuple[tuple[str, str], ...]:
        """``(("a", "Ikke oppgitt i uttrekket."), …)`` in the order of the rows; equal texts share a sign."""
        order = {column.key: place for place, column in enumerate(self.columns)}
        ordered = sorted(self.cell_notes, key=lambda note: (note.row, order.get(note.key, 0)))
        texts = dict.fromkeys(note.text for note in ordered if note.text)
        return tuple((_sign(place), text) for place, text in enumerate(texts))

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Table":
        """The inverse of ``to_json``, also after a way through JSON text. Raises TypeError for unknown keys."""
        return cls(
            **{
                **data,
                "columns": tuple(Column(**column) for column in data["columns"]),
                "rows": tuple(dict(row) for row in data["rows"]),
                "notes": tuple(data.get("notes", ())),
                "cell_notes": tuple(CellNote(**note) for note in data.get("cell_notes", ())),
                "emphasis": tuple(data.get("emphasis", ())),
            }
        )


def neutral(text: str) -> str:
    """Text that a spreadsheet will not run: an apostrophe before a leading = + - @ TAB or CR."""
    return "'" + text if text.startswith(FORMULA_STARTS) else text


def _heading(column: Column) -> str:
    return f"{column.group}: {column.label}" if column.group else column.label


def _csv_value(column: Column, value: Value) -> str:
    if value is None:
        return ""
    if column.numeric:
        return str(value).replace(".", ",")
    return neutral(str(value))


def _sign(place: int) -> str:
    """0 → a, 25 → z, 26 → aa."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return letters[place % 26] * (place // 26 + 1)
