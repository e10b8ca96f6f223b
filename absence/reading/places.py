"""From what a table calls a municipality to its number, judged by the register on the period's dates. Never guessed."""

import re
from collections import defaultdict
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from itertools import permutations
from typing import Any, NamedTuple
from unicodedata import normalize

from absence.reading.problems import Problem, shown

# Official parallel names given after 2010, so that tables of any year are understood.
PARALLEL_NAMES = {
    "1739": "Raarvihke - Røyrvik",
    "1736": "Snåase - Snåsa",
    "1826": "Aarborte - Hattfjelldal",
    "1841": "Fauske - Fuossko",
    "1849": "Hamarøy - Hábmer",
    "1850": "Divtasvuodna - Tysfjord",
    "1853": "Evenes - Evenášši",
    "1903": "Harstad - Hárstták",
    "1920": "Loabák - Lavangen",
    "1939": "Storfjord - Omasvuotna - Omasvuono",
    "1942": "Nordreisa - Ráisa - Raisi",
}
# Mergers before the register begins: whose older figures a number's earlier quarters are.
EARLIER = {
    "1505": "1503 Kristiansund, 1556 Frei",
    "1160": "1154 Vindafjord, 1159 Ølen",
    "1576": "1569 Aure, 1572 Tustna",
}
# A blank cell is no error for these: the municipality was not yet, or no longer, there.
OUTSIDE_ITS_LIFE = ("not_yet_valid", "not_yet_valid_alone", "no_longer_valid", "no_longer_valid_alone")
MOST_SEARCHES = 100  # looking for near names is slow, and no one reads more suggestions than there are errors shown
_CODE = re.compile(r"(\d{3,4})(?:[\s.,:\-]+(\D.*))?", re.ASCII | re.DOTALL)
_DASHES = str.maketrans(dict.fromkeys("–—\u2010\u2011\u2212", "-"))
_KOMMUNE = re.compile(r"(?<=\w) kommune$")
_COUNTY = re.compile(r"(.+?)(?: ?\((.+)\)| i (.+)|, ?(.+))")
_MEAN = re.compile(r"(snitt|gjennomsnitt|gj\.? ?snitt|middel|uvektet snitt)\b")
_TOTAL = re.compile(r"(i alt|ialt|totalt|total|sum|hele landet|heile landet|landet|alle kommuner|alle kommunar)\b")
_UNSTATED = re.compile(r"(uoppgitt|uoppgjeve|ufordelt)\b")
_DIFFERENCE = re.compile(r"(differanse|diff|endring)\b")
_ROW_KINDS = {"mean": _MEAN, "total": _TOTAL, "unstated": _UNSTATED, "diff": _DIFFERENCE}


class Entry(NamedTuple):
    """One line of the register; dates are ISO text, empty where open."""

    number: str
    name: str
    county: str
    valid_from: str
    valid_to: str
    successors: tuple[str, ...]


def row_label_kind(cell: Any) -> str | None:
    """``mean``, ``total``, ``unstated`` or ``diff`` for the labels of rows that are no municipality; else None."""
    text = plain_name(cell)
    for kind, pattern in _ROW_KINDS.items():
        if pattern.match(text):
            return kind
    return None


def plain_name(cell: Any) -> str:
    """Lower case, plain dashes, single spaces, without ``kommune`` at the end."""
    text = normalize("NFC", shown(cell)).casefold().translate(_DASHES)
    return _KOMMUNE.sub("", " ".join(text.split()))


def iso_bounds(first: int, quarters: int) -> tuple[str, str]:
    """ISO dates of a period: its first day, and the first day after it."""
    start, end = (f"{index // 4:04d}-{index % 4 * 3 + 1:02d}-01" for index in (first, first + quarters))
    return start, end


def place_field(cells: dict[str, Any], problem: Problem) -> str:
    """Which of the columns ``number`` and ``name`` a problem with the municipality is shown at."""
    if "name" not in cells or problem.code == "unknown_number":
        return "number" if "number" in cells else "name"
    by_name = "number" not in cells or not shown(cells["number"]).strip()
    return "name" if by_name or problem.code in ("number_name_conflict", "two_numbers", "city_district") else "number"


