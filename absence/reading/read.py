"""The parent's side of reading: what the bounded child process found, streamed."""

import os
from collections.abc import Iterator
from typing import Any

from absence.reading.numbers import COMPUTED, ratio_percents
from absence.reading.packing import unpack
from absence.reading.process import USUAL, Limits, answers_of

FIGURE_COLUMNS = (
    "sheet",
    "row",
    "column",
    "municipality",
    "first",
    "quarters",
    "sector",
    "sex",
    "absence_type",
    "lost",
    "possible",
    "rate",
    "mark",
)
CHUNK_ROWS = 20_000
IGNORED_REASONS = (
    "title",
    "note",
    "unknown_column",
    "no_table",
    "hidden_sheet",
    "not_a_unit",
    "difference_unchecked",
    "lone_count",
)
_SUMMARY = ("shape", "facts", "rows_read", "figure_count", "ignored", "printed", "warnings", "errors", "error_count")


class Reading:
    """What was read: iterate once for the chunks, then look at the summary (see the package's docstring)."""

    def __init__(self, path, register, file_name, limits):
        self.path, self.register, self.file_name, self.limits = str(path), register, file_name, limits
        self.shape: str | None = None
        self.facts: dict[str, Any] = {}
        self.rows_read = 0
        self.figure_count = 0
        self.ignored: list[dict[str, Any]] = []
        self.printed: list[dict[str, Any]] = []
        self.warnings: list[dict[str, Any]] = []
        self.errors: list[dict[str, Any]] = []
        self.error_count = 0

    def __iter__(self) -> Iterator[dict[str, list]]:
        """The chunks. When the loop is left early the child is ended."""
        for chunk in self.as_printed():
            rates = chunk["rate"]
            if COMPUTED in rates:
                rates = [_rate(*one) for one in zip(rates, chunk["lost"], chunk["possible"], strict=True)]
            yield chunk | {"rate": rates}

    def as_printed(self) -> Iterator[dict[str, list]]:
        """The same, but of figures with workdays and no printed rate the rate is ``COMPUTED``: a fifth of the time."""
        for answer in answers_of(self.path, self._task, self.limits):
            if "chunk" in answer:
                yield {name: unpack(packed) for name, packed in answer["chunk"].items()}
            elif "end" in answer:
                for name in _SUMMARY:
                    setattr(self, name, answer["end"][name])
            else:
                self.errors, self.error_count = [answer["refused"]], 1

    def _task(self) -> dict[str, Any]:
        register = [[*map(_plain, row)] for row in self.register]
        return {"mode": "figures", "file_name": self.file_name, "register": register, "chunk_rows": CHUNK_ROWS}


def read_file(path, register, *, file_name: str | None = None, limits: Limits = USUAL) -> Reading:
    """Read ``path``; ``file_name`` is the name the uploader gave it (its kind and its dangers are judged).

    Nothing happens until the reading is iterated; then the child is started, and ``register`` gone through beside it.
    Raises OSError where the file cannot be found.
    """
    return Reading(path, register, os.path.basename(path) if file_name is None else file_name, limits)


def read_all(path, register, **options) -> tuple[Reading, dict[str, list]]:
    """The whole reading at once: ``(reading, columns)``, for previews and small files."""
    reading = read_file(path, register, **options)
    columns: dict[str, list] = {name: [] for name in FIGURE_COLUMNS}
    for chunk in reading:
        for name, values in columns.items():
            values += chunk[name]
    return reading, columns


def _rate(rate, lost, possible):
    return ratio_percents([float(lost)], [float(possible)])[0] if rate == COMPUTED else rate


def _plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value
