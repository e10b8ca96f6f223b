"""Contradictions inside what is about to be printed, found before an edition can be approved.

Each function answers None, or what is printed beside what it should be. They judge the printed numbers, as a reader
would with a pencil. Source: the two real reports, where a difference of 2,0 was printed as 1,9, a sum of 41 as 31,
«31. juni» as a date, and percent where percentage points were meant.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """What contradicts what."""

    DIFFERENCE = "difference"
    SUM = "sum"
    COUNTS = "counts"
    DATE = "date"
    PERCENT_FOR_POINTS = "percent_for_points"


@dataclass(frozen=True)
class Contradiction:
    """``printed`` stands there, ``expected`` follows from the rest («» when nothing follows).

    ``by_rounding``: it can come from rounding alone; print it, with the note that says so.
    """

    kind: Kind
    printed: str
    expected: str = ""
    by_rounding: bool = False


def difference(first: Decimal, second: Decimal, printed: Decimal) -> Contradiction | None:
    """A printed difference ``first − second`` that the two printed numbers do not give.

    >>> difference(Decimal("10.9"), Decimal("8.9"), Decimal("1.9"))
    Contradiction(kind=<Kind.DIFFERENCE: 'difference'>, printed='1.9', expected='2.0', by_rounding=True)
    """
    expected = first - second
    if printed == expected:
        return None
    slack = _half_step(first) + _half_step(second) + _half_step(printed)
    return Contradiction(Kind.DIFFERENCE, str(printed), str(expected), abs(printed - expected) < slack)


def total(parts: Sequence[Decimal], printed: Decimal) -> Contradiction | None:
    """A printed sum that its printed parts do not give. Whole numbers are exact: no rounding explains them.

    >>> total([Decimal(n) for n in (13, 1, 10, 7)], Decimal(41)).expected
    '31'
    """
    expected = sum(parts, Decimal(0))
    if printed == expected:
        return None
    decimals = any(_decimals(number) for number in (*parts, printed))
    slack = sum((_half_step(part) for part in (*parts, printed)), Decimal(0)) if decimals else Decimal(0)
    return Contradiction(Kind.SUM, str(printed), str(expected), abs(printed - expected) < slack)


def counts(places: Mapping[str, int]) -> Contradiction | None:
    """The same count said differently in different places («29 networks in the text, 30 in the table»).

    >>> counts({"teksten": 29, "tabell 3": 30}).printed
    'tabell 3: 30; teksten: 29'
    """
    if len(set(places.values())) < 2:
        return None
    return Contradiction(Kind.COUNTS, "; ".join(f"{place}: {places[place]}" for place in sorted(places)))


_MONTHS = "januar februar mars april mai juni juli august september oktober november desember".split()
_MONTHS_EN = "January February March April May June July August September October November December".lower().split()
_WRITTEN = re.compile(rf"\b(\d{{1,2}})\.?\s+({'|'.join({*_MONTHS, *_MONTHS_EN})})\b(?:\s+(\d{{4}})\b)?", re.IGNORECASE)
_NUMERIC = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_LEAP_YEAR = 2000  # a date without a year is given the benefit of 29 February


def impossible_dates(text: str) -> list[Contradiction]:
    """Dates in prose that no calendar has: «31. juni», «29. februar 2009», «31.06.2009», «2009-06-31».

    >>> [found.printed for found in impossible_dates("Fra 1. juni til 31. juni 2009.")]
    ['31. juni 2009']
    """
    written = [(m, m[3], _month(m[2]), m[1]) for m in _WRITTEN.finditer(text)]
    numeric = [(m, m[3], m[2], m[1]) for m in _NUMERIC.finditer(text)]
    iso = [(m, m[1], m[2], m[3]) for m in _ISO.finditer(text)]
    found = sorted(written + numeric + iso, key=lambda one: one[0].start())
    return [Contradiction(Kind.DATE, m[0]) for m, year, month, day in found if not _exists(year, month, day)]


_CHANGE = (
    r"øk(?:te|t|er|ning|ninga|ningen)|steg|stig(?:er|ning)|auk(?:a|e|ar)|fall(?:er|e)?|falt|gått|gikk|gjekk|ned(?:gang)?"
    r"|opp|redusert|reduksjon|endring(?:en|a)?|endret|endra|sank|sunket|rose|fell|risen|fallen|increase[ds]?"
    r"|decrease[ds]?|change[ds]?"
)
_PERCENT = r"[+−-]?\d+(?:[.,]\d+)?\s*(?:prosent(?!\s*poeng)|per\s?cent(?!age)|%)"
_BY = re.compile(rf"\b(?:{_CHANGE})\b[^.!?\n]{{0,40}}?\b(?:med|på|by|of|with)\s+({_PERCENT})", re.IGNORECASE)
_ABSENCE = re.compile(r"fravær|fråvær|nærvær|absence", re.IGNORECASE)


def percent_for_points(text: str) -> list[Contradiction]:
    """Sentences on absence that give a change in percent: did they mean percentage points?

    A relative change is allowed, but has to say so («relativt»). Finds, for a person to decide; proves nothing.

    >>> [found.printed for found in percent_for_points("Sykefraværet gikk ned med 0,2 prosent i 2008.")]
    ['0,2 prosent']
    """
    sentences = re.split(r"(?<=[.!?])\s+(?=[A-ZÆØÅ«])|\n+", text)
    about = [one for one in sentences if _ABSENCE.search(one) and "relativ" not in one.lower()]
    return [Contradiction(Kind.PERCENT_FOR_POINTS, m[1]) for one in about for m in _BY.finditer(one)]


def _decimals(number: Decimal) -> int:
    return max(0, -int(number.as_tuple().exponent))


def _half_step(number: Decimal) -> Decimal:
    return Decimal("0.5").scaleb(-_decimals(number))


def _month(name: str) -> int:
    months = _MONTHS if name.lower() in _MONTHS else _MONTHS_EN
    return months.index(name.lower()) + 1


def _exists(year: str | None, month: str | int, day: str) -> bool:
    try:
        date(int(year or _LEAP_YEAR), int(month), int(day))
    except ValueError:
        return False
    return True
