"""Write one quarter's figures as a PAI file of its shape. The same figures give the same bytes."""

import csv
from collections.abc import Iterable, Iterator
from decimal import Decimal
from io import StringIO
from pathlib import Path

from absence.calculations.dimensions import ALL, TOTAL
from config.demo.cells import ORDER, Cells, quarter_cells
from config.demo.register import places
from config.demo.shapes import SHAPES, Shape
from config.demo.spreadsheets import Cell, Row, write_ods, write_xlsx

_WRITERS = {"xlsx": write_xlsx, "ods": write_ods}
_WHOLE = (ALL, ALL, TOTAL)


def file_name(quarter: int) -> str:
    """``pai-2008K1.csv``"""
    return f"pai-{quarter // 4}K{quarter % 4 + 1}.{SHAPES[quarter].kind}"


def write_quarter(folder: Path, quarter: int) -> Path:
    """Write the quarter's file into the folder and give its path."""
    shape, path = SHAPES[quarter], folder / file_name(quarter)
    rows = quarter_rows(quarter)
    if shape.kind in _WRITERS:
        _WRITERS[shape.kind](path, rows)
    else:
        path.write_bytes(as_text(rows, shape.separator).encode(shape.encoding))
    return path


def as_text(rows: Iterable[Row], separator: str) -> str:
    """The rows as separated text with Windows line ends, as a spreadsheet program saves them."""
    lines = StringIO()
    csv.writer(lines, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return lines.getvalue()


def quarter_rows(quarter: int) -> Iterator[Row]:
    """The file's rows from title to notes."""
    shape = SHAPES[quarter]
    yield from ([line] if line else [] for line in shape.above)
    yield list(shape.columns.values())
    country: Cells = {}
    for number, cells in quarter_cells(quarter):
        labels = _labels(shape, number, quarter)
        if cells is not None:
            yield from _rows(shape, labels, cells)
            country[_WHOLE] = _added(country.get(_WHOLE, (0, 0)), cells[_WHOLE])
        elif shape.missing is not None:
            yield _row(
                shape, labels | _words(shape, _WHOLE) | dict.fromkeys(("lost", "possible", "rate"), shape.missing)
            )
    if shape.total_row:
        labels = _labels(shape, "", quarter) | dict.fromkeys(("name", "code_name"), shape.total_row)
        yield from _rows(shape, labels, country)
    yield from ([line] if line else [] for line in shape.below)


def _rows(shape: Shape, labels: dict[str, Cell], cells: Cells) -> Iterator[Row]:
    for dimensions in ORDER:
        if dimensions in cells:
            lost, possible = cells[dimensions]
            yield _row(shape, labels | _words(shape, dimensions) | _numbers(shape, lost, possible))


def _row(shape: Shape, values: dict[str, Cell]) -> Row:
    return [values[key] for key in shape.columns]


def _labels(shape: Shape, number: str, quarter: int) -> dict[str, Cell]:
    year, of_year = quarter // 4, quarter % 4 + 1
    name = (
        "" if not number else places()[number].distinct_name if "number" not in shape.columns else places()[number].name
    )
    real = shape.real_numbers and shape.kind != "csv"
    return {
        "number": int(number) if shape.lost_zero and number else number,
        "name": name,
        "code_name": f"{number} {name}",
        "period": shape.period.format(year=year, q=of_year),
        "year": year if real else str(year),
        "quarter": of_year if real else str(of_year),
    }


def _words(shape: Shape, dimensions: tuple[str, str, str]) -> dict[str, Cell]:
    sector, sex, kind = dimensions
    sex_key = "all sexes" if sex == ALL else sex
    return {"sector": shape.words[sector], "sex": shape.words[sex_key], "type": shape.words[kind]}


def _numbers(shape: Shape, lost: int, possible: int) -> dict[str, Cell]:
    """``lost`` with two decimals, ``possible`` with one, the rate with one, half up."""
    rate = (2000 * lost + possible) // (2 * possible)
    return {
        "lost": _number(shape, lost, 2),
        "possible": _number(shape, possible // 10, 1),
        "rate": _number(shape, rate, 1),
    }


def _number(shape: Shape, scaled: int, decimals: int) -> Cell:
    if shape.real_numbers:
        return Decimal(scaled).scaleb(-decimals)
    whole, rest = divmod(scaled, 10**decimals)
    grouped = f"{whole:,}".replace(",", shape.thousands) if shape.thousands else str(whole)
    return f"{grouped}{shape.decimal}{rest:0{decimals}d}"


def _added(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return one[0] + other[0], one[1] + other[1]
