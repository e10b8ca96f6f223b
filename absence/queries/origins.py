"""A municipality's figures with where each comes from, and which of its parts are too small to be shown to the reader.

The rule is in `calculations.small_numbers`; this is the one place that applies it, since no other page, table, export
or report shows a part of a municipality's staff. (The desk and the page of an import show the row in doubt to those
who handle the file.)
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Max

from municipalities.models import Municipality

from ..calculations.columns import days
from ..calculations.dimensions import ALL, SECTORS, SEXES
from ..calculations.periods import Period
from ..calculations.small_numbers import (
    Counts,
    Relation,
    hidden_cells,
    hidden_in_any,
    lowest,
    staff_counts,
)
from ..models import Figure

WHOLE = f"{ALL} {ALL}"
SECTOR_SUMS = [(f"{ALL} {sex}", [f"{one} {sex}" for one in SECTORS if one != ALL]) for sex in SEXES]
SEX_SUMS = [(f"{sector} {ALL}", [f"{sector} {one}" for one in SEXES if one != ALL]) for sector in SECTORS]


@dataclass(frozen=True)
class FigureOrigin:
    """A figure as a reader may see it: of a hidden one only where it comes from."""

    figure: Figure
    is_hidden: bool

    @property
    def percent(self):
        return None if self.is_hidden else self.figure.percent

    @property
    def lost_days(self):
        return None if self.is_hidden else self.figure.lost_days

    @property
    def possible_days(self):
        return None if self.is_hidden else self.figure.possible_days

    @property
    def correction(self) -> dict | None:
        return None if self.is_hidden else self.figure.correction


def figure_origins(user, municipality: Municipality, source: str, period: Period) -> list[FigureOrigin]:
    """Every vintage of the period, newest first. Two queries; for those of the municipality itself one.

    A municipality sees all its own figures; the secretariat and every other reader see the small parts hidden.
    """
    rows = Figure.objects.visible_to(user).filter(
        municipality=municipality, source=source, first_quarter=period.first, quarters=period.quarters
    )
    rows = rows.select_related("batch").order_by("-vintage_on", "sector", "sex", "absence_type")
    is_own = municipality.pk in user.own_municipality_ids
    hidden = frozenset() if is_own else hidden_staff(municipality, source)
    return [FigureOrigin(one, f"{one.sector} {one.sex}" in hidden) for one in rows]


def hidden_staff(municipality: Municipality, source: str) -> frozenset[str]:
    """The parts of the staff, as ``sector sex``, of which no figure is shown, whatever its type. One query.

    A part is judged over all periods and vintages of the source by where it was smallest, and hidden in all.
    """
    rows = Figure.objects.filter(municipality=municipality, source=source, rate__isnull=False).order_by()
    sizes = rows.values_list("vintage_on", "first_quarter", "quarters", "sector", "sex").annotate(Max("possible"))
    tables: dict[tuple, set[str]] = defaultdict(set)
    known: dict[str, list[Counts]] = defaultdict(list)
    for *table, quarters, sector, sex, possible in sizes:
        staff = f"{sector} {sex}"
        tables[*table, quarters].add(staff)
        known[staff].append(staff_counts(days(possible), quarters, whole_municipality=staff == WHOLE))
    counts = {staff: lowest(found) for staff, found in known.items()}
    shapes = {frozenset(staffs) for staffs in tables.values()}
    return hidden_in_any(hidden_cells({one: counts[one] for one in shape}, _sums(shape)) for shape in shapes)


def _sums(staffs: frozenset[str]) -> list[Relation]:
    """Of the parts that are there: one that the source leaves out is taken to be empty, which hides more."""
    found = [(whole, tuple(one for one in parts if one in staffs)) for whole, parts in (*SECTOR_SUMS, *SEX_SUMS)]
    return [Relation(whole, parts) for whole, parts in found if parts and whole in staffs]
