"""Appendix 6 of the final report as it was published: twelve focus municipalities, six windows, a printed mean.

The zero of Kristiansund and the mean of 9,6 that rests on it are printed here as they were: finding them is the
portal's work. Cells whose place the print does not tell are empty, and the notes say which.
"""

from collections.abc import Iterator
from pathlib import Path

from config.demo.pai_files import as_text
from config.demo.register import read_data
from config.demo.spreadsheets import Row, write_xlsx

_PRINTED = ("printed", "placed", "placed_not_a_measurement", "printed_mean")
_NOTES = (
    "Kilde: KS/PAI. Periodene overlapper hverandre.",
    "Tomme celler: Lillehammer har ingen verdi for den første perioden. For Nesodden (10,4, 10,1 og 9,8) og "
    "Kristiansund (10,1 og 10,0) er det trykt verdier uten at kolonnen går fram; de er ikke plassert.",
)


def write_appendix(folder: Path) -> list[Path]:
    """Write the table as xlsx and as csv into the folder; give the paths."""
    workbook, text = folder / "vedlegg-6.xlsx", folder / "vedlegg-6.csv"
    write_xlsx(workbook, appendix_rows(), "Vedlegg 6")
    text.write_bytes(as_text(appendix_rows(), ";").encode("cp1252"))
    return [workbook, text]


def appendix_rows() -> Iterator[Row]:
    """The rows from title to notes; numbers as text with a decimal comma, as printed."""
    rows = read_data("focus_municipalities.csv")
    windows = list(dict.fromkeys(row["period"] for row in rows))
    yield ["Vedlegg 6: Sykefravær i innsatskommunene, prosent"]
    yield []
    yield ["Kommunenr", "Kommune", *windows]
    for name in dict.fromkeys(row["municipality"] for row in rows):
        own = [row for row in rows if row["municipality"] == name]
        yield [own[0]["municipality_number"], name, *(_value(row) for row in own)]
    yield []
    yield from ([note] for note in _NOTES)


def _value(row: dict[str, str]) -> str | None:
    return row["absence_percent"].replace(".", ",") if row["status"] in _PRINTED else None
