"""Writes small tables as the files people send: CSV in many dresses, xlsx, ods."""

import csv
import io
import zipfile
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from openpyxl import Workbook

Rows = Iterable[Iterable[object]]

CONTENT = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    "<office:body><office:spreadsheet>{}</office:spreadsheet></office:body></office:document-content>"
)
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def text_file(folder: Path, text: str, *, name: str = "pai.csv", encoding: str = "utf-8") -> Path:
    """The text as it is."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def csv_file(folder: Path, rows: Rows, *, delimiter: str = ";", encoding: str = "utf-8", name: str = "pai.csv") -> Path:
    """A delimited file; quotes only where they are needed."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return text_file(folder, out.getvalue(), name=name, encoding=encoding)


def xlsx_file(folder: Path, rows: Rows, *, merged: Iterable[str] = (), name: str = "pai.xlsx", **more: Rows) -> Path:
    """A workbook; ``more`` are further sheets by name. Numbers stay numbers and texts texts."""
    book = Workbook()
    for title, content in {"Ark1": rows, **more}.items():
        sheet = book.active if title == "Ark1" else book.create_sheet(title)
        sheet.title = title
        for row in content:
            sheet.append(list(row))
    for cells in merged:
        book["Ark1"].merge_cells(cells)
    path = folder / name
    book.save(path)
    return path


def ods_file(
    folder: Path, rows: Rows, *, spans: dict[tuple[int, int], int] | None = None, name: str = "pai.ods"
) -> Path:
    """A text document spreadsheet; ``spans`` maps (row, column) from 0 to the number of rows the cell covers."""
    spans = spans or {}
    lines = []
    for number, row in enumerate(rows):
        cells = "".join(_ods_cell(value, spans.get((number, column), 1)) for column, value in enumerate(row))
        lines.append(f"<table:table-row>{cells}</table:table-row>")
    return raw_ods(folder, f'<table:table table:name="Ark1">{"".join(lines)}</table:table>', name=name)


def raw_ods(folder: Path, tables: str, *, name: str = "pai.ods", prolog: str = "") -> Path:
    """An ods file with these tables, written as they are."""
    content = CONTENT.format(tables)
    if prolog:
        content = content.replace("?>", f"?>{prolog}", 1)
    return zip_file(folder, {"mimetype": ODS_TYPE, "content.xml": content}, name=name)


def zip_file(folder: Path, parts: dict[str, str | bytes], *, name: str) -> Path:
    """A zip file with these parts."""
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return path


def _ods_cell(value, rows):
    span = f' table:number-rows-spanned="{rows}" table:number-columns-spanned="1"' if rows > 1 else ""
    if value is None or value == "":
        return f"<table:table-cell{span}/>"
    if isinstance(value, int | float):
        kind = f' office:value-type="float" office:value={quoteattr(str(value))}'
        return f"<table:table-cell{span}{kind}><text:p>{value}</text:p></table:table-cell>"
    return (
        f'<table:table-cell{span} office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'
    )
