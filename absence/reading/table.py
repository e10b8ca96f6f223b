"""Where the table begins: the heading row (or two), its shape, and which column holds what."""

from typing import Any, NamedTuple

from absence.reading.headers import (
    GIVEN_NAMES,
    IDENTITY_NUMBERS,
    SURNAMES,
    VALUE_FIELDS,
    field_of,
    names_a_part,
    plain_heading,
)
from absence.reading.period_text import looks_like_period, parse_period, tidy
from absence.reading.places import Places
from absence.reading.problems import Problem, column_letter, shown

SEARCHED_ROWS = 60
PLACE_FIELDS = ("number", "name")


class Finding(NamedTuple):
    """A problem and where it stands; ``row`` and ``column`` are indexes from 0 or None."""

    problem: Problem
    row: int | None
    column: int | None
    value: Any = ""


class Table:
    """A found table. ``columns`` maps field → index; ``periods`` lists ``(column, first, quarters)`` when wide."""

    def __init__(self, shape, first_row, last_row):
        self.shape, self.first_row, self.last_row = shape, first_row, last_row
        self.columns: dict[str, int] = {}
        self.periods: list[tuple[int, int, int]] = []
        self.unknown: list[tuple[int, str]] = []
        self.findings: list[Finding] = []
        self.width = 0
        self.ragged_text = False  # whether text beyond the heading is an error too, as in a CSV

    @property
    def value_columns(self) -> list[int]:
        """Columns that hold figures."""
        if self.shape == "wide":
            return [column for column, _, _ in self.periods]
        return [self.columns[field] for field in VALUE_FIELDS if field in self.columns]


def is_blank(cell: Any) -> bool:
    """Nothing to see in the cell."""
    return cell is None or (type(cell) is str and not cell.strip())


def find_table(rows: list[list[Any]], merges, places: Places) -> Table | Finding:
    """The heading in ``rows`` (the head of a sheet), or a Finding that says what was missed.

    Headings that name the municipality come first; only without any is the column of names inferred.
    """
    head = rows[:SEARCHED_ROWS]
    for infer in (False, True):
        for index, row in enumerate(head):
            if personal := _personal_columns(index, row):
                return personal
            table = None if infer else _long(index, row) or _long_of_two(index, head, merges)
            table = table or _wide(index, rows, merges, places if infer else None)
            if table:
                return table
    return _what_was_missed(head)


def _long(index, row):
    fields = [field_of(cell) for cell in row]
    return _long_table(index, index, row, fields) if _is_complete(fields) else None


def _is_complete(fields):
    has = set(fields)
    return bool(has & set(PLACE_FIELDS) and has & {"period", "year"} and has & set(VALUE_FIELDS))


def _long_of_two(index, head, merges):
    """Two heading rows: labels that reach over both beside a title over its columns (``Dagsverk`` above ``Tapte``)."""
    if index + 1 >= len(head) or _is_complete(list(map(field_of, head[index + 1]))):
        return None
    tops, bottoms = _filled(index, head[index], head[index + 1], merges, titles=True), head[index + 1]
    cells = [" ".join(filter(None, (shown(_at(bottoms, column)), shown(top)))) for column, top in enumerate(tops)]
    fields = [field_of(_at(bottoms, column)) or field_of(cell) for column, cell in enumerate(cells)]
    both = [field for column, field in enumerate(fields) if field and not is_blank(_at(bottoms, column))]
    return _long_table(index, index + 1, cells, fields) if both and _is_complete(fields) else None


def _long_table(first, last, headings, fields):
    table = Table("long", first, last)
    table.width = max(column for column, cell in enumerate(headings) if not is_blank(cell)) + 1
    for column, cell in enumerate(headings):
        _place_column(table, first, column, cell, fields[column])
    _refuse_equal_headings(table)
    return table


