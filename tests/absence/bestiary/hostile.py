"""Files made to harm: each function writes one and gives its path."""

import datetime
import zipfile
from pathlib import Path

from openpyxl import Workbook

from tests.absence.bestiary.writers import csv_file, raw_ods, text_file, xlsx_file, zip_file

TABLE = [["Knr", "Kvartal", "Prosent"], ["0101", "2008K1", 9.7]]
CSV = "Knr;Kvartal;Prosent\n0101;2008K1;9,7\n"
BILLION_LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)


def far_cell(folder: Path) -> Path:
    book = Workbook()
    book.active["A1"] = "Knr"
    book.active["XFD1048576"] = 1
    book.save(folder / "pai.xlsx")
    return folder / "pai.xlsx"


def far_row(folder: Path) -> Path:
    book = Workbook()
    book.active["A1048576"] = 1
    book.save(folder / "pai.xlsx")
    return folder / "pai.xlsx"


def far_cell_in_a_part_with_another_name(folder: Path) -> Path:
    path = far_cell(folder)
    return _changed(
        path, rename={"xl/worksheets/sheet1.xml": "xl/notes.bin"}, replace={b"worksheets/sheet1.xml": b"notes.bin"}
    )


def row_bomb(folder: Path) -> Path:
    rows = "".join(f'<row r="{number}"><c r="A{number}"><v>1</v></c></row>' for number in range(1, 1_000_000))
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'
    return _changed(xlsx_file(folder, TABLE), content={"xl/worksheets/sheet1.xml": sheet.encode()})


def repeated_rows(folder: Path) -> Path:
    cell = '<table:table-cell table:number-columns-repeated="200" office:value-type="float" office:value="1"/>'
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    return raw_ods(folder, f'<table:table table:name="A">{row}</table:table>')


def repeated_columns(folder: Path) -> Path:
    cell = '<table:table-cell table:number-columns-repeated="999999999" office:value-type="float" office:value="1"/>'
    return raw_ods(folder, f'<table:table table:name="A"><table:table-row>{cell}</table:table-row></table:table>')


def huge_string(folder: Path) -> Path:
    return _changed(xlsx_file(folder, TABLE), content={"xl/sharedStrings.xml": _strings("a" * 160_000_000)})


def long_string(folder: Path) -> Path:
    path = xlsx_file(folder, [*TABLE, ["0104", "2008K1", "langt"]])
    return _changed(path, replace={b"langt": b"x" * 40_000})


def long_csv_cell(folder: Path) -> Path:
    return text_file(folder, CSV + "0104;" + "x" * 40_000 + ";9,7\n")


def open_quote(folder: Path) -> Path:
    return text_file(folder, CSV + '0104;"2008K1;9,7\n' + "0101;2008K2;9,7\n" * 5_000)


def zip_bomb(folder: Path) -> Path:
    return _changed(xlsx_file(folder, TABLE), content={"xl/media/image1.png": b"\0" * 200_000_000})


def many_parts(folder: Path) -> Path:
    return zip_file(folder, {f"part{number}.xml": "<a/>" for number in range(1_500)}, name="pai.xlsx")


def entities_in_xlsx(folder: Path) -> Path:
    strings = _strings("&c;").replace(b"?>", f"?>{BILLION_LAUGHS}".encode(), 1)
    return _changed(xlsx_file(folder, TABLE), content={"xl/sharedStrings.xml": strings})


def entities_in_ods(folder: Path) -> Path:
    return raw_ods(folder, "<table:table/>", prolog=BILLION_LAUGHS)


def utf16_xml(folder: Path) -> Path:
    return _changed(xlsx_file(folder, TABLE), content={"xl/sharedStrings.xml": _strings("a").decode().encode("utf-16")})


def zip_slip(folder: Path) -> Path:
    return _changed(xlsx_file(folder, TABLE), content={"../../etc/cron.d/x": b"x"})


def absolute_part(folder: Path) -> Path:
    return _changed(xlsx_file(folder, TABLE), content={"/etc/passwd": b"x"})


