"""Made-up quarters of absence to measure with: all municipalities × 63 figures, every total the sum of its parts."""

from collections.abc import Iterator
from datetime import date
from random import Random

from absence.calculations.columns import rate_from_days
from municipalities.models import Municipality

SECTORS = {
    "teaching": "undervisning",
    "kindergarten": "barnehager",
    "health_care": "helse/pleie/omsorg",
    "technical": "samferdsel og teknikk",
    "administration": "administrasjon",
    "other": "annet",
    "all": "alle",
}
SEXES = {"women": "kvinner", "men": "menn", "all": "begge"}
TYPES = {"self_certified": "egenmeldt", "doctor_certified": "legemeldt", "total": "samlet"}
HEAD = "kommunenr;kvartal;sektor;kjønn;fraværstype;tapte dagsverk;mulige dagsverk"

# (municipality id, number, sector, sex, type, lost, possible), days in hundredths
Cell = tuple[int, str, str, str, str, int, int]


def cells(quarter: int) -> Iterator[Cell]:
    """One quarter, about 27 000 figures, in a plausible order of size."""
    unchanged = Municipality.objects.valid_on(date(2000, 1, 1)).valid_on(date(2011, 12, 31))
    for pk, number in unchanged.values_list("pk", "number"):
        random = Random(f"{number} {quarter}")
        size = Random(number).randint(20, 4000)
        sums: dict[tuple[str, str, str], list[int]] = {}
        for sector in list(SECTORS)[:6]:
            for sex in ("women", "men"):
                possible = size * random.randint(95, 105) * 10
                lost = {kind: possible * random.randint(low, high) // 1000 for kind, low, high in _KINDS}
                _add(sums, sector, sex, lost, possible)
        for (sector, sex, kind), (lost_sum, possible_sum) in sums.items():
            yield pk, number, sector, sex, kind, lost_sum, possible_sum


_KINDS = (("self_certified", 10, 14), ("doctor_certified", 78, 90))


def _add(sums: dict, sector: str, sex: str, lost: dict[str, int], possible: int) -> None:
    for at_sector in (sector, "all"):
        for at_sex in (sex, "all"):
            for kind, days in (*lost.items(), ("total", sum(lost.values()))):
                pair = sums.setdefault((at_sector, at_sex, kind), [0, 0])
                pair[0] += days
                pair[1] += possible


def file_lines(quarter: int) -> Iterator[str]:
    """The same as the lines of a long PAI file, without the heading."""
    year, number = quarter // 4, quarter % 4 + 1
    for _, place, sector, sex, kind, lost, possible in cells(quarter):
        words = f"{SECTORS[sector]};{SEXES[sex]};{TYPES[kind]}"
        yield f"{place};{year}K{number};{words};{_days(lost)};{_days(possible)}"


def figure_rows(quarter: int, batch: int, vintage_on: date) -> Iterator[tuple]:
    """The same as rows of the table of figures, in the order of `FIGURE`."""
    for row, (pk, _, sector, sex, kind, lost, possible) in enumerate(cells(quarter), 2):
        rate = rate_from_days(lost, possible)
        yield pk, "PAI", quarter, 1, sector, sex, kind, vintage_on, lost, possible, rate, None, row, "F", batch


FIGURE = (
    "municipality_id, source, first_quarter, quarters, sector, sex, absence_type, vintage_on, "
    'lost, possible, rate, mark, "row", "column", batch_id'
)


def _days(hundredths: int) -> str:
    whole, rest = divmod(hundredths, 100)
    return f"{whole},{rest:02d}" if rest else str(whole)


__all__ = ["FIGURE", "HEAD", "cells", "figure_rows", "file_lines"]