def _wide(index, rows, merges, places):
    """One heading row, or two: ``Q407`` above ``-Q308``, a year above its quarters, one title above all periods."""
    row, below = rows[index], rows[index + 1] if index + 1 < len(rows) else []
    filled = _filled(index, row, below, merges)
    both = [column for column, top in enumerate(filled) if _both(top, _at(below, column)) is not None]
    if (both and all(isinstance(_at(below, column), str) for column in both)) or _is_title_row(filled, below):
        table = _wide_table(index, index + 1, filled, below)
    else:
        table = _wide_table(index, index, row, [])
    if not table.periods and all(finding.problem.code == "same_field_twice" for finding in table.findings):
        return None
    if places and not set(PLACE_FIELDS) & set(table.columns):
        _infer_place(table, rows, places)
    if not set(PLACE_FIELDS) & set(table.columns):
        return None
    if parts := _parts_beside(table, rows):
        table.findings.append(parts)
        return table
    _refuse_disorder(table, rows)
    _refuse_equal_headings(table)
    return table


def _parts_beside(table, rows) -> Finding | None:
    """Sex, sector or type of absence in a heading row of its own, under the periods or above them.

    Which columns a word reaches over cannot be told for certain, so it is named, not guessed. One word above all of the
    periods is a title.
    """
    first = min(column for column, _, _ in table.periods)
    last_row = table.last_row
    for row in (last_row + 1, table.first_row, table.first_row - 1):
        cells = list(enumerate(rows[row]))[first:] if 0 <= row < len(rows) else []
        cells = [(column, cell) for column, cell in cells if not is_blank(cell)]
        parts = {names_a_part(cell) for _, cell in cells}
        if None not in parts and (len(parts) > 1 or (parts and row > last_row)):
            column, cell = cells[0]
            period = next(_heading(table, rows, at) for at, _, _ in reversed(table.periods) if at <= column)
            return Finding(Problem("parts_in_headings", {"period": period}), row, column, cell)
    return None


def _is_title_row(tops, below):
    """The municipality's heading stands beside a title that lies above the row of periods."""
    named = [column for column, cell in enumerate(tops) if field_of(cell) in PLACE_FIELDS]
    found = [cell for cell in below if type(parse_period(cell, header=True)) is tuple and isinstance(cell, str)]
    return bool(
        named
        and found
        and all(is_blank(_at(below, column)) for column in named)
        and not any(looks_like_period(cell) for cell in tops)
    )


def _wide_table(first, last, tops, bottoms):
    table = Table("wide", first, last)
    width = max(len(tops), len(bottoms))
    for column in range(width):
        top, bottom = _at(tops, column), _at(bottoms, column)
        if is_blank(top) and is_blank(bottom):
            continue
        table.width = column + 1
        field = field_of(top) or field_of(bottom) or field_of(f"{shown(top)} {shown(bottom)}")
        if looks_like_period(bottom):  # the upper row is a title above all periods
            field = None
        found = None if field else _period_heading(top, bottom, last > first)
        row = first if not is_blank(top) else last
        if type(found) is tuple:
            table.periods.append((column, *found))
        elif found:
            table.findings.append(Finding(found, row, column, bottom if is_blank(top) else top))
        else:
            text = " ".join(filter(None, [shown(top), shown(bottom)]))
            _place_column(table, row, column, text, None if field in (*VALUE_FIELDS, "period", "year") else field)
    return table


def _period_heading(top, bottom, two_rows):
    """The period, a Problem where the heading is a period gone wrong, or None where it is something else."""
    found = _both(top, bottom) if two_rows else None
    if found is not None:
        return found
    if looks_like_period(top) and looks_like_period(bottom):
        return Problem("not_a_period")
    one = bottom if looks_like_period(bottom) or is_blank(top) else top
    period = parse_period(one, header=True)
    return period if type(period) is tuple or looks_like_period(one) else None


def _both(top, bottom):
    """Two cells that only together are a period; None where they are not."""
    if is_blank(top) or is_blank(bottom):
        return None
    upper, lower = tidy(top), tidy(bottom)
    if lower.replace("-", "").strip().isdecimal():
        return None
    for text in (f"{upper}{lower}", f"{upper} {lower}", f"{lower} {upper}", f"{upper}-{lower}"):
        found = parse_period(text, header=True)
        if not isinstance(found, Problem) or found.code in ("window_length", "window_reversed"):
            return found
    return None


