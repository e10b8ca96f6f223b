"""Write xlsx and ods files fast and always the same, byte for byte: a zip with fixed times around plain XML.

The libraries that write these formats put the time of day into the file, and need a minute where this takes a second.
A cell is text (str) or a number (int, or Decimal for an exact decimal); None is an empty cell.
"""

import zipfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape

Cell = str | int | Decimal | None
Row = Sequence[Cell]

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XLSX_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SHEET_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_ODS_MIME = "application/vnd.oasis.opendocument.spreadsheet"
_ODS_MANIFEST = (
    f'<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS_MIME}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def write_xlsx(path: Path, rows: Iterable[Row], sheet: str = "PAI") -> None:
    """One sheet. Rows without a cell are left out, as spreadsheets do."""
    lines = [f'<row r="{at}">{_xlsx_row(row, str(at))}</row>' for at, row in enumerate(rows, 1) if row]
    workbook = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name="{escape(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    content = f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'
    _zip(path, _XLSX_PARTS | {"xl/workbook.xml": workbook, "xl/worksheets/sheet1.xml": content})


def _xlsx_row(row: Row, number: str) -> str:
    return "".join(
        f'<c r="{column}{number}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
        if isinstance(cell, str)
        else f'<c r="{column}{number}"><v>{cell}</v></c>'
        for column, cell in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", row, strict=False)
        if cell is not None
    )


def write_ods(path: Path, rows: Iterable[Row], sheet: str = "PAI") -> None:
    """One table."""
    lines = [f"<table:table-row>{''.join(map(_ods_cell, row or [None]))}</table:table-row>" for row in rows]
    spaces = " ".join(f'xmlns:{name}="{_OASIS}:{name}:1.0"' for name in ("office", "table", "text"))
    content = (
        f'<office:document-content {spaces} office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="{escape(sheet)}">{"".join(lines)}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    _zip(path, {"META-INF/manifest.xml": _ODS_MANIFEST, "content.xml": content}, mimetype=_ODS_MIME)


def _ods_cell(cell: Cell) -> str:
    if cell is None:
        return "<table:table-cell/>"
    text = f"<text:p>{escape(str(cell))}</text:p>"
    if isinstance(cell, str):
        return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'
    return f'<table:table-cell office:value-type="float" office:value="{cell}">{text}</table:table-cell>'


def _zip(path: Path, parts: dict[str, str], mimetype: str = "") -> None:
    with zipfile.ZipFile(path, "w") as archive:
        if mimetype:  # an ods names itself first, uncompressed
            archive.writestr(zipfile.ZipInfo("mimetype"), mimetype)
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, _XML + content, compresslevel=3)
