"""Which municipality reports in which quarter of the generated files.

Chosen so that the panels have the sizes that the sources print: 409 of 430 (95 percent) report in all quarters of the
three windows of table 4.6, and 360 in all quarters of the two windows of the PAI table. Participants always report.
The others miss single quarters, or report never.
"""

from functools import cache
from random import Random

from absence.calculations.periods import Period, quarter_index
from config.demo.register import BEFORE_MERGER, participants, places, units

QUARTERS = tuple(range(quarter_index(2005, 4), quarter_index(2010, 1) + 1))
_EARLY, _TABLE = Period.parse("Q406-Q307"), range(quarter_index(2007, 4), quarter_index(2009, 3) + 1)
NEVER, SOMETIMES, LATE = 6, 15, 56


@cache
def _silent() -> dict[str, frozenset[int]]:
    """Unit → the quarters in which it does not report."""
    rng = Random("coverage 2005-2010")
    small = [number for number in _outside() - BEFORE_MERGER.keys() if places()[number].weight < 6000]
    few = rng.sample(sorted(small), NEVER + SOMETIMES)
    middle = [number for number in _outside() - BEFORE_MERGER.keys() - set(few) if places()[number].weight < 9000]
    late = rng.sample(sorted(middle), LATE)
    silent = {number: frozenset(QUARTERS) for number in few[:NEVER]}
    silent |= {number: frozenset({_TABLE[at % len(_TABLE)]}) for at, number in enumerate(few[NEVER:])}
    silent |= {number: frozenset({_EARLY.first + at % 4}) for at, number in enumerate(late)}
    return silent


def _outside() -> set[str]:
    return set(units()) - participants()


@cache
def late_reporters() -> frozenset[str]:
    """The units that are missing from the PAI table's first window only."""
    return frozenset(
        number for number, quarters in _silent().items() if min(quarters) < _TABLE[0] and len(quarters) < 18
    )


def reporting(unit: str, quarter: int) -> bool:
    """Whether the unit has figures in the quarter's file."""
    return quarter not in _silent().get(unit, ())
