"""Periods as people write them: ``2008K1``, ``1. kvartal 2008``, ``Q408-Q309``, ``4.kv.2006-3.kv.2007``, ``2008``.

A period is ``(first, quarters)``: the first quarter as ``year * 4 + quarter - 1``, and 1, 2 or 4 whole quarters.
"""

import datetime
import re
from typing import Any
from unicodedata import normalize

from absence.reading.problems import Problem

_LONGEST = 60
_YEAR = r"(?:19|20)\d\d"
_ONE = [
    rf"(?P<y>{_YEAR})\s*[-.]?\s*[KQ]V?\.?\s*(?P<q>[1-4])",  # 2008K1, 2019 K1, 2008Q1
    rf"[KQ]V?\.?\s*(?P<q>[1-4])[\s\-]*(?P<y>{_YEAR})",  # K1 2008
    r"Q(?P<q>[1-4])(?P<y>\d\d)",  # Q408
    rf"(?P<q>[1-4])\s*\.?\s*(?:KVARTAL|KVT|KV)\.?\s*,?\s*(?P<y>{_YEAR}|\d\d)",  # 1. kvartal 2008, 1.kv.08
    rf"(?P<y>{_YEAR})\s*,?\s*(?P<q>[1-4])\s*\.?\s*(?:KVARTAL|KVT|KV)\.?",  # 2008 1. kvartal
]
_QUARTER = [re.compile(pattern, re.ASCII) for pattern in _ONE]
_HALF = re.compile(rf"(?P<h>[12])\s*\.?\s*HALVÅR\s*(?P<y>{_YEAR})", re.ASCII)
_WHOLE_YEAR = re.compile(rf"(?:ÅR(?:ET)?\s*)?(?P<y>{_YEAR})", re.ASCII)
_BETWEEN = re.compile(r"\s*(?:-|\bTIL OG MED\b|\bT\.?O\.?M\.?|\bTIL\b)\s*")
_FOOTNOTE = re.compile(r"(?<=\d)\s?(?:[1-9]\)?|\*+)$", re.ASCII)
_SUPERSCRIPTS = str.maketrans("", "", "¹²³⁴⁵⁶⁷⁸⁹⁰")
_DASHES = str.maketrans("–—−\u2010\u2011\u00a0\u202f", "-----  ")
_PERIOD_WORDS = re.compile(r"KVARTAL|KVT|KV|HALVÅR|TIL OG MED|TIL|Q|K|[\s\d.,\-*)]")
_HINT = re.compile(rf"{_YEAR}|[QK]\s?[1-4]|\d\s*\.?\s*KV", re.ASCII)


def parse_period(cell: Any, *, header: bool = False) -> tuple[int, int] | Problem:
    """Read a period. In a ``header`` a footnote digit glued to the end is allowed: ``1. kvartal 20091``."""
    if isinstance(cell, (datetime.date, datetime.time)):
        return Problem("date_as_period")
    text = tidy(cell)
    if len(text) > _LONGEST:
        return Problem("not_a_period")
    found = _parse(text)
    if found is None and header and _FOOTNOTE.search(text):
        found = _parse(_FOOTNOTE.sub("", text))
    if found is None:
        return Problem("date_as_period" if _looks_like_date(text) else "not_a_period")
    return found


def tidy(cell: Any) -> str:
    """Upper case, plain dashes and spaces, no superscript footnotes; ``2008.0`` is ``2008``."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = "" if cell is None else normalize("NFC", str(cell))
    return " ".join(text.translate(_DASHES).translate(_SUPERSCRIPTS).upper().split())


def looks_like_period(cell: Any) -> bool:
    """Whether a heading is made of the words and digits of periods only, so that a slip in it is not overlooked."""
    if isinstance(cell, (datetime.date, datetime.time)):
        return True
    text = tidy(cell)
    return len(text) <= _LONGEST and bool(_HINT.search(text)) and not _PERIOD_WORDS.sub("", text)


def parse_quarter_of_year(year: Any, quarter: Any) -> tuple[int, int] | Problem:
    """Two columns, ``år`` and ``kvartal``. The quarter may bear its year, which must then be the same."""
    year_text, quarter_text = tidy(year), tidy(quarter)
    if isinstance(quarter, (datetime.date, datetime.time)) or isinstance(year, (datetime.date, datetime.time)):
        return Problem("date_as_period")
    if not re.fullmatch(_YEAR, year_text, re.ASCII):
        return Problem("not_a_year")
    match = re.fullmatch(r"(?:[KQ]V?\.?\s*)?([1-4])\s*\.?\s*(?:KVARTAL|KVT|KV)?\.?", quarter_text, re.ASCII)
    if match:
        return int(year_text) * 4 + int(match[1]) - 1, 1
    found = parse_period(quarter)
    if isinstance(found, Problem):
        return found
    return found if int(found[0]) // 4 == int(year_text) else Problem("year_differs", {"year": year_text})


def _parse(text):
    for pattern, quarters in ((_HALF, 2), (_WHOLE_YEAR, 4)):
        if match := pattern.fullmatch(text):
            half = int(match["h"]) - 1 if quarters == 2 else 0
            return int(match["y"]) * 4 + half * 2, quarters
    one = _quarter(text)
    return (one, 1) if one is not None else _window(text)


def _quarter(text):
    for pattern in _QUARTER:
        if match := pattern.fullmatch(text):
            year = int(match["y"])
            return (year if year > 99 else 2000 + year) * 4 + int(match["q"]) - 1
    return None


def _window(text):
    for dash in _BETWEEN.finditer(text):
        first, last = _quarter(text[: dash.start()]), _quarter(text[dash.end() :])
        if first is None or last is None:
            continue
        if last < first:
            return Problem("window_reversed")
        quarters = last - first + 1
        return (first, quarters) if quarters in (1, 2, 4) else Problem("window_length", {"quarters": quarters})
    return None


def _looks_like_date(text):
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\d(?:[ T].*)?|\d{1,2}[./]\d{1,2}[./](?:\d\d){1,2}", text, re.ASCII))
