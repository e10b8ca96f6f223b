"""Small numbers: absence is health data, so a figure about few persons is hidden, and so is what would give it away.

Source: domain specification, part 4. Hidden means hidden everywhere: rate, workdays, chart point, export, PDF.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

MIN_PERSONS = 5
MIN_PERSON_YEARS = 10
WORKDAYS_A_QUARTER = 65  # assumption: five days a week, 52 weeks a year
EXTREMES_BELOW = 10  # persons: 0 and 100 percent say something about each of them


@dataclass(frozen=True)
class Counts:
    """How many stand behind a cell. None: unknown. ``rate`` in percent; ``whole_municipality`` for its total."""

    persons: int | None
    person_years: Fraction | float | None = None
    sick: int | None = None
    rate: Fraction | float | None = None
    whole_municipality: bool = False


@dataclass(frozen=True)
class Relation:
    """``whole`` is the sum of ``parts``: women + men, self + doctor, sectors, units, the quarters of a window."""

    whole: str
    parts: tuple[str, ...]


def is_small(cell: Counts) -> bool:
    """Whether the cell is hidden for its own sake.

    Below 5 persons; below 10 person-years under municipality level; 1 to 4 sick; 0 or 100 percent among fewer than 10.
    An unknown number of persons below municipality level counts as hidden.

    >>> is_small(Counts(persons=4)), is_small(Counts(persons=5)), is_small(Counts(persons=40, sick=3))
    (True, False, True)
    """
    if cell.persons is None:
        return not cell.whole_municipality
    few_years = cell.person_years is not None and not cell.whole_municipality and cell.person_years < MIN_PERSON_YEARS
    few_sick = cell.sick is not None and 0 < cell.sick < MIN_PERSONS
    extreme = cell.persons < EXTREMES_BELOW and cell.rate in (0, 100)
    return cell.persons < MIN_PERSONS or few_years or few_sick or extreme


def staff_counts(possible_days: Decimal | Fraction | None, quarters: int, *, whole_municipality: bool) -> Counts:
    """What the possible workdays of a period tell of the size of a staff, where its persons are not counted.

    person-years = days / (65 · quarters), 65 being the weekdays of a quarter: holidays make the truth a little more,
    so that rather too much is hidden than too little. Nobody fills more than one full position, so there are at least
    as many persons as whole person-years. No workdays: unknown.

    >>> staff_counts(Decimal("1300"), 1, whole_municipality=False).persons
    20
    """
    years = None if possible_days is None else Fraction(possible_days) / (WORKDAYS_A_QUARTER * quarters)
    return Counts(None if years is None else int(years), years, whole_municipality=whole_municipality)


def lowest(counts: Sequence[Counts]) -> Counts:
    """What a staff is judged by over quarters, windows and vintages: where it was smallest, or once unknown.

    So a sum is judged by its lowest quarter, and two overlapping windows do not give the quarter between them.

    >>> lowest([Counts(12), Counts(4), Counts(9)]).persons
    4
    """
    return min(counts, key=lambda one: -1 if one.persons is None else one.person_years or one.persons)


def hidden_cells(cells: Mapping[str, Counts], relations: Iterable[Relation]) -> frozenset[str]:
    """Every cell to hide: the small ones, and their smallest siblings until no hidden cell can be computed.

    Relations may share cells (women and men in each sector): a cell counts as computable when all the relations
    together give it, not only one. A name that is in a relation but not in ``cells`` is not published: hidden.

    >>> office = {"Administrasjon": Counts(40), "Barnehage": Counts(25), "Teknikk": Counts(3), "Alle": Counts(68)}
    >>> sorted(hidden_cells(office, [Relation("Alle", ("Administrasjon", "Barnehage", "Teknikk"))]))
    ['Barnehage', 'Teknikk']
    """
    relations = list(relations)
    named = {name for one in relations for name in (one.whole, *one.parts)}
    hidden = {name for name, cell in cells.items() if is_small(cell)} | (named - set(cells))
    empty = {name for name, cell in cells.items() if cell.persons == 0}  # anyone can guess them: they hide nothing
    while exposed := computable(hidden - empty, relations) & set(cells):
        more = {sibling for name in exposed if (sibling := _smallest_sibling(name, cells, hidden, relations))}
        if not more:
            break
        hidden |= more
    return frozenset(hidden & set(cells))


def hidden_in_any(tables: Iterable[Iterable[str]]) -> frozenset[str]:
    """A cell hidden in one vintage or period is hidden in all: the difference of two would give it."""
    return frozenset(name for hidden in tables for name in hidden)


def computable(hidden: Iterable[str], relations: Iterable[Relation]) -> set[str]:
    """The hidden cells that the visible ones give, by elimination over the relations.

    >>> sorted(computable({"a"}, [Relation("sum", ("a", "b"))]))
    ['a']
    """
    unknown = set(hidden)
    rows = [_unknowns(one, unknown) for one in relations]
    reduced: list[dict[str, Fraction]] = []
    for row in rows:
        for pivot_row in reduced:
            row = _without(row, next(iter(pivot_row)), pivot_row)
        if row:
            pivot = next(iter(row))
            row = {name: value / row[pivot] for name, value in row.items()}
            reduced = [_without(other, pivot, row) for other in reduced]
            reduced.append(row)
    return {name for row in reduced if len(row) == 1 for name in row}


def _unknowns(relation: Relation, unknown: set[str]) -> dict[str, Fraction]:
    row = {name: Fraction(1) for name in relation.parts if name in unknown}
    return row | ({relation.whole: Fraction(-1)} if relation.whole in unknown else {})


def _without(row: dict[str, Fraction], pivot: str, pivot_row: dict[str, Fraction]) -> dict[str, Fraction]:
    """Row minus so much of the pivot's row that the pivot is gone. The first key of a reduced row is its pivot."""
    factor = row.get(pivot)
    if not factor or row is pivot_row:
        return row
    names = [*row, *(name for name in pivot_row if name not in row)]
    left = {name: row.get(name, Fraction(0)) - factor * pivot_row.get(name, Fraction(0)) for name in names}
    return {name: value for name, value in left.items() if value}


def _smallest_sibling(
    name: str, cells: Mapping[str, Counts], hidden: set[str], relations: list[Relation]
) -> str | None:
    """The visible cell with the fewest persons beside it; a part before a whole."""
    near = [one for one in relations if name in (one.whole, *one.parts)]
    parts = {part for one in near for part in one.parts}
    wholes = {one.whole for one in near}
    for candidates in (parts, wholes):
        visible = [one for one in candidates if one in cells and one not in hidden and cells[one].persons]
        if visible:
            return min(visible, key=lambda one: (cells[one].persons, one))
    return None
