"""Reading the register: the list as of a date, and everything one municipality's page shows."""

from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db.models import IntegerField, Min, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.formats import get_format

from municipalities.models import County, Municipality, MunicipalityChange, Population
from municipalities.permissions import may

_NORWEGIAN = str.maketrans({"æ": "\uf001", "ä": "\uf001", "ø": "\uf002", "ö": "\uf002", "å": "\uf003"})


class MunicipalityRow(NamedTuple):
    """One line of the list, ready to show: nothing is looked up or formatted for it in the template."""

    number: str
    url: str
    name: str
    county: str
    inhabitants: str
    valid: str


def counted_on(user, today: date) -> date:
    """The day of a list when nobody asks for another.

    Today to the secretariat; to others the last day on which all of their municipalities existed.
    """
    if user.may("municipalities.view_all"):
        return today
    first_end = Municipality.objects.visible_to(user).aggregate(first_end=Min("valid_to"))["first_end"]
    return min(today, first_end or today)


def municipalities_on(user, day: date | None, *, search: str = "", county: str = "") -> QuerySet[Municipality]:
    """The municipalities a person may see, valid on the day (None: of all times), with their newest inhabitants."""
    found = Municipality.objects.visible_to(user)
    counted = Population.objects.filter(municipality=OuterRef("pk"))
    if day:
        found, counted = found.valid_on(day), counted.filter(counted_on__lte=day)
    if search:
        found = found.filter(holding(search, "name", "norwegian_name") | Q(number__startswith=search))
    if county:
        found = found.filter(county__number=county)
    newest = counted.order_by("-counted_on").values("inhabitants_count")[:1]
    return found.annotate(inhabitants=Subquery(newest, output_field=IntegerField()))


def holding(text: str, *fields: str) -> Q:
    """Rows with the text in one of the fields, in capitals or not; SQLite itself knows those of English only."""
    written = {text} if text.isascii() else {text, text.lower(), text.upper(), text.capitalize(), text.title()}
    conditions = [Q((f"{field}__icontains", one)) for field in fields for one in written]
    return reduce(or_, conditions)


def municipality_rows(found: QuerySet[Municipality], sort: str) -> list[MunicipalityRow]:
    """Plain values in one query, sorted as a Norwegian directory is."""
    fields = ("number", "distinct_name", "county__name", "inhabitants", "valid_from", "valid_to")
    values = list(found.order_by("number", "valid_from").values_list(*fields))
    column, reverse_order = sort.removeprefix("-"), sort.startswith("-")
    keys = {
        "number": lambda row: row[0],
        "name": lambda row: alphabetical(row[1]),
        "county": lambda row: (alphabetical(row[2]), row[0]),
    }
    if column == "inhabitants":
        # A municipality without a count stands last whichever way the list runs.
        counted = sorted((row for row in values if row[3] is not None), key=lambda row: row[3], reverse=reverse_order)
        values = counted + [row for row in values if row[3] is None]
    else:
        values.sort(key=keys.get(column, keys["number"]), reverse=reverse_order)
    before, after = reverse("municipalities:municipality", args=["0000"]).split("0000")
    return [
        MunicipalityRow(number, before + number + after, name, county, thousands(inhabitants), span(first, last))
        for number, name, county, inhabitants, first, last in values
    ]


def thousands(number: int | None) -> str:
    """12400 → «12 400», in English "12,400"; None → «–»."""
    return "–" if number is None else f"{number:,}".replace(",", get_format("THOUSAND_SEPARATOR"))


def span(first: date | None, last: date | None) -> str:
    """«1994–2019», «1838–», of a municipality's years."""
    return f"{first.year if first else ''}–{last.year if last else ''}"


def alphabetical(name: str) -> str:
    """A key that sorts as a Norwegian directory does: æ, ø and å come last, in that order."""
    return name.casefold().translate(_NORWEGIAN)


def counties_with_municipalities() -> list[County]:
    return list(County.objects.filter(municipalities__isnull=False).distinct())


def openable(user, ids: set[int]) -> set[int]:
    """Which of these municipalities have a page that the person may open; as ``visible_to``, without asking again."""
    if not may(user, "municipalities.view"):
        return set()
    return set(ids) if may(user, "municipalities.view_all") else ids & user.municipality_ids


@dataclass(frozen=True)
class Turn:
    """A change as the page of one of the two shows it: the other, and whether the reader may open its page.

    ``beside``: the others that became part of the same successor on the same day.
    """

    change: MunicipalityChange
    other: Municipality
    is_openable: bool
    beside: tuple[Municipality, ...] = ()


def history(municipality: Municipality, user) -> tuple[list[Turn], list[Turn]]:
    """What it came from and what became of it, by date: one query."""
    successors = MunicipalityChange.objects.filter(predecessor=municipality).values("successor")
    either = Q(successor=municipality) | Q(successor__in=successors)
    changes = list(
        MunicipalityChange.objects.filter(either)
        .select_related("predecessor", "successor")
        .order_by("happened_on", "predecessor__number", "successor__number")
    )
    before = [(one, one.predecessor, ()) for one in changes if one.successor_id == municipality.pk]
    after = [(one, one.successor, beside(one, changes)) for one in changes if one.predecessor_id == municipality.pk]
    may_open = openable(user, {other.pk for _change, other, _beside in before + after})
    return tuple(
        [Turn(one, other, other.pk in may_open, others) for one, other, others in turns] for turns in (before, after)
    )


def beside(change: MunicipalityChange, changes: list[MunicipalityChange]) -> tuple[Municipality, ...]:
    """Who else became part of the change's successor on its day."""
    return tuple(
        one.predecessor
        for one in changes
        if one.pk != change.pk and (one.successor_id, one.happened_on) == (change.successor_id, change.happened_on)
    )
