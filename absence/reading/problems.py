"""What can be wrong with a cell, a row or a file, before it has been put into words."""

from typing import Any, NamedTuple


class Problem(NamedTuple):
    """A code of ``messages.MESSAGES`` and what its sentence needs to know. Where it stands is added by the finder."""

    code: str
    params: dict[str, Any] = {}


class Refused(Exception):
    """Raised when reading cannot go on: a hostile or hopeless file. Carries the problem and perhaps the place."""

    def __init__(self, code, *, sheet=None, row=None, column=None, value="", **params):
        super().__init__(code)
        self.problem = Problem(code, params)
        self.place = {"sheet": sheet, "row": row, "column": column, "value": value}


class Memo(dict):
    """A dict that works out a missing value by ``parse`` once; forgets everything when it has grown too large.

    A column of a million cells has few different texts; looking them up is ten times as fast as parsing them.
    """

    def __init__(self, parse, limit=200_000):
        super().__init__()
        self.parse = parse
        self.limit = limit
        self.bad = False

    def __missing__(self, key):
        if len(self) >= self.limit:
            self.clear()
        value = self[key] = self.parse(key)
        self.bad = self.bad or type(value) is Problem
        return value


def column_letter(index: int) -> str:
    """The letter a spreadsheet shows for a column: 0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """``column_letter`` back again: A → 0."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def shown(cell: Any, length: int = 100) -> str:
    """A cell as text for a message: whole numbers without ``.0``, control characters away, not too long."""
    if cell is None:
        return ""
    if isinstance(cell, float) and abs(cell) < 1e15 and cell == int(cell):
        cell = int(cell)
    text = str(cell)
    if not text.isprintable():
        text = "".join(mark if mark.isprintable() else " " if mark.isspace() else "" for mark in text)
    return text if len(text) <= length else text[: length - 1] + "…"
