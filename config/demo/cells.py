"""From the drawn totals to the 63 figures of a municipality: 7 sectors × 3 sexes × 3 kinds, totals included.

A quarter's file holds about 26 000 of them. Every total is the exact sum of its parts; the possible workdays are the
same for self-certified, doctor-certified and total, so that the rates add up too.
"""

from collections.abc import Iterator

from absence.calculations.dimensions import ALL, TOTAL
from absence.calculations.periods import quarter_start
from config.demo.coverage import reporting
from config.demo.figures import SECTORS, SEXES, TYPES, base_cells, quarter_totals
from config.demo.register import BEFORE_MERGER, places, units

Dimensions = tuple[str, str, str]
Cells = dict[Dimensions, tuple[int, int]]

ORDER: tuple[Dimensions, ...] = tuple(
    (sector, sex, kind) for sector in (*SECTORS, ALL) for sex in (*SEXES, ALL) for kind in (*TYPES, TOTAL)
)


def quarter_cells(quarter: int) -> Iterator[tuple[str, Cells | None]]:
    """The municipalities of the quarter by number, each with its 63 figures, or None where it did not report."""
    found: dict[str, Cells | None] = {}
    for unit in units():
        for number, lost, possible in _parts(unit, quarter):
            found[number] = _with_totals(number, quarter, lost, possible) if reporting(unit, quarter) else None
    yield from sorted(found.items())


def _parts(unit: str, quarter: int) -> list[tuple[str, int, int]]:
    """The numbers under which the unit's figures of the quarter stand, with lost and possible workdays of each."""
    lost, possible = quarter_totals()[unit, quarter]
    if places()[unit].valid_on(quarter_start(quarter).isoformat()):
        return [(unit, lost, possible)]
    (first, second), of_possible, of_lost = BEFORE_MERGER[unit]
    days, absence = round(possible * of_possible / 10) * 10, round(lost * of_lost)
    return [(first, absence, days), (second, lost - absence, possible - days)]


def _with_totals(number: str, quarter: int, lost: int, possible: int) -> Cells:
    sums = {dimensions: [0, 0] for dimensions in ORDER}
    for (sector, sex, kind), (absent, days) in base_cells(number, quarter, lost, possible).items():
        for at_sector in (sector, ALL):
            for at_sex in (sex, ALL):
                for at_kind in (kind, TOTAL):
                    cell = sums[at_sector, at_sex, at_kind]
                    cell[0] += absent
                    # The possible workdays are the same for every kind of absence: counted once for the total.
                    cell[1] += days if at_kind == kind or kind == TYPES[0] else 0
    return {dimensions: (absent, days) for dimensions, (absent, days) in sums.items()}