def encrypted_zip(folder: Path) -> Path:
    path = xlsx_file(folder, TABLE)
    data = bytearray(path.read_bytes())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    path.write_bytes(data)
    return path


def encrypted_workbook(folder: Path) -> Path:
    path = folder / "pai.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    return path


def old_xls(folder: Path) -> Path:
    path = folder / "pai.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "Workbook".encode("utf-16-le"))
    return path


def macros(folder: Path) -> Path:
    return _changed(xlsx_file(folder, TABLE), content={"xl/vbaProject.bin": b"x"})


def macro_type(folder: Path) -> Path:
    normal = b"openxmlformats-officedocument.spreadsheetml.sheet.main"
    return _changed(xlsx_file(folder, TABLE), replace={normal: b"ms-excel.sheet.macroEnabled.main"})


def web_page(folder: Path) -> Path:
    return text_file(folder, f"\ufeff\n <HTML><table><tr><td>{CSV}</td></tr></table></HTML>", name="pai.xlsx")


def web_page_as_csv(folder: Path) -> Path:
    return text_file(folder, "<!DOCTYPE html><table></table>")


def truncated(folder: Path) -> Path:
    path = xlsx_file(folder, TABLE)
    path.write_bytes(path.read_bytes()[:-300])
    return path


def cut_in_the_middle(folder: Path) -> Path:
    """The list of contents is whole, but what it points to is not."""
    path = xlsx_file(folder, TABLE)
    data = bytearray(path.read_bytes())
    data[60:400] = b"\xff" * 340
    path.write_bytes(data)
    return path


def word_document(folder: Path) -> Path:
    return zip_file(folder, {"[Content_Types].xml": "<Types>wordprocessingml</Types>"}, name="pai.xlsx")


def nul_bytes(folder: Path) -> Path:
    return text_file(folder, CSV + "0104;2008\0K1;9,7\n")


def utf16(folder: Path) -> Path:
    return text_file(folder, CSV, encoding="utf-16")


def utf16_without_mark(folder: Path) -> Path:
    return text_file(folder, CSV, encoding="utf-16-le")


def binary(folder: Path) -> Path:
    path = folder / "pai.csv"
    path.write_bytes(bytes(range(1, 256)) * 40)
    return path


def pdf(folder: Path) -> Path:
    return text_file(folder, "%PDF-1.7\n", name="pai.csv")


def thousand_columns(folder: Path) -> Path:
    return csv_file(folder, [[f"Kolonne {number}" for number in range(1_000)], list(range(1_000))])


def thousand_columns_in_xlsx(folder: Path) -> Path:
    return xlsx_file(folder, [["Knr", *(f"{1000 + number}K1" for number in range(1_000))]])


def empty(folder: Path) -> Path:
    return text_file(folder, "")


def only_spaces(folder: Path) -> Path:
    return text_file(folder, " \n\n ")


def uncomputed_formula(folder: Path) -> Path:
    return xlsx_file(folder, [*TABLE, ["0104", "2008K1", "=4+5"]])


def csv_named_xlsx(folder: Path) -> Path:
    return text_file(folder, CSV, name="pai.xlsx")


def xlsx_named_csv(folder: Path) -> Path:
    return xlsx_file(folder, TABLE, name="pai.csv")


def unknown_ending(folder: Path) -> Path:
    return text_file(folder, CSV, name="pai.exe")


def digits_without_end(folder: Path) -> Path:
    """Made for slow patterns: long runs of what numbers, periods and footnotes are made of."""
    cells = ["1" * 30_000 + "x", "1 " * 15_000 + "x", "-" * 30_000, "1. kvartal " * 2_500, "Q1" * 15_000]
    return csv_file(folder, [*([cell] * 3 for cell in cells), *TABLE, *([cell, cell, cell] for cell in cells)])


def many_unknown_names(folder: Path) -> Path:
    rows = [[f"Kommunen uten navn {number:05d}", "2008K1", "9,7"] for number in range(20_000)]
    return csv_file(folder, [["Kommune", "Kvartal", "Prosent"], *rows])


