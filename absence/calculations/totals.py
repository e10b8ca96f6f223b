"""Municipality totals of a file: as it gives them, or summed from its sectors, sexes and types of absence."""

from collections.abc import Mapping

from absence.calculations.dimensions import ALL, SECTORS, SEXES, TOTAL

# (sector, sex, absence_type) → (lost, possible) in hundredths of a workday; None where there is no number.
Cells = Mapping[tuple[str, str, str], tuple[int | None, int | None]]

_PARTS_OF_SECTORS = SECTORS[1:]
_PARTS_OF_SEXES = SEXES[1:]
_PARTS_OF_TYPES = ("self_certified", "doctor_certified")


def summed_total(cells: Cells) -> tuple[int, int] | None:
    """(lost, possible) of the municipality, or None unless every part is there with its workdays.

    A dimension is summed over its parts only when no cell is for the whole of it. Possible workdays are the same for
    every type of absence, so they are counted once. A sum with a part missing would be a lower figure, not a total.

    >>> summed_total({("all", "women", "total"): (600, 6000), ("all", "men", "total"): (100, 3000)})
    (700, 9000)
    >>> summed_total({("all", "women", "total"): (600, 6000)}) is None
    True
    """
    given = list(zip(*cells, strict=True)) or [(), (), ()]
    sectors = (ALL,) if ALL in given[0] else _PARTS_OF_SECTORS
    sexes = (ALL,) if ALL in given[1] else _PARTS_OF_SEXES
    types = (TOTAL,) if TOTAL in given[2] else _PARTS_OF_TYPES
    lost = possible = 0
    for sector in sectors:
        for sex in sexes:
            for one in types:
                lost_here, possible_here = cells.get((sector, sex, one), (None, None))
                if lost_here is None or possible_here is None:
                    return None
                lost += lost_here
                possible += possible_here if one == types[0] else 0
    return (lost, possible) if possible else None
