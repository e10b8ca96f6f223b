"""Signs of a file about persons. Such a file is refused whatever its headings say, and its cells are never repeated."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

_ELEVEN = re.compile(r"(?<!\d)(\d{6}) ?(\d{5})(?!\d)", re.ASCII)
_WEIGHTS_1 = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_WEIGHTS_2 = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


def is_identity_number(digits: str) -> bool:
    """Eleven digits with the date and check digits of a Norwegian identity number; D-, H- and test numbers too."""
    numbers = [int(digit) for digit in digits]
    if (
        sum(w * n for w, n in zip(_WEIGHTS_1, numbers, strict=False)) % 11
        or sum(w * n for w, n in zip(_WEIGHTS_2, numbers, strict=False)) % 11
    ):
        return False
    day, month, year = int(digits[:2]) % 40, int(digits[2:4]), int(digits[4:6])
    for shift in (80, 65, 40):
        month = month - shift if month > shift else month
    return any(_is_date(century + year, month, day) for century in (1800, 1900, 2000))


def holds_identity_number(cells: Iterable[Any]) -> bool:
    """Whether any of the cells holds such a number, as text or as a number that may have lost its first zero."""
    lost_zero = 0
    for cell in cells:
        if type(cell) is str:
            if len(cell) > 10 and any(is_identity_number("".join(match)) for match in _ELEVEN.findall(cell)):
                return True
            digits = cell if len(cell) == 10 and cell.isdecimal() and cell.isascii() else ""
        else:
            digits = f"{cell:.0f}" if type(cell) in (int, float) and 1e9 <= cell < 1e11 else ""
            if len(digits) == 11 and is_identity_number(digits):
                return True
        lost_zero += len(digits) == 10 and is_identity_number(f"0{digits}")
    return lost_zero > 2


def _is_date(year, month, day):
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