HOSTILE = {
    far_cell: "far_cell",
    far_row: "too_large",
    far_cell_in_a_part_with_another_name: "far_cell",
    row_bomb: "too_large",
    repeated_rows: "too_large",
    repeated_columns: "too_many_columns",
    huge_string: "zip_bomb",
    long_string: "cell_too_long",
    long_csv_cell: "cell_too_long",
    open_quote: "cell_too_long",
    zip_bomb: "zip_bomb",
    many_parts: "damaged",
    entities_in_xlsx: "dtd",
    entities_in_ods: "dtd",
    utf16_xml: "dtd",
    zip_slip: "zip_slip",
    absolute_part: "zip_slip",
    encrypted_zip: "encrypted",
    encrypted_workbook: "encrypted",
    old_xls: "old_xls",
    macros: "macros",
    macro_type: "macros",
    web_page: "web_page",
    web_page_as_csv: "web_page",
    truncated: "damaged",
    cut_in_the_middle: "damaged",
    word_document: "unknown_kind",
    nul_bytes: "nul_bytes",
    utf16: "utf16",
    utf16_without_mark: "utf16",
    binary: "unknown_encoding",
    pdf: "unknown_kind",
    thousand_columns: "too_many_columns",
    thousand_columns_in_xlsx: "too_many_columns",
    empty: "empty_file",
    only_spaces: "empty_file",
    uncomputed_formula: "formula_without_value",
    csv_named_xlsx: "content_differs",
    xlsx_named_csv: "content_differs",
    unknown_ending: "unknown_kind",
    digits_without_end: "unknown_name",
    many_unknown_names: "unknown_name",
}
BAD_NAMES = [
    "../pai.csv",
    "..\\pai.csv",
    "a/pai.csv",
    "pai\u202evsc.xlsx",
    "pai\u200f.csv",
    "pai\n.csv",
    "..",
    " ",
    "x" * 300,
]
IDENTITY_NUMBER = "01010112377"


def persons(folder: Path, kind: str) -> Path:
    """Files about single persons, whatever their headings say."""
    number = IDENTITY_NUMBER
    made = {
        "identity numbers": [["Knr", "Kvartal", "Prosent", "Ref"], ["0101", "2008K1", "9,7", number]],
        "with a space": [["Knr", "Kvartal", "Prosent", "Ref"], ["0101", "2008K1", "9,7", f"{number[:6]} {number[6:]}"]],
        "in a note": [["Knr", "Kvartal", "Prosent"], ["0101", "2008K1", "9,7"], [f"Gjelder {number}"]],
        "in a title": [[f"Uttrekk for {number}"], ["Knr", "Kvartal", "Prosent"], ["0101", "2008K1", "9,7"]],
        "as workdays": [["Knr", "Kvartal", "Tapte dagsverk", "Mulige dagsverk"], ["0101", "2008K1", number, "9"]],
        "without a table": [["Ansatt", "Dager"], [number, "7"]],
        "names": [["Fornavn", "Etternavn", "Dager"], ["Kari", "Nordmann", "7"]],
        "a column for them": [["Fødselsnummer", "Navn", "Dager"], ["ukjent", "Kari Nordmann", "7"]],
        "names beside figures": [
            ["Knr", "Kvartal", "Prosent", "Fornavn", "Etternavn"],
            ["0101", "2008K1", "9,7", "Kari", "Nordmann"],
        ],
    }
    return csv_file(folder, made[kind])


def _strings(text):
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?><sst xmlns="{namespace}"><si><t>{text}</t></si></sst>'.encode()


def _changed(path, *, content=None, rename=None, replace=None):
    """The zip file with parts exchanged, renamed, or texts replaced in all of them."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts |= content or {}
    for old, new in (replace or {}).items():
        parts = {name: data.replace(old, new) for name, data in parts.items()}
    when = datetime.datetime(2009, 12, 15).timetuple()[:6]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            entry = zipfile.ZipInfo((rename or {}).get(name, name), when)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return path
