"""Chunks of a sheet's rows, made equally long; label cells that span several rows filled down."""

from functools import cached_property

from absence.reading.numbers import parse_number
from absence.reading.problems import Problem
from absence.reading.table import is_blank


class Chunk:
    """Rows of a sheet from index ``start`` on: given as rows, or by their columns where all are equally long."""

    def __init__(self, start: int, rows: list | None = None, *, columns: list | None = None):
        self.start = start
        if rows is not None:
            self.rows = rows
        else:
            self.columns = columns

    @cached_property
    def rows(self) -> list:
        """Made only where one is asked for."""
        return list(map(list, zip(*(self.columns or ()), strict=True)))

    @cached_property
    def columns(self) -> list | None:
        """The cells by column; None where the rows are not equally long."""
        return list(zip(*self.rows, strict=False)) if len(set(map(len, self.rows))) == 1 else None

    def __len__(self) -> int:
        return len(self.columns[0]) if self.columns else len(self.rows)

    def after(self, count: int) -> "Chunk":
        """The chunk without its first rows."""
        if not count:
            return self
        if self.columns is not None:
            return Chunk(self.start + count, columns=[cells[count:] for cells in self.columns])
        return Chunk(self.start + count, self.rows[count:])

    def column(self, index: int, below: int = 0) -> list | tuple:
        """The cells of one column, of the rows that have it, from the row ``below`` of the chunk on."""
        if self.columns is None:
            return [row[index] for row in self.rows[below:] if len(row) > index]
        return self.columns[index][below:] if index < len(self.columns) else ()


def data_rows(table, chunk: Chunk, report) -> tuple[Chunk | None, list[int]]:
    """The rows under the heading, each exactly ``table.width`` cells, and their indexes.

    A CSV row with more or fewer cells than the heading is an error, unless it is a note with one cell.
    """
    skipped = max(0, table.last_row + 1 - chunk.start)
    if chunk.columns is not None and len(chunk.columns) == table.width and skipped < len(chunk):
        return chunk.after(skipped), list(range(chunk.start + skipped, chunk.start + len(chunk)))
    kept, indexes = [], []
    for index, row in enumerate(chunk.rows[skipped:], chunk.start + skipped):
        if len(row) != table.width:
            row = _fitted(table, index, row, report)
        if row is not None:
            kept.append(row)
            indexes.append(index)
    return (Chunk(0, kept), indexes) if kept else (None, [])


def _fitted(table, index, row, report):
    """The row cut or kept out. Of cells beyond the heading, text is ignored aloud and a number is an error."""
    filled = sum(not is_blank(cell) for cell in row)
    problem = Problem("ragged_row", {"cells": len(row), "columns": table.width})
    if len(row) < table.width:
        if filled == 1:
            report.ignore_row("note", index, row)
        elif filled:
            report.error(problem, index, len(row), "", row)
        return None
    for column, cell in enumerate(row[table.width :], table.width):
        if is_blank(cell):
            continue
        if type(parse_number(cell)) is not Problem or table.ragged_text:
            report.error(problem, index, column, cell, row)
            return None
        report.ignore("unknown_column", index, cell, column)
    return row[: table.width]


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
