"""xlsx and ods files as grids of cells, after every part was checked."""

import re
from collections.abc import Iterator
from typing import Any

from python_calamine import CalamineError, SheetTypeEnum, SheetVisibleEnum, load_workbook

from absence.reading.archive import kind_of, open_archive, part
from absence.reading.names import refuse_file_name, refuse_other_kind
from absence.reading.ods import read_ods
from absence.reading.problems import Refused
from absence.reading.rows import Chunk
from absence.reading.sheet_parts import Uncomputed, sheet_names, uncomputed_formulas
from absence.reading.text_file import CELL_LENGTH, MAX_COLUMNS

MAX_CELLS = 4_000_000
MAX_ROWS = 250_000
MAX_SHEETS = 100
_FAR = re.compile(rb"""[ \t\n\r:]r=["']([A-Z]{3,}\d|[A-Z]*\d{8})""")
_CELL = re.compile(rb"([A-Z]*)(\d{1,12})")
_LAST_OF_TWO = re.compile(rb"""["']ZZ\d""")  # a far cell has no neighbours; a thousand columns have this one
_ROWS = re.compile(rb"""row [^>]*?\br=["'](\d+)["']""")
_WIDE = re.compile(rb"""[ \t\n\r:]r=["']([A-Z]{2})\d""")


class GridSheet:
    """One sheet of a workbook. ``merges`` are ``(first row, first column, last row, last column)``, from 0.

    ``uncomputed`` are its formulas without results; each stands in its cell as it is written.
    """

    encoding = delimiter = None

    def __init__(self, name, rows, merges, hidden, chunk_rows, uncomputed=()):
        self.name, self.rows, self.merges, self.hidden = name, rows, merges, hidden
        self.chunk_rows, self.uncomputed = chunk_rows, uncomputed
        for row, column, formula in uncomputed:
            if row is not None and row < len(rows) and column < len(rows[row]):
                rows[row][column] = formula

    def head(self, delimiter: str, count: int) -> list[list[Any]]:
        return self.rows[:count]

    def chunks(self) -> Iterator[Chunk]:
        for start in range(0, len(self.rows), self.chunk_rows):
            yield Chunk(start, self.rows[start : start + self.chunk_rows])


def open_workbook(path, name: str, size: int, chunk_rows: int) -> tuple[str, list[GridSheet]]:
    """``(kind, sheets with cells)``. Numbers are floats, texts strings, dates dates, empty cells empty strings."""
    refuse_file_name(name)
    with open_archive(path) as archive:
        kind = kind_of(archive)
        refuse_other_kind(kind, name)
        uncomputed = _check_parts(archive, kind)
        if kind == "ods":
            found = read_ods(part(archive, "content.xml"), MAX_COLUMNS, MAX_CELLS)
            return kind, [GridSheet(*about, chunk_rows, formulas) for *about, formulas in found]  # type: ignore[call-arg]
    try:
        return kind, list(_sheets(path, chunk_rows, uncomputed))
    except (CalamineError, ValueError, OSError):
        raise Refused("damaged") from None


def _check_parts(archive, kind) -> dict[str, list[Uncomputed]]:
    """Every part whatever its name: the list of sheets may point anywhere. Sheet → its formulas without results."""
    names = sheet_names(archive) if kind == "xlsx" else {}
    found: dict[str, list[Uncomputed]] = {}
    for name in archive.namelist():
        data = part(archive, name)
        if kind == "xlsx" and b"sheetData" in data:
            sheet = names.get(name)
            _refuse_dimensions(data, sheet)
            if formulas := uncomputed_formulas(data):
                if sheet is None:
                    raise Refused("formula_without_value", value=formulas[0].formula)
                found[sheet] = formulas
    return found


def _sheets(path, chunk_rows, uncomputed):
    with load_workbook(str(path)) as book:
        if len(book.sheets_metadata) > MAX_SHEETS:
            raise Refused("too_large", cells=MAX_CELLS)
        for index, meta in enumerate(book.sheets_metadata):
            if meta.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_index(index)
            if sheet.total_height * sheet.total_width > MAX_CELLS:
                raise Refused("too_large", sheet=meta.name, cells=MAX_CELLS)
            rows = sheet.to_python(skip_empty_area=False)
            refuse_long_cells(meta.name, rows)
            merges = [(*start, *end) for start, end in sheet.merged_cell_ranges or []]
            hidden = meta.visible != SheetVisibleEnum.Visible
            yield GridSheet(meta.name, rows, merges, hidden, chunk_rows, uncomputed.get(meta.name, ()))


def _refuse_dimensions(data, sheet):
    """Before the fast reader lays out the grid: a single far cell would make it ask for hundreds of gigabytes."""
    if far := _FAR.search(data):
        if _LAST_OF_TWO.search(data):
            raise Refused("too_many_columns", sheet=sheet, columns=MAX_COLUMNS)
        for letters, row in _CELL.findall(data[far.start(1) : far.start(1) + 30])[:1]:
            place = {"row": int(row), "column": letters[:9].decode() or None}
            raise Refused("far_cell", sheet=sheet, **place, columns=MAX_COLUMNS)
        raise Refused("far_cell", sheet=sheet, columns=MAX_COLUMNS)
    last_row = max(map(int, _ROWS.findall(data)), default=0)
    columns = {(first - 64) * 26 + second - 64 for first, second in _WIDE.findall(data)}
    if max(columns, default=0) > MAX_COLUMNS:
        raise Refused("too_many_columns", sheet=sheet, columns=MAX_COLUMNS)
    if last_row > MAX_ROWS or data.count(b"<row") > MAX_ROWS or last_row * max(columns, default=26) > 2 * MAX_CELLS:
        raise Refused("too_large", sheet=sheet, cells=MAX_CELLS)


def refuse_long_cells(sheet, rows) -> None:
    """Refuses a text longer than a spreadsheet cell can hold."""
    for index, row in enumerate(rows):
        for cell in row:
            if type(cell) is str and len(cell) > CELL_LENGTH:
                raise Refused("cell_too_long", sheet=sheet, row=index + 1, length=CELL_LENGTH)
