"""What one reading gathers beside the figures: errors and warnings with their place, ignored rows, printed totals."""

from typing import Any

from absence.reading.problems import Problem, column_letter, shown

IGNORED_SHOWN = 200
CELLS_SHOWN = 40
ALIKE_SHOWN = 10  # one unknown number on a thousand rows must not hide what else is wrong
CELL_LENGTH_SHOWN = 60
PRINTED_FIELDS = ("lost", "possible", "rate", "difference")


class Report:
    """Collects; at most ``limit`` errors are kept, and few of the same value; all are counted."""

    def __init__(self, limit: int):
        self.limit = limit
        self.sheet = None
        self.errors: list[dict] = []
        self.error_count = 0
        self.alike: dict[tuple[str, str], int] = {}
        self.warnings: list[dict] = []
        self.ignored: list[dict] = []
        self.many: dict[tuple, dict] = {}
        self.printed: list[dict] = []
        self.rows_read = 0

    def error(self, problem: Problem, row: int | None, column: int | None, value: Any = "", cells=()) -> None:
        """Row and column are indexes from 0."""
        self.error_count += 1
        alike = self.alike[problem.code, shown(value)] = self.alike.get((problem.code, shown(value)), 0) + 1
        if len(self.errors) < self.limit and (alike <= ALIKE_SHOWN or not value):
            self.errors.append(self._place(problem, row, column, value, cells))

    def warning(self, problem: Problem, row: int, column: int, value: Any) -> None:
        """A problem that lets the file through."""
        if len(self.warnings) < 10 * self.limit:
            self.warnings.append(self._place(problem, row, column, value, ()))

    def _place(self, problem, row, column, value, cells):
        return {
            "code": problem.code,
            "sheet": self.sheet,
            "row": None if row is None else row + 1,
            "column": None if column is None else column_letter(column),
            "value": shown(value),
            "params": problem.params,
            "cells": [shown(cell, CELL_LENGTH_SHOWN) for cell in cells[:CELLS_SHOWN]],
        }

    def ignore(self, reason: str, row: int | None, text: str, column: int | None = None) -> None:
        """Something that did not become figures, listed so that nothing is dropped in silence."""
        if len(self.ignored) < IGNORED_SHOWN:
            self.ignored.append(self._left(reason, row, text, column))

    def _left(self, reason, row, text, column) -> dict:
        place = {"row": None if row is None else row + 1, "column": None if column is None else column_letter(column)}
        return {"sheet": self.sheet, **place, "text": shown(text, 200), "reason": reason}

    def set_aside(self, reason: str, row: int, text: str, column: int) -> None:
        """A number that is not used, of which there may be thousands: one line for the column, with how many."""
        key = (self.sheet, reason, column)
        if key not in self.many:
            self.many[key] = self._left(reason, row, text, column) | {"count": 0}
        self.many[key]["count"] += 1

    def ignore_row(self, reason: str, row: int, cells) -> None:
        """A whole row, with what stands in it."""
        self.ignore(reason, row, " ".join(filter(None, (shown(cell).strip() for cell in cells))))

    def print_cell(self, row: int, letter: str, label, kind, period, parts, numbers: dict) -> None:
        """One figure of the file's own rows that are no unit, kept for check V11."""
        if len(self.printed) < 50 * self.limit:
            found = {"sheet": self.sheet, "row": row + 1, "column": letter, "label": shown(label), "kind": kind}
            found |= dict(zip(("first", "quarters"), period, strict=False)) | dict(
                zip(("sector", "sex", "absence_type"), parts, strict=False)
            )
            self.printed.append(found | {field: numbers.get(field) for field in PRINTED_FIELDS})
