"""The figures found so far: columns of a chunk, and the memory of which cell of the statistics stood on which row."""

from collections.abc import Callable
from typing import Any

from absence.reading.headers import DIMENSION_FIELDS, dimension_parser
from absence.reading.numbers import COMPUTED, SCALE, Number, parse_number, times_hundred
from absence.reading.problems import Memo, Problem, column_index

COLUMNS = "row column municipality first quarters sector sex absence_type lost possible rate mark".split()
SECTOR_CODES = "all teaching kindergarten health_care technical administration other".split()
SEX_CODES = "all women men".split()
TYPE_CODES = "total self_certified doctor_certified employer_period".split()
_SLICES = len(SECTOR_CODES) * len(SEX_CODES) * len(TYPE_CODES)
_QUARTERS = 8_400 * 5  # room for every first quarter until 2100 and each length


class Figures:
    """Columns waiting to be sent. ``extend`` is the quick way, a column at a time; ``add`` takes one figure."""

    def __init__(self, report, send: Callable[[dict], None], chunk_rows: int):
        self.report, self.send, self.chunk_rows = report, send, chunk_rows
        self.columns: dict[str, list] = {name: [] for name in COLUMNS}
        self.seen: dict[int, int] = {}
        self.sheets: list[str | None] = []
        self.count = self.numbers = 0
        self.periods: set[tuple[int, int]] = set()
        self.units: set[str] = set()
        self.municipalities: set[str] = set()  # those of the units that have a number

    def begin_sheet(self, name):
        """Figures from here on come from this sheet."""
        self.flush()
        self.sheets.append(name)

    def extend(self, keys: list[int], columns: dict[str, list]) -> None:
        """Many figures; ``keys`` as of ``slice_key``. A cell of the statistics given twice is an error."""
        rows = columns["row"]
        tag = (len(self.sheets) - 1) << 21
        fresh = dict(zip(keys, rows if not tag else [row + tag for row in rows], strict=False))
        if len(fresh) < len(rows) or not self.seen.keys().isdisjoint(fresh):
            self._report_twins(keys, columns, tag)
        self.seen.update(fresh)
        self.count += len(rows)
        for name, values in self.columns.items():
            values += columns[name]
        while len(rows) and len(self.columns["row"]) >= self.chunk_rows:
            self._send(self.chunk_rows)

    def add(self, key: int, **figure) -> None:
        """One figure."""
        self.extend([key], {name: [figure[name]] for name in COLUMNS})

    def _report_twins(self, keys, columns, tag):
        here: dict[int, int] = {}
        for place, (key, row) in enumerate(zip(keys, columns["row"], strict=True)):
            other = here.get(key) or self.seen.get(key)
            here.setdefault(key, row + tag)
            if other is not None:
                here_too = self.sheets[other >> 21] == self.sheets[-1]
                code = "same_cell_twice" if here_too else "same_cell_on_two_sheets"
                params = {"other": other & ((1 << 21) - 1), "other_sheet": self.sheets[other >> 21]}
                twin = Problem(code, params)
                shown = (columns[field][place] for field in ("rate", "lost"))
                value = next((text for text in shown if text and text != COMPUTED), "")
                self.report.error(twin, row - 1, column_index(columns["column"][place]), value)

    def _send(self, count):
        chunk = {name: values[:count] for name, values in self.columns.items()}
        for values in self.columns.values():
            del values[:count]
        if not self.report.error_count:
            self.send({"sheet": [self.sheets[-1]] * len(chunk["row"]), **chunk})

    def flush(self) -> None:
        """Send what waits."""
        if self.columns["row"]:
            self._send(len(self.columns["row"]))


def period_key(number: str, first: int, quarters: int) -> int:
    """The part of a figure's key that tells unit and period; leaves room for the slice."""
    return (int(number) * _QUARTERS + first * 5 + quarters) * _SLICES


def slice_parser(fields: list[str]):
    """A function from the cells of the dimension columns to ``(key, sector, sex, absence_type)`` or a Problem."""
    parsers = {field: dimension_parser(field) for field in fields}

    def parse(cells):
        values: dict[str, Any] = {"sector": "all", "sex": "all", "absence_type": "total"}
        for (field, parser), cell in zip(parsers.items(), cells, strict=False):
            values[field] = parser(cell)
            if type(values[field]) is Problem:
                return values[field]
        sector, sex, absence_type = (values[field] for field in DIMENSION_FIELDS)
        key = (SECTOR_CODES.index(sector) * 3 + SEX_CODES.index(sex)) * 4 + TYPE_CODES.index(absence_type)
        return key, sector, sex, absence_type

    return parse


def count_memo(survey) -> Memo:
    """Cells of workdays."""
    mark = survey.decimal_mark

    def parse(cell):
        number = parse_number(cell)
        if type(number) is Number and number.decimal_mark is not None and number.decimal_mark != mark:
            return Problem("other_decimal_mark", {"mark": mark})
        return number

    return Memo(parse)


def rate_memo(survey) -> Memo:
    """Cells of rates, in percent whatever the file has."""
    counts = count_memo(survey)

    def parse(cell):
        number = counts.parse(cell)
        if type(number) is Problem:
            return number
        if problem := survey.check_rate(number):
            return problem
        if survey.scale == "fraction" and number.text is not None:
            return Number(times_hundred(number.text), number.scaled * 100)
        return number

    return Memo(parse)


def rate_tolerance(survey) -> int:
    """How far a printed rate may lie from its own workdays, times SCALE: half its last digit, at least 0.05."""
    decimals = survey.decimals - (2 if survey.scale == "fraction" else 0)
    return max(SCALE // 20, SCALE // (2 * 10 ** max(decimals, 0))) + SCALE // 10**6
