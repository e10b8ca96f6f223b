"""What a file says, in columns, judged; nothing is written here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from ..calculations.checks.printed_rows import PrintedCell
from ..calculations.checks.runner import Verdict, run_checks
from ..calculations.checks.tables import Table
from ..calculations.columns import DAY_DIGITS, DAY_SCALE, RATE_DIGITS, FigureColumns
from ..calculations.periods import Period
from ..queries.history import history_of
from ..queries.register import RegisterNow
from ..reading.numbers import COMPUTED
from ..reading.read import read_file
from .rounding import Rounding, has_finer

# Fields of the reader that are ours as they stand; texts that recur are kept once each (few words come so already).
RECURRING = ("municipality", "column")
AS_THEY_ARE = ("sector", "sex", "absence_type", "mark", "first", "quarters", "row")

NO_NUMBER: dict[str | None, None] = {None: None, COMPUTED: None}
SHORT = 14  # a float holds as many digits exactly, and one more for the scale

Progress = Callable[[int], None]


class Scaled(dict):
    """Decimal text → whole number on a scale; a column has few different texts, each is worked out once."""

    def __init__(self, digits: int):
        super().__init__(NO_NUMBER)
        self.digits = digits

    def __missing__(self, text: str) -> int:
        whole, _, part = text.partition(".")
        if len(part) <= self.digits:
            value = int(whole + part.ljust(self.digits, "0"))
        else:
            value = int(Decimal(text).scaleb(self.digits).to_integral_value(ROUND_HALF_UP))
        if len(self) > 200_000:
            self.clear()
            self.update(NO_NUMBER)
        self[text] = value
        return value


class Once(dict):
    def __missing__(self, value):
        self[value] = value
        return value


@dataclass
class FileContent:
    """A file read. With ``errors`` it is refused, and the columns are of no use."""

    columns: FigureColumns = field(default_factory=FigureColumns)
    shape: str = ""
    facts: dict = field(default_factory=dict)
    rows_read: int = 0
    ignored: list[dict] = field(default_factory=list)
    errors: list[dict] = field(default_factory=list)
    error_count: int = 0
    warnings: list[dict] = field(default_factory=list)
    printed: list[dict] = field(default_factory=list)

    @property
    def is_personal(self) -> bool:
        return any(one["code"] == "personal_data" for one in self.errors)


def read(path: Path, file_name: str, register: RegisterNow, progress: Progress | None = None) -> FileContent:
    """Read a file in a bounded child process (see `absence.reading`).

    Workdays are held in hundredths, rates in ten-thousandths of a percent. What is finer is rounded half up, and
    ``facts["rounded"]`` says how many numbers were, and which was the first.
    """
    reading = read_file(path, register.for_reading(), file_name=file_name)
    content, rounding = FileContent(), Rounding()
    once, day, percent = Once(), Scaled(DAY_DIGITS), Scaled(RATE_DIGITS)
    for chunk in reading.as_printed():
        if progress:
            progress(len(content.columns))
        finer = {name: has_finer(chunk[name], DAY_DIGITS) for name in ("lost", "possible")}
        _extend(content.columns, chunk, once, day, percent, finer)
        rounding.look(chunk, finer)
    content.shape, content.facts, content.rows_read = reading.shape or "", reading.facts, reading.rows_read
    if rounded := rounding.facts(content.facts.get("columns", {})):
        content.facts["rounded"] = rounded
    content.ignored, content.warnings, content.printed = reading.ignored, reading.warnings, reading.printed
    content.errors, content.error_count = reading.errors, reading.error_count
    return content


def _extend(
    columns: FigureColumns, chunk: dict, once: Once, day: Scaled, percent: Scaled, finer: dict[str, bool]
) -> None:
    for name in RECURRING:
        getattr(columns, name).extend(map(once.__getitem__, chunk[name]))
    for name in AS_THEY_ARE:
        getattr(columns, name).extend(chunk[name])
    columns.lost.extend(_hundredths(chunk["lost"], day, finer["lost"]))
    columns.possible.extend(_hundredths(chunk["possible"], day, finer["possible"]))
    columns.rate.extend(map(percent.__getitem__, chunk["rate"]))


def _hundredths(texts: list[str | None], day: Scaled, is_finer: bool) -> Iterable[int | None]:
    """Workdays; where all are short numbers with at most two decimals a float is exact, and the quickest."""
    if is_finer or None in texts or max(map(len, texts), default=0) > SHORT:
        return map(day.__getitem__, texts)
    return [round(float(text) * DAY_SCALE) for text in texts]


def printed_cells(content: FileContent) -> list[PrintedCell]:
    day, percent = Scaled(DAY_DIGITS), Scaled(RATE_DIGITS)
    return [
        PrintedCell(
            label=one["label"],
            kind=one["kind"],
            period=Period(one["first"], one["quarters"]),
            rate=percent[one["rate"]],
            lost=day[one["lost"]],
            possible=day[one["possible"]],
            sector=one["sector"],
            sex=one["sex"],
            absence_type=one["absence_type"],
            difference=percent[one["difference"]],
        )
        for one in content.printed
    ]


def judge(content: FileContent, source: str, vintage_on: date | None = None) -> Verdict:
    """All checks, with what is released of the same source in the same or earlier vintages beside it."""
    file = Table(content.columns)
    history = history_of(source, file, vintage_on)
    return run_checks(
        file,
        history.released,
        groups=history.groups,
        printed=printed_cells(content),
        earlier=history.earlier,
    )