class Places:
    """The register, indexed. ``candidates`` tells which numbers a cell may mean, ``on`` which of them a period has."""

    def __init__(self, register):
        self.entries = defaultdict(list)
        self.searches = 0
        self._register = register
        for number, name, _norwegian, disambiguated, county, valid_from, valid_to, successors in register:
            entry = Entry(
                number, disambiguated or name, county, _iso(valid_from), _iso(valid_to), tuple(successors or ())
            )
            self.entries[number].append(entry)

    @cached_property
    def counties(self) -> set[str]:
        return {plain_name(county) for county in {row[4] for row in self._register}}

    @cached_property
    def names(self) -> dict[str, set[str]]:
        """Plain name → the numbers that bear it. Made when the first name is met: many files have numbers alone."""
        return self._names_and_shown[0]

    @cached_property
    def shown_names(self) -> dict[str, str]:
        """Plain name → how it is written."""
        return self._names_and_shown[1]

    @cached_property
    def _names_and_shown(self) -> tuple[dict[str, set[str]], dict[str, str]]:
        names: dict[str, set[str]] = defaultdict(set)
        written: dict[str, str] = {}
        for number, *told, _county, _from, _to, _successors in self._register:
            for name in filter(None, dict.fromkeys([*told, PARALLEL_NAMES.get(number)])):
                _add_name(names, written, name, number)
        return names, written

    def candidates(self, number_cell: Any, name_cell: Any) -> tuple[str, ...] | Problem:
        """The numbers the two cells may mean: several where a name is borne by many, or by one number after another."""
        code, name = self._split(number_cell)
        code2, name2 = self._split(name_cell)
        if code and code2 and code != code2:
            return Problem("two_numbers", {"number": code, "other": code2})
        code, names = code or code2, [text for text in (name, name2) if text]
        if code:
            return self._by_number(code, names)
        return self._by_name(names[-1]) if names else Problem("no_municipality")

    @staticmethod
    def _split(cell):
        text = shown(cell).strip()
        match = _CODE.fullmatch(text)
        return (match[1].zfill(4), (match[2] or "").strip()) if match else ("", text)

    def _by_number(self, code, names):
        if code not in self.entries:
            return Problem("unknown_number", {"number": code})
        for name in names:
            if plain_name(name).startswith("bydel"):
                return Problem("city_district", {"name": name})
            found = self._find(name)
            if found and code not in found:
                return Problem("number_name_conflict", {"number": code, "name": name, "is": self.title(min(found))})
        return (code,)

    def _by_name(self, name):
        if found := self._find(name):
            return tuple(sorted(found))
        if plain_name(name).startswith("bydel"):
            return Problem("city_district", {"name": name})
        if plain_name(name).removesuffix(" fylke") in self.counties or "fylke" in plain_name(name):
            return Problem("county", {"name": name})
        self.searches += 1
        close = get_close_matches(plain_name(name), self.shown_names, 3, 0.6) if self.searches <= MOST_SEARCHES else []
        if near := [self.shown_names[text] for text in close]:
            return Problem("unknown_name_near", {"name": name, "candidates": ", ".join(near)})
        return Problem("unknown_name", {"name": name})

    def _find(self, name):
        """Numbers with this name, or with this name and the county told: ``Bø i Telemark``, ``Herøy (Møre og R.)``."""
        text = plain_name(name)
        if text in self.names:
            return self.names[text]
        match = _COUNTY.fullmatch(text)
        if not match or match[1] not in self.names:
            return set()
        county = match[2] or match[3] or match[4]
        if exact := self.names.get(f"{match[1]} ({county})"):
            return exact
        return {number for number in self.names[match[1]] if _county_fits(county, self.entries[number][-1].county)}

    def on(self, numbers: tuple[str, ...], first: int, quarters: int) -> str | Problem:
        """The one of ``numbers`` in use in the period, at its end where it changed within; else a Problem."""
        start, end = iso_bounds(first, quarters)
        entries = [entry for number in numbers for entry in self.entries[number]]
        alive = [
            entry for entry in entries if entry.valid_from < end and (not entry.valid_to or entry.valid_to >= start)
        ]
        if not alive:
            begun = [entry for entry in entries if entry.valid_from < end]
            return self._not_then((begun or entries)[-1], start)
        last = max(entry.valid_to or "9999" for entry in alive)
        at_end = {entry.number for entry in alive if (entry.valid_to or "9999") >= min(last, end)}
        if len(at_end) > 1:
            titles = ", ".join(self.title(number) for number in sorted(at_end))
            return Problem("ambiguous_name", {"candidates": titles})
        return at_end.pop()

    def _not_then(self, entry, start):
        params = {"number": entry.number, "name": entry.name}
        if entry.valid_from > start:
            others = [other for group in self.entries.values() for other in group if entry.number in other.successors]
            then = [f"{other.number} {other.name}" for other in others if other.valid_from <= start]
            instead = ", ".join(then) or EARLIER.get(entry.number, "")
            date_, code = entry.valid_from, "not_yet_valid"
        else:
            instead = ", ".join(self.title(number) for number in self._valid_successors(entry, start))
            date_, code = entry.valid_to, "no_longer_valid"
        return Problem(code if instead else f"{code}_alone", {**params, "date": date_, "instead": instead})

    def _valid_successors(self, entry, start):
        found: list[str] = []
        for number in entry.successors:
            known = self.entries.get(number, [])
            ended = [later for later in known if later.valid_to and later.valid_to < start]
            found += self._valid_successors(ended[-1], start) if known and len(ended) == len(known) else [number]
        return list(dict.fromkeys(found))

    def title(self, number: str) -> str:
        """``0101 Halden``; the bare number where the register does not know it."""
        return f"{number} {self.entries[number][-1].name}" if number in self.entries else number


def _add_name(names, written, name, number):
    plain = plain_name(name)
    parts = re.split(r"\s+-\s+", plain)
    written[plain] = name
    for part in parts:
        names[part].add(number)
        written.setdefault(part, part.title())
    for order in permutations(parts) if 1 < len(parts) < 4 else []:
        for dash in (" - ", "-", "/", " / ", " "):
            names[dash.join(order)].add(number)


def _iso(value):
    return value.isoformat() if isinstance(value, date) else value or ""


def _county_fits(told, county):
    """``nordland``, ``nordl.`` and ``møre og r.`` fit: each word told begins the county's word."""
    told_words = told.replace(".", " ").replace("-", " ").split()
    words = plain_name(county).replace("-", " ").split()
    return bool(told_words) and len(told_words) <= len(words) and all(map(str.startswith, words, told_words))
