"""Numbers and marks as they stand in Norwegian tables. What is not clearly a number is refused, never coerced."""

import re
from decimal import Decimal
from typing import Any, NamedTuple

from absence.reading.problems import Problem

SCALE = 10**9
COMPUTED = "="  # stands for a rate that its own workdays give: made by who wants to see it
MARKS = {
    ":": "suppressed",
    "..": "missing",
    ".": "not_possible",
    "-": "nil",
    "\u2212": "nil",
    "–": "nil",
    "—": "nil",
    "": "missing",
}
_TENS = [10 ** (9 - places) for places in range(10)]
_SPACES = " \u00a0\u202f\u2009"
_NUMBER = re.compile(rf"([-\u2212]?)(\d{{1,3}}(?:[{_SPACES}]\d{{3}})+|\d+)(?:([.,])(\d+))?[{_SPACES}]?(%?)", re.ASCII)
_ONE = {mark: rf"(?:0|[1-9]\d{{0,14}})(?:{re.escape(mark)}\d{{1,9}})?" for mark in ",."} | {
    None: r"(?:0|[1-9]\d{0,14})"
}
_PLAIN = {mark: re.compile(rf"{one}(?:\n{one})*", re.ASCII) for mark, one in _ONE.items()}
_GAPS = re.compile(rf"[{_SPACES}]")


class Number(NamedTuple):
    """A cell of figures. ``text`` is the decimal string, ``scaled`` the same times SCALE; both None under a ``mark``.

    ``blank`` tells an empty cell from a written ``..``; ``decimal_mark`` and ``percent`` are what was written.
    """

    text: str | None
    scaled: int | None
    mark: str | None = None
    blank: bool = False
    decimal_mark: str | None = None
    percent: bool = False

    @property
    def decimals(self) -> int:
        """How many decimals are written: 9.70 has two."""
        return len(self.text.partition(".")[2]) if self.text else 0


BLANK = Number(None, None, "missing", blank=True)


def parse_number(cell: Any) -> Number | Problem:
    """Read a cell: text, a real number, or None. ``"1 234,5"`` → 1234.5; ``":"`` → suppressed; ``"11,Q"`` → Problem."""
    if type(cell) is str:
        return _from_text(cell)
    if cell is None:
        return BLANK
    if type(cell) in (int, float) and abs(cell) < 1e15:
        return _from_float(float(cell))
    return Problem("not_a_number")


def _from_text(cell):
    if plain := _plain(cell):
        return plain
    text = cell.strip()
    if text in MARKS:
        return Number(None, None, MARKS[text], blank=text == "")
    match = _NUMBER.fullmatch(text) if len(text) <= 40 else None
    if not match:
        return Problem("not_a_number")
    sign, whole, mark, decimals, percent = match.groups()
    digits = _GAPS.sub("", whole).lstrip("0") or "0"
    number = f"{digits}.{decimals}" if decimals else digits
    number = f"-{number}" if sign and number.strip("0.") else number
    return Number(number, int(Decimal(number) * SCALE), None, False, mark, bool(percent))


def _plain(cell):
    """The quick way for ``1234`` and ``1234,5``, which is nearly every cell; None for all else."""
    if not cell.isascii() or len(cell) > 15:
        return None
    if cell.isdecimal():
        value = int(cell)
        return Number(str(value), value * SCALE)
    mark = "," if "," in cell else "."
    whole, _, decimals = cell.partition(mark)
    if not (whole.isdecimal() and decimals.isdecimal()) or len(decimals) > 9 or (whole[0] == "0" and whole != "0"):
        return None
    return Number(f"{whole}.{decimals}", int(whole + decimals) * _TENS[len(decimals)], None, False, mark)


def _from_float(value):
    """A binary float as the decimal it was typed as: nine decimals are kept, which is more than any table prints."""
    text = format(Decimal(repr(round(value, 9))), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    text = "0" if text == "-0" else text
    return Number(text, int(Decimal(text) * SCALE))


def plain_column(cells, mark: str | None) -> list[str] | None:
    """A column of ``1234`` and ``1234,5`` at once, as decimal strings. None where a cell is anything else."""
    try:
        text = "\n".join(cells)
    except TypeError:
        return None
    if not _PLAIN[mark].fullmatch(text):
        return None
    texts = text.replace(",", ".").split("\n")
    return texts if len(texts) == len(cells) else None  # fewer cells than lines: one has two


def ratio_percents(lost: list[float], possible: list[float]) -> list[str | None]:
    """``ratio_percent`` of whole columns."""
    return [
        f"{100 * absent / planned:.6f}".rstrip("0").rstrip(".") if planned else None
        for absent, planned in zip(lost, possible, strict=False)
    ]


def ratio_percent(lost: int, possible: int) -> str | None:
    """``100 · lost / possible`` as a decimal string with at most six decimals; None where nothing was possible.

    >>> ratio_percent(2040, 21000)
    '9.714286'
    """
    return ratio_percents([lost], [possible])[0] if possible > 0 else None


def times_hundred(text: str) -> str:
    """``0.097`` → ``9.7``: a fraction as percent, exactly."""
    moved = format(Decimal(text) * 100, "f")
    return moved.rstrip("0").rstrip(".") if "." in moved else moved
