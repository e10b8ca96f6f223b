"""Draw the workdays of every municipality and quarter, and share them among sectors, sexes and kinds of absence.

The draw is smooth on purpose: a level from cohort and size, a slow drift, the season, a little noise; then the rates
are moved as little as possible so that the published tables come out (`config.demo.targets`). Only +, −, ×, ÷ and a
seeded generator are used, so that every machine draws the same. Workdays are whole hundredths.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise
from math import fsum
from random import Random

from config.demo.coverage import QUARTERS, late_reporters
from config.demo.register import cohorts, participants, places, size_bands, units
from config.demo.solve import Cell, adjusted
from config.demo.targets import TRONDHEIM, WINDOWS, conditions, focus_targets

SEED = 2010
SECTORS = ("teaching", "kindergarten", "health_care", "technical", "administration", "other")
SEXES = ("women", "men")
TYPES = ("self_certified", "doctor_certified")

# By quarter of the year, first to fourth: workdays of a full post, absence against the year, self-certified share.
_WORKDAYS = (61, 58, 57, 60)
_SEASON = (1.075, 0.97, 0.935, 1.02)
_SELF = (0.135, 0.115, 0.095, 0.12)
# Sector: share of the workdays, share of them by women, absence against the whole.
_PROFILE = (
    (0.27, 0.72, 0.78),
    (0.13, 0.93, 1.18),
    (0.36, 0.87, 1.20),
    (0.09, 0.30, 0.85),
    (0.09, 0.62, 0.72),
    (0.06, 0.60, 0.88),
)
_SEX = (1.08, 0.74)

# The path of each group's rate at the middle of 2006, 2007, 2008, 2009 and 2010, before the conditions are met.
_PATHS = {
    "Trondheim": (9.0, 9.1, 11.5, 10.9, 10.8),
    "Oslo": (8.9, 9.0, 9.3, 9.6, 9.7),
    "1": (10.9, 11.0, 11.2, 11.0, 11.0),
    "2": (9.85, 10.0, 10.45, 10.35, 10.2),
    "later": (9.5, 9.5, 9.5, 9.4, 9.4),
    "late reporters": (9.4, 9.5, 9.7, 9.9, 9.9),
    "outside": (8.85, 8.9, 9.2, 9.5, 9.55),
}


@cache
def quarter_totals() -> dict[Cell, tuple[int, int]]:
    """(unit, quarter) → lost and possible workdays of the whole municipality, in hundredths."""
    possible = {(unit, quarter): _possible(unit, quarter) for unit in units() for quarter in QUARTERS}
    ease = {cell: 1_000_000 / workdays for cell, workdays in possible.items()}
    rates = adjusted(_prior(possible), ease, conditions(possible))
    return {cell: (round(rates[cell] * possible[cell] / 100), possible[cell]) for cell in possible}


def _possible(unit: str, quarter: int) -> int:
    """Workdays of about 66 posts a thousand inhabitants, and 22 posts everywhere; in tenths of a day."""
    posts = places()[unit].weight * 0.066 + 22
    growth = 1 + 0.003 * (quarter - QUARTERS[0])
    noise = 1 + 0.006 * _bell(Random(f"{SEED} possible {unit} {quarter}"))
    return round(posts * _WORKDAYS[quarter % 4] * growth * noise * 10) * 10


def _prior(possible: Mapping[Cell, int]) -> dict[Cell, float]:
    """The rates before the conditions: each group on its path, each municipality with its own level and drift."""
    rates: dict[Cell, float] = {}
    for group, members in _groups().items():
        own = {unit: _own(unit) for unit in members}
        for quarter in QUARTERS:
            total = sum(possible[unit, quarter] for unit in members)
            centre = fsum(own[unit][quarter] * possible[unit, quarter] for unit in members) / total
            level = _at(_PATHS[group], quarter) - centre
            for unit in members:
                rates[unit, quarter] = _seasoned(unit, quarter, level + own[unit][quarter])
    for unit, windows in focus_targets().items():
        middles = [(window.first + 2, rate) for window, rate in zip(WINDOWS, windows, strict=True)]
        rates |= {(unit, quarter): _seasoned(unit, quarter, _between(middles, quarter)) for quarter in QUARTERS}
    return rates


def _groups() -> dict[str, list[str]]:
    """Group of the paths → its units; everybody but the focus municipalities stands in one."""
    taken: set[str] = set(focus_targets())
    found: dict[str, list[str]] = {}
    sets: tuple[tuple[str, Iterable[str]], ...] = (
        ("Trondheim", [TRONDHEIM]),
        ("Oslo", ["0301"]),
        ("1", cohorts()["1"]),
        ("2", cohorts()["2"]),
        ("later", participants()),
        ("late reporters", late_reporters()),
        ("outside", units()),
    )
    for group, members in sets:
        found[group] = sorted(set(members) - taken)
        taken |= set(members)
    return found


def _own(unit: str) -> dict[int, float]:
    """Quarter → how far the municipality lies from its group: its size, its level, its slow drift."""
    rng = Random(f"{SEED} rate {unit}")
    level = 2.4 * (_rank()[unit] - 0.5) + 0.9 * _bell(rng) + _lift().get(unit, 0)
    drift = [0.3 * _bell(rng) for _ in range(6)]
    return {quarter: level + _at(drift, quarter) for quarter in QUARTERS}


@cache
def _rank() -> dict[str, float]:
    """Unit → its place by inhabitants, 0 for the smallest and 1 for the largest."""
    ordered = sorted(units(), key=lambda unit: (places()[unit].weight, unit))
    return {unit: at / (len(ordered) - 1) for at, unit in enumerate(ordered)}


@cache
def _lift() -> dict[str, float]:
    """Table 4.7 lies above the straight line of size at both ends; most of that is level, not last year's news."""
    largest, smallest = size_bands()
    return dict.fromkeys(largest, 0.45) | dict.fromkeys(smallest, 0.65)


