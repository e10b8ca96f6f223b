"""Rows of a table made equally long, and label cells that span several rows filled down."""

from absence.reading.numbers import parse_number
from absence.reading.problems import Problem
from absence.reading.table import is_blank


def data_rows(table, start: int, rows: list, report) -> tuple[list, list[int]]:
    """The rows under the heading, each exactly ``table.width`` cells, without blank ones, and their indexes.

    A CSV row with more or fewer cells than the heading is an error, unless it is a note with one cell.
    """
    skipped = max(0, table.last_row + 1 - start)
    rows, start = rows[skipped:], start + skipped
    width = table.width
    if all(len(row) == width for row in rows) and not _some_blank(rows):
        return rows, list(range(start, start + len(rows)))
    kept, indexes = [], []
    for index, row in enumerate(rows, start):
        filled = sum(not is_blank(cell) for cell in row)
        if not filled:
            continue
        if len(row) != width:
            row = _fitted(table, index, row, filled, report)
        if row is not None:
            kept.append(row)
            indexes.append(index)
    return kept, indexes


def _some_blank(rows):
    return any(not any(row) for row in rows)


def _fitted(table, index, row, filled, report):
    """The row cut or kept out. Cells beyond the heading: blank ones are cut, text is ignored aloud, a number is an error."""
    width = table.width
    if len(row) < width:
        if filled == 1:
            report.ignore_row("note", index, row)
        else:
            problem = Problem("ragged_row", {"cells": len(row), "columns": width})
            report.error(problem, index, len(row), "", row)
        return None
    beyond = [(column, cell) for column, cell in enumerate(row[width:], width) if not is_blank(cell)]
    for column, cell in beyond:
        if type(parse_number(cell)) is not Problem or table.ragged_text:
            problem = Problem("ragged_row", {"cells": len(row), "columns": width})
            report.error(problem, index, column, cell, row)
            return None
        report.ignore("unknown_column", index, cell, column)
    return row[:width]


def fill_merged(table, sheet, report, is_unit) -> None:
    """Fill label cells down their merged rows; refuse a merged cell over figures. Changes ``sheet.rows`` in place."""
    values = set(table.value_columns)
    labels = set(table.columns.values()) - values
    for top, left, bottom, right in sheet.merges:
        if top <= table.last_row or top >= len(sheet.rows):
            continue
        cell = sheet.rows[top][left] if left < len(sheet.rows[top]) else ""
        if values & set(range(left, right + 1)):
            rows = sheet.rows[top : bottom + 1]
            if (left in values and not is_blank(cell)) or any(is_unit(row) for row in rows):
                report.error(Problem("merged_numbers"), top, max(left, min(values)), cell, sheet.rows[top])
        elif left in labels:
            for row in sheet.rows[top + 1 : bottom + 1]:
                row[left] = cell
