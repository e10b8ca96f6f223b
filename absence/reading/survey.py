"""The first look over a whole table: decimal mark, percent or fraction, and signs of personal data."""

import re
from collections import Counter
from itertools import chain

from absence.reading.numbers import SCALE, Number, parse_number
from absence.reading.personal import holds_identity_number
from absence.reading.problems import Memo, Problem, Refused

_POINT = re.compile(r"\d\.\d")
_HIGHEST_RATE = 0.4  # as a fraction: a column whose middle lies above is no column of fractions
_PRINTED_DECIMALS = 3
SHORT = 9  # an identity number has eleven digits, ten where a spreadsheet took its first zero away


class Survey:
    """Facts about the figure columns of one table, decided before any figure is made of them."""

    def __init__(self, table, sheet):
        self.commas = self.points = 0
        self.percent_signs = False
        self.rates: dict[str, int] = {}
        self.has_slices = any(field in table.columns for field in ("sector", "sex", "absence_type"))
        numbers = Memo(parse_number)
        may_be_personal = getattr(sheet, "has_long_numbers", lambda: True)()
        for chunk in sheet.chunks():
            if may_be_personal:
                refuse_personal_data(chunk)
            below = max(0, table.last_row + 1 - chunk.start)
            for column in table.value_columns:
                self._look(column, chunk.column(column, below), table, numbers)
        self.decimal_mark = self._decimal_mark(sheet.delimiter)
        self.scale: str | None
        self.decimals: int
        self.scale, self.decimals = self._scale() if self._has_rates(table) else (None, 1)

    @staticmethod
    def _has_rates(table):
        return table.shape == "wide" or "rate" in table.columns

    def _look(self, column, cells, table, numbers):
        text = _joined(cells)
        self.commas += text.count(",")
        self.points += len(_POINT.findall(text)) if "." in text else 0
        if table.shape == "wide" or column == table.columns.get("rate"):
            for number in map(numbers.__getitem__, set(cells)):
                if isinstance(number, Number) and number.text and number.scaled is not None and number.scaled > 0:
                    self.percent_signs |= number.percent
                    self.rates[number.text] = number.scaled

    def _decimal_mark(self, delimiter):
        if not self.commas and not self.points:
            return None
        if self.commas == self.points:
            return "." if delimiter == "," else ","
        return "," if self.commas > self.points else "."

    def _scale(self):
        """``(scale, usual number of decimals)``. Fractions need more decimals than percents for the same precision."""
        small = {text: scaled for text, scaled in self.rates.items() if scaled < SCALE}
        large = [text for text in self.rates if text not in small]
        decimals = Counter(map(_decimals, large or small)).most_common(1)[0][0] if self.rates else 1
        self.usual = _middle([self.rates[text] for text in large]) if large else 0
        if self.percent_signs or not small:
            return "percent", decimals
        if not large:
            fraction = max(map(_decimals, small)) > 1 and _middle(small.values()) < _HIGHEST_RATE * SCALE
            return ("fraction" if fraction else "percent"), decimals
        doubtful = [text for text in small if self._too_fine(text, small[text], decimals)]
        return ("fraction" if len(doubtful) > len(large) else "percent"), decimals

    def _too_fine(self, text, scaled, decimals):
        """Whether a value under 1 among percents is written as a fraction would be. Slices may well lie under 1 %."""
        if decimals > _PRINTED_DECIMALS:
            return not self.has_slices and scaled < _HIGHEST_RATE * SCALE
        if self.has_slices:
            return _decimals(text) > decimals + 1
        as_others = self.usual <= 200 * scaled <= 4 * self.usual  # as a percent, between half and twice the usual
        return _decimals(text) > decimals or (_decimals(text) > 1 and as_others)

    def check_rate(self, number: Number) -> Problem | None:
        """A rate that is a fraction among percents, or a percent among fractions."""
        if number.scaled is None or number.scaled <= 0:
            return None
        if self.scale == "fraction":
            return Problem("percent_among_fractions") if number.scaled >= SCALE or number.percent else None
        among_percents = any(scaled >= SCALE for scaled in self.rates.values())
        if number.scaled < SCALE and not number.percent and among_percents:
            fine = self._too_fine(number.text, number.scaled, self.decimals)
            return Problem("fraction_among_percents") if fine else None
        return None


def refuse_personal_data(chunk) -> None:
    """Refuses rows that hold an identity number anywhere; nothing of them is repeated."""
    parts = [list(chain.from_iterable(chunk.rows))] if chunk.columns is None else chunk.columns
    for cells in parts:
        if _are_short(cells):
            continue
        long_ones = {cell for cell in cells if type(cell) is not str or len(cell) > SHORT}
        if long_ones and holds_identity_number(long_ones):
            raise Refused("personal_data")


def _are_short(cells):
    """Whether all are texts too short to hold an identity number: nearly every column, and told at once."""
    try:
        return max(map(len, cells), default=0) <= SHORT
    except TypeError:  # numbers among them
        return False


def _joined(cells):
    try:
        return "\n".join(cells)
    except TypeError:  # numbers among them
        return "\n".join(cell for cell in cells if type(cell) is str)


def _middle(values):
    ordered = sorted(values)
    return ordered[(len(ordered) - 1) // 2]


def _decimals(text):
    return len(text.partition(".")[2])