def _seasoned(unit: str, quarter: int, rate: float) -> float:
    noise = 1 + 0.012 * _bell(Random(f"{SEED} season {unit} {quarter}"))
    return rate * _SEASON[quarter % 4] * noise


def _at(path: Iterable[float], quarter: int) -> float:
    """The path's value in the quarter; its values stand at the third quarters of 2006, 2007, …"""
    return _between([(QUARTERS[0] + 3 + 4 * at, value) for at, value in enumerate(path)], quarter)


def _between(nodes: list[tuple[int, float]], quarter: int) -> float:
    """Straight lines between the nodes, level outside them."""
    if quarter <= nodes[0][0]:
        return nodes[0][1]
    for (first, low), (last, high) in pairwise(nodes):
        if quarter <= last:
            return low + (high - low) * (quarter - first) / (last - first)
    return nodes[-1][1]


def _bell(rng: Random) -> float:
    """About normal with standard deviation 1, never beyond 2,3: six uniform draws, no logarithm."""
    value = (fsum(rng.random() for _ in range(6)) - 3) * 1.41421356
    return max(-2.3, min(2.3, value))


Shared = dict[tuple[str, str, str], tuple[int, int]]


def base_cells(number: str, quarter: int, lost: int, possible: int) -> Shared:
    """(sector, sex, type) → lost and possible workdays; lost adds up to ``lost`` over all, possible over one type."""
    pairs = [(sector, sex) for sector in SECTORS for sex in SEXES]
    shares = _shares(number)
    days = _split(possible // 10, shares)
    weight = [part * rate * sex for part, (rate, sex) in zip(days, _rate_factors(), strict=True)]
    share = _SELF[quarter % 4]
    weights = [one for part in weight for one in (part * share, part * (1 - share))]
    parts = _split(lost, weights)
    return {
        (sector, sex, kind): (parts[2 * at + number_of_type], days[at] * 10)
        for at, (sector, sex) in enumerate(pairs)
        for number_of_type, kind in enumerate(TYPES)
    }


@cache
def _shares(number: str) -> list[float]:
    """The municipality's own shares of sector and sex, the same in every quarter."""
    rng = Random(f"{SEED} profile {number}")
    shares = []
    for part, women, _ in _PROFILE:
        own = part * (1 + 0.08 * _bell(rng))
        shares += [own * women, own * (1 - women)]
    return shares


@cache
def _rate_factors() -> list[tuple[float, float]]:
    return [(rate, sex) for _, _, rate in _PROFILE for sex in _SEX]


def _split(whole: int, weights: list[float]) -> list[int]:
    """Whole parts in proportion to the weights that add up to the whole: the greatest remainders get the rest."""
    total = fsum(weights)
    exact = [whole * weight / total for weight in weights]
    parts = [int(part) for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda at: (parts[at] - exact[at], at))
    for at in by_remainder[: whole - sum(parts)]:
        parts[at] += 1
    return parts