def _filled(index, row, below, merges, titles=False):
    """The upper heading row with merged cells, and years that span the quarters right of them, filled in.

    With ``titles`` any text spans the blank cells right of it, as far as the lower row has something there.
    """
    filled = list(row) + [""] * (len(below) - len(row))
    for top, left, bottom, right in merges:
        if top <= index <= bottom and top == index:
            filled[left : right + 1] = [_at(row, left)] * (min(right + 1, len(filled)) - left)
    year = ""
    for column, cell in enumerate(filled):
        if not is_blank(cell):
            is_year = type(parse_period(cell, header=True)) is tuple and tidy(cell)[:4].isdecimal()
            year = cell if is_year or titles else ""
        elif year and not is_blank(_at(below, column)) and field_of(_at(below, column)) is None:
            filled[column] = year
    return filled


def _infer_place(table, rows, places):
    """Names without a heading left of the periods, as printed tables have them: the column with most municipalities."""
    first_period = min((column for column, _, _ in table.periods), default=0)
    data = rows[table.last_row + 1 :]
    known = set(table.columns.values())
    hits = {}
    for column in range(first_period):
        if column not in known:
            cells = [_at(row, column) for row in data]
            hits[column] = sum(
                1 for cell in cells if not is_blank(cell) and type(places.candidates(None, cell)) is tuple
            )
    best = max(hits, key=lambda column: hits[column], default=None)
    if best is not None and hits[best]:
        table.columns["name"] = best
        table.unknown = [(column, text) for column, text in table.unknown if column != best]


def _place_column(table, row, column, cell, field):
    if field and field in table.columns:
        other = column_letter(table.columns[field])
        table.findings.append(Finding(Problem("same_field_twice", {"other": other}), row, column, cell))
    elif field:
        table.columns[field] = column
    elif not is_blank(cell):
        table.unknown.append((column, shown(cell)))


def _refuse_equal_headings(table):
    seen: dict[str, int] = {}
    for column, text in table.unknown:
        other = seen.setdefault(plain_heading(text) or text, column)
        if other != column:
            problem = Problem("duplicate_header", {"other": column_letter(other)})
            table.findings.append(Finding(problem, table.first_row, column, text))
    headings = [text for _, text in table.unknown]
    if personal := _personal_columns(table.first_row, headings):
        table.findings.append(personal)


def _personal_columns(index, row):
    """Columns for given name and surname, or for an identity number, mean a file about persons."""
    words = {plain_heading(cell) for cell in row if isinstance(cell, str)}
    if (words & GIVEN_NAMES and words & SURNAMES) or words & IDENTITY_NUMBERS:
        return Finding(Problem("personal_data"), index, None)
    return None


def _refuse_disorder(table, rows):
    """Periods of one length must increase; the heading that breaks the order is named, with its neighbour."""
    for quarters in {length for _, _, length in table.periods}:
        run = [period for period in table.periods if period[2] == quarters]
        for place in range(1, len(run)):
            before, here = run[place - 1], run[place]
            if here[1] > before[1]:
                continue
            wrong, other = (before, here) if _fits_without(run, place) else (here, before)
            problem = Problem("periods_not_increasing", {"other": column_letter(other[0])})
            table.findings.append(Finding(problem, table.first_row, wrong[0], _heading(table, rows, wrong[0])))


def _fits_without(run, place):
    """Whether the heading before ``place`` is the wrong one: without it the order holds, and it jumped ahead."""
    if run[place][1] == run[place - 1][1]:
        return False
    return place == 1 or run[place][1] > run[place - 2][1]


def _heading(table, rows, column):
    """The heading as it stands, both rows of it."""
    parts = [shown(_at(rows[row], column)) for row in range(table.first_row, table.last_row + 1)]
    return " ".join(filter(None, parts))


def _what_was_missed(head):
    """The missing column, where a row has two recognised headings; else that no heading was found."""
    known = [{field_of(cell) for cell in row} - {None} for row in head]
    row = max(range(len(known)), key=lambda index: len(known[index]), default=0)
    if not known or len(known[row]) < 2:
        return Finding(Problem("no_header"), None, None)
    if not known[row] & set(PLACE_FIELDS):
        return Finding(Problem("no_municipality_column"), row, None)
    if not known[row] & {"period", "year"}:
        return Finding(Problem("no_period_column"), row, None)
    return Finding(Problem("no_figure_column"), row, None)


def _at(row, column):
    return row[column] if column < len(row) else ""
