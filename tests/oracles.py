"""Naive second implementations: slow, plain, and written from the specification, not from the code they judge."""

from collections.abc import Collection, Mapping
from fractions import Fraction
from itertools import combinations
from statistics import median

from absence.calculations.columns import FigureColumns
from absence.calculations.periods import Period

WHOLE = ("all", "all", "total")


def windows(quarters: Mapping[int, tuple[int, int] | None]) -> dict[int, Fraction | None]:
    """First quarter of each four-quarter window → its rate in percent, from (lost, possible)."""
    found = {}
    for first in range(min(quarters), max(quarters) - 2):
        four = [quarters.get(first + step) for step in range(4)]
        complete = None not in four and sum(possible for _, possible in four)
        found[first] = Fraction(100 * sum(lost for lost, _ in four), complete) if complete else None
    return found


def suspicions(
    columns: FigureColumns, released: FigureColumns, groups: Mapping[str, Collection[str]]
) -> set[tuple[str, str | None, str, int | None, bool, str | None]]:
    """V1–V10 and V12 by the table of the specification: every rule on every figure.

    (rule, municipality, period, place in the columns, blocking, group of V9).
    """
    file, before = _figures(columns), _figures(released)
    known = before | file
    found = set()
    for key, (place, rate, days) in file.items():
        municipality, first, quarters = key[:3]
        period = str(Period(first, quarters))
        for rule, blocks in _rules(key, rate, days, file, known, before, groups):
            found.add((rule, municipality, period, place, blocks, None))
    for first, quarters in {key[1:3] for key in file}:
        found |= _of_period(first, quarters, file, before, groups)
    return found


def _figures(columns: FigureColumns) -> dict:
    """Key → (place, rate in percent, days), with the municipality totals that can be summed (place None)."""
    figures, cells = {}, {}
    for i, key in enumerate(columns.keys()):
        lost, possible, printed = columns.lost[i], columns.possible[i], columns.rate[i]
        days = (lost, possible) if lost is not None and possible else None
        cells.setdefault(key[:3], {})[key[3:]] = (lost, possible)
        rate = _rate(*days) if days else None if printed is None else Fraction(printed, 10_000)
        if rate is not None:
            figures[key] = (i, rate, days)
    for unit, parts in cells.items():
        total = None if WHOLE in parts else _sum(parts)
        if total and total[1]:
            figures[*unit, *WHOLE] = (None, _rate(*total), total)
    return figures


def _rate(lost: int, possible: int) -> Fraction:
    return Fraction(int(Fraction(1_000_000 * lost, possible) + Fraction(1, 2)), 10_000)


def _sum(parts: dict) -> tuple[int, int] | None:
    def whole_or_parts(position: int, whole: str, *others: str) -> tuple[str, ...]:
        return (whole,) if any(slot[position] == whole for slot in parts) else others

    sectors = whole_or_parts(
        0, "all", "teaching", "kindergarten", "health_care", "technical", "administration", "other"
    )
    sexes = whole_or_parts(1, "all", "women", "men")
    types = whole_or_parts(2, "total", "self_certified", "doctor_certified")
    wanted = [parts.get((a, b, c), (None, None)) for a in sectors for b in sexes for c in types]
    if any(lost is None or possible is None for lost, possible in wanted):
        return None
    return sum(lost for lost, _ in wanted), sum(parts[a, b, types[0]][1] for a in sectors for b in sexes)


def _at(figures: dict, key: tuple, first: int):
    return figures.get((key[0], first, *key[2:]))


def _previous(figures: dict, key: tuple):
    return next((one for step in range(1, 5) if (one := _at(figures, key, key[1] - step))), None)


def _year_before(figures: dict, key: tuple):
    steps = range(4, 8) if key[2] == 4 else [4]
    return next((one for step in steps if (one := _at(figures, key, key[1] - step))), None)


def _rules(key, rate, days, file, known, before, groups):
    total = key[3:] == WHOLE
    previous = _previous(known, key)
    v1 = rate == 0 and (total or (previous is not None and previous[1] > 2))
    if v1:
        yield "V1", True
    if rate > 40 or (
        previous and previous[1] and rate and any(6 <= r <= 15 for r in (rate / previous[1], previous[1] / rate))
    ):
        yield "V4", True
    if _parts_differ(key, rate, file):
        yield "V5", False
    if not total:
        return
    if not 2 <= rate <= 20:
        yield "V2", True
    if not Fraction("3.1") <= rate <= Fraction("15.9"):
        yield "V3", False
    column = [one[1] for other, one in file.items() if other[1:] == key[1:]]
    middle = median(column)
    spread = max(median(abs(one - middle) for one in column), Fraction("0.3"))
    if len(column) >= 8 and abs(Fraction("0.6745") * (rate - middle) / spread) > Fraction("3.5"):
        yield "V6", v1
    if _large_change(key, rate, known):
        yield "V7", False
    if _carries_a_group(key, known, groups):
        yield "V8", False
    old = before.get(key)
    if old and abs(rate - old[1]) >= Fraction("0.3"):
        yield "V9", False
    if days and previous and previous[2] and abs(Fraction(days[1], previous[2][1]) - 1) > Fraction("0.15"):
        yield "V10", False


