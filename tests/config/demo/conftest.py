"""The generated files, read back by a small parser of this folder's own: it shares no line with the portal's reader."""

import csv
import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from config.demo.absence import write_files
from config.demo.register import places

Figures = dict[tuple[str, int, str, str, str], tuple[Decimal, Decimal]]

NUMBER = {"kommunenr", "knr", "komm.nr.", "kommunenummer", "knr."}
NAME = {"kommune", "kommunenavn", "navn", "region"}
SECTOR = {"sektor", "tjenesteområde", "sektor/tjeneste"}
KIND = {"fraværstype", "type fravær"}
LOST = {"tapte dagsverk", "tapte dagsverk1", "fraværsdagsverk", "sykefraværsdagsverk"}
POSSIBLE = {"mulige dagsverk", "mulige dagsverk2", "avtalte dagsverk"}


@pytest.fixture(scope="session")
def folder(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("pai")
    write_files(path)
    return path


@pytest.fixture(scope="session")
def files(folder) -> list[Path]:
    return write_files(folder)


@pytest.fixture(scope="session")
def figures(files) -> Figures:
    """(number or name, quarter, sector, sex, type) → lost and possible workdays, out of all eighteen files."""
    found: Figures = {}
    for path in files:
        found |= _figures(raw_rows(path), _quarter(path))
    return found


@pytest.fixture(scope="session")
def rate(figures) -> Callable:
    """Give ``rate(units, first quarter, last quarter)``: 100 · ΣL / ΣP of the municipalities' totals, with mergers."""
    before = {"1505": ("1503", "1556"), "1160": ("1154", "1159"), "1576": ("1569", "1572")}

    def rate(members, first: int, last: int) -> Decimal:
        lost = possible = Decimal(0)
        for unit in members:
            for quarter in range(first, last + 1):
                here = (unit, quarter, "alle", "begge", "samlet") in figures
                for number in (unit,) if here else before[unit]:
                    days = figures[number, quarter, "alle", "begge", "samlet"]
                    lost, possible = lost + days[0], possible + days[1]
        return 100 * lost / possible

    return rate


def raw_rows(path: Path) -> list[list]:
    """Every row of the file as it stands there."""
    if path.suffix != ".csv":
        return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    separator = max("\t;,", key=text.split("\r\n")[5].count) if ";" not in text.split("\r\n")[5] else ";"
    return list(csv.reader(text.splitlines(), delimiter=separator))


def _quarter(path: Path) -> int:
    year, quarter = re.search(r"(\d{4})K(\d)", path.stem).groups()
    return int(year) * 4 + int(quarter) - 1


def _figures(rows: list[list], quarter: int) -> Figures:
    words = [[str(cell).strip().lower() for cell in row] for row in rows]
    top = next(at for at, row in enumerate(words) if set(row) & LOST)
    at = {
        key: next((place for place, word in enumerate(words[top]) if word in known), None)
        for key, known in {
            "number": NUMBER, "name": NAME, "sector": SECTOR, "sex": {"kjønn"}, "kind": KIND,
            "lost": LOST, "possible": POSSIBLE,
        }.items()
    }  # fmt: skip
    found: Figures = {}
    for row in words[top + 1 :]:
        if len(row) <= at["possible"] or not re.match(r"\d", row[at["lost"]]):
            continue
        unit = _unit(row, at)
        key = (unit, quarter, _sector(row[at["sector"]]), _sex(row[at["sex"]]), row[at["kind"]])
        assert key not in found
        found[key] = (_number(row[at["lost"]]), _number(row[at["possible"]]))
    return found


def _unit(row: list[str], at: dict) -> str:
    if at["number"] is not None:
        number = row[at["number"]].removesuffix(".0")
        return number.zfill(4) if number else row[at["name"]]
    name = row[at["name"]].strip()
    return name[:4] if name[:4].isdigit() else numbers_of_2009().get(name, name)


@cache
def numbers_of_2009() -> dict[str, str]:
    """The one file without numbers is from 2009: name with county → number."""
    return {place.distinct_name.lower(): number for number, place in places().items() if place.valid_on("2009-01-01")}


def _sector(word: str) -> str:
    return {"i alt": "alle", "barnehage": "barnehager"}.get(word, word)


def _sex(word: str) -> str:
    return {"begge kjønn": "begge", "kvinne": "kvinner", "mann": "menn"}.get(word, word)


def _number(text: str) -> Decimal:
    return Decimal(re.sub(r"[\s\u00a0\u202f]", "", text).replace(",", "."))
