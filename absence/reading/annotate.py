"""The annotated copy of a refused file: an xlsx workbook with the bad cells marked and the message beside each."""

import os
import re
from collections import defaultdict
from collections.abc import Callable
from io import BytesIO
from typing import Any

from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]
from openpyxl.comments import Comment  # type: ignore[import-untyped]
from openpyxl.styles import PatternFill  # type: ignore[import-untyped]
from openpyxl.utils import column_index_from_string  # type: ignore[import-untyped]

from absence.reading.messages import describe, gettext_noop
from absence.reading.numbers import parse_number
from absence.reading.problems import Problem
from absence.reading.process import USUAL, Limits, answers_of

ROWS = 50_000
_FILL = PatternFill("solid", fgColor="F9D2CE")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LIST_NAME = gettext_noop("Errors")


def annotated_copy(
    path,
    problems: list[dict[str, Any]],
    gettext: Callable[[str], str],
    *,
    file_name: str | None = None,
    delimiter: str | None = None,
    limits: Limits = USUAL,
) -> bytes | None:
    """The bytes of the copy; None where the file cannot be opened or must not be repeated (personal data).

    ``delimiter`` is the one of ``reading.facts``, where it was found. The first sheet lists what is wrong; the file's
    own sheets follow, their first 50 000 rows, with the rows and columns they had. A problem that is no code of
    ``MESSAGES`` bears its own ``message``.
    """
    if any(problem["code"] == "personal_data" for problem in problems):
        return None
    task = {"mode": "cells", "delimiter": delimiter, "rows": ROWS, "chunk_rows": 5_000}
    task["file_name"] = os.path.basename(path) if file_name is None else file_name
    answers = list(answers_of(str(path), lambda: task, limits))
    if "refused" in answers[-1]:
        return None
    book = Workbook(write_only=True)
    _list_problems(book, problems, gettext)
    messages = _by_place(problems, gettext)
    sheets: dict[str | None, Any] = {}
    for name, start, rows in (answer["chunk"] for answer in answers[:-1]):
        if name not in sheets:
            sheets[name] = book.create_sheet(re.sub(r"[\[\]*?:/\\]", " ", name or "CSV")[:31])
        for index, row in enumerate(rows, start + 1):
            sheets[name].append(_marked(sheets[name], row, messages.get((name, index), {})))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def safe_text(text: str) -> str:
    """Text no spreadsheet takes for a formula: an apostrophe before ``= + - @``, but not before numbers and marks."""
    text = _ILLEGAL.sub("", text)
    dangerous = text.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    return f"'{text}" if dangerous and type(parse_number(text)) is Problem else text


def _list_problems(book, problems, gettext):
    sheet = book.create_sheet(gettext(_LIST_NAME))
    for problem in problems:
        sheet.append([safe_text(_message(problem, gettext))])


def _by_place(problems, gettext):
    """``(sheet, row)`` → {column index from 0, or None for the whole row: message}."""
    found: dict[tuple, dict] = defaultdict(dict)
    for problem in problems:
        if problem["row"] is not None:
            column = problem["column"] and column_index_from_string(problem["column"]) - 1
            found[problem["sheet"], problem["row"]][column] = _message(problem, gettext)
    return found


def _message(problem, gettext):
    return problem.get("message") or describe(problem, gettext)["message"]


def _marked(sheet, row, messages):
    if not messages:
        return [_value(cell) for cell in row]
    width = max([len(row), *(column + 1 for column in messages if column is not None)])
    cells = [WriteOnlyCell(sheet, value=_value(row[column]) if column < len(row) else "") for column in range(width)]
    for column, message in messages.items():
        for cell in cells if column is None else [cells[column]]:
            cell.fill = _FILL
        cells[column or 0].comment = Comment(message, "Pulje", height=120, width=320)
    return cells


def _value(cell):
    return safe_text(cell) if isinstance(cell, str) else cell