def _parts_differ(key, rate, file) -> bool:
    def at(sex, absence_type):
        return file[part][1] if (part := (*key[:4], sex, absence_type)) in file else None

    sex, absence_type = key[4:]
    if absence_type == "total":
        own, doctor = at(sex, "self_certified"), at(sex, "doctor_certified")
        if None not in (own, doctor) and abs(rate - own - doctor) > Fraction("0.15"):
            return True
    women, men = at("women", absence_type), at("men", absence_type)
    return sex == "all" and None not in (women, men) and not min(women, men) <= rate <= max(women, men)


def _large_change(key, rate, known) -> bool:
    before = _year_before(known, key)
    if not before:
        return False
    changes = []
    for other in known:
        if (other[0], *other[2:]) == (key[0], *key[2:]) and other[1] < key[1] and _year_before(known, other):
            changes.append(known[other][1] - _year_before(known, other)[1])
    spread = 0
    if len(changes) >= 5:
        spread = Fraction("1.4826") * median(abs(one - median(changes)) for one in changes)
    return abs(rate - before[1]) >= max(2, 3 * spread)


def _carries_a_group(key, known, groups) -> bool:
    municipality, first, quarters = key[:3]
    steps = range(4, 8) if quarters == 4 else [4]
    periods = {other[1] for other in known if other[2] == quarters and other[3:] == WHOLE}
    compared = next((first - step for step in steps if first - step in periods), None)
    if compared is None:
        return False
    for members in groups.values():
        panel = [
            unit
            for unit in members
            if all((one := known.get((unit, q, quarters, *WHOLE))) and one[1] for q in (compared, first))
        ]
        if municipality not in panel or len(panel) < 2:
            continue
        weighted = all(known[unit, q, quarters, *WHOLE][2] for unit in panel for q in (compared, first))
        whole, rest = (
            _mean([known[unit, first, quarters, *WHOLE] for unit in units], weighted)
            - _mean([known[unit, compared, quarters, *WHOLE] for unit in units], weighted)
            for units in (panel, [unit for unit in panel if unit != municipality])
        )
        signs = [(one > 0) - (one < 0) for one in (_printed(whole), _printed(rest))]
        if abs(rest - whole) >= Fraction("0.2") or signs[0] * signs[1] < 0:
            return True
    return False


def _mean(figures: list, weighted: bool) -> Fraction:
    if weighted:
        return Fraction(100 * sum(one[2][0] for one in figures), sum(one[2][1] for one in figures))
    return Fraction(sum(one[1] for one in figures)) / len(figures)


def _printed(value: Fraction) -> Fraction:
    """One decimal, half away from zero."""
    tenths = int(abs(value) * 10 + Fraction(1, 2))
    return Fraction(tenths if value > 0 else -tenths, 10)


def _of_period(first, quarters, file, before, groups) -> set:
    def totals(figures, quarter):
        return {key[0]: one for key, one in figures.items() if key[1:] == (quarter, quarters, *WHOLE)}

    period, found, now = str(Period(first, quarters)), set(), totals(file, first)
    compared = next(
        (t for figures in (file, before) for step in range(1, 5) if (t := totals(figures, first - step))), {}
    )
    if now and compared and set(now) != set(compared):
        found.add(("V12", None, period, None, False, None))
    old = totals(before, first)
    for name, members in groups.items():
        both = [unit for unit in members if all(unit in one and one[unit][1] for one in (now, old))]
        if not both:
            continue
        weighted = all(one[unit][2] for one in (now, old) for unit in both)
        new_rate, old_rate = (_four_decimals(_mean([one[unit] for unit in both], weighted)) for one in (now, old))
        if abs(new_rate - old_rate) >= Fraction("0.1"):
            found.add(("V9", None, period, None, False, name))
    return found


def _four_decimals(rate: Fraction) -> Fraction:
    return Fraction(int(rate * 10_000 + Fraction(1, 2)), 10_000)


def can_be_computed(hidden: Collection[str], relations: Collection[tuple[str, Collection[str]]]) -> set[str]:
    """The hidden cells whose value the visible ones give, when each relation says: whole = sum of its parts.

    A cell is computable when no change of the hidden cells that keeps every sum can change it: linear algebra.
    """
    cells = sorted(hidden)
    rows = []
    for whole, parts in relations:
        row = [Fraction(parts.count(cell) - (cell == whole)) for cell in cells]
        if any(row):
            rows.append(row)
    rank = _rank(rows)
    units = ([Fraction(int(i == j)) for j in range(len(cells))] for i in range(len(cells)))
    return {cell for cell, unit in zip(cells, units, strict=True) if rows and _rank([*rows, unit]) == rank}


def _rank(rows: list[list[Fraction]]) -> int:
    rows, rank = [list(row) for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((i for i in range(rank, len(rows)) if rows[i][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        for i in range(len(rows)):
            if i != rank and rows[i][column]:
                factor = rows[i][column] / rows[rank][column]
                rows[i] = [a - factor * b for a, b in zip(rows[i], rows[rank], strict=True)]
        rank += 1
    return rank


def best_panel(table: Mapping[str, Collection[str]]) -> set[str]:
    """The units that are in every period: the largest set that is a subset of each."""
    units = sorted(set().union(*table.values()))
    for size in range(len(units), -1, -1):
        for chosen in combinations(units, size):
            if all(set(chosen) <= set(reporting) for reporting in table.values()):
                return set(chosen)
    return set()
