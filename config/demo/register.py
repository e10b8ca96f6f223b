"""The municipalities as the demo data know them, straight from the files: no Django, no database."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"

# Before their merger two municipalities share the figures of the later one: the share of the workdays, and of the
# absence, of the first. Assumptions of the generator.
BEFORE_MERGER = {
    "1160": (("1154", "1159"), 0.58, 0.585),
    "1505": (("1503", "1556"), 0.77, 0.775),
    "1576": (("1569", "1572"), 0.73, 0.725),
}

# The source has only a joint figure for these; the shares serve the size of the generated figures and nothing else.
_JOINT = {"0706": 42400, "0719": 5000, "0720": 10650, "1723": 820, "1729": 5880}


@dataclass(frozen=True)
class Place:
    """A municipality under one number; ``weight`` is its inhabitants, rounded where only a joint figure is known."""

    number: str
    name: str
    distinct_name: str
    valid_from: str
    valid_to: str
    weight: int

    def valid_on(self, day: str) -> bool:
        return (not self.valid_from or self.valid_from <= day) and (not self.valid_to or day <= self.valid_to)


def read_data(name: str) -> list[dict[str, str]]:
    """The rows of one of the files in ``data/``."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def places() -> dict[str, Place]:
    """Every municipality in the register, by number."""
    return {row["number"]: _place(row) for row in read_data("municipalities.csv")}


def _place(row: dict[str, str]) -> Place:
    number = row["number"]
    return Place(
        number,
        row["norwegian_name"],
        row["distinct_name"],
        row["valid_from"],
        row["valid_to"],
        int(row["population_2008"] or _JOINT.get(number, 0)),
    )


@cache
def units() -> tuple[str, ...]:
    """The 430 municipalities of 2008, whose figures are drawn; earlier numbers share in their successor's."""
    return tuple(number for number, place in places().items() if place.valid_on("2008-01-01"))


@cache
def cohorts() -> dict[str, frozenset[str]]:
    """Cohort → the whole municipalities in it.

    A district does not make Oslo a participant; Innherred stands for its two members; Sande, which is not known to be
    the one or the other, is in none; Mandal is printed in two cohorts and stands in both.
    """
    members: dict[str, set[str]] = {}
    for row in read_data("kvalitetskommuner_participants.csv"):
        if row["kind"] != "municipality district":
            members.setdefault(row["cohort"], set()).update(filter(None, row["municipality_number"].split(";")))
    return {cohort: frozenset(numbers) for cohort, numbers in members.items()}


@cache
def participants() -> frozenset[str]:
    """The whole municipalities in the programme, once each: 133."""
    return frozenset().union(*cohorts().values())


def size_bands(n: int = 25) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The n largest and the n smallest participants whose inhabitants in 2008 are known."""
    known = [row for row in read_data("municipalities.csv") if row["population_2008"]]
    sizes = {row["number"]: int(row["population_2008"]) for row in known}
    ordered = sorted(participants() & sizes.keys(), key=lambda number: (-sizes[number], number))
    return tuple(ordered[:n]), tuple(ordered[-n:])
