"""Reading the register: the list as of a date, and everything one municipality's page shows."""

from dataclasses import dataclass
from datetime import date

from django.db.models import IntegerField, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from municipalities.models import County, Municipality, MunicipalityChange, Population

_NORWEGIAN = str.maketrans({"æ": "\uf001", "ä": "\uf001", "ø": "\uf002", "ö": "\uf002", "å": "\uf003"})


@dataclass(frozen=True)
class MunicipalityRow:
    """One line of the list, ready to show: nothing is looked up or formatted for it in the template."""

    number: str
    name: str
    county: str
    inhabitants: str
    valid: str
    url: str


def municipalities_on(user, day: date | None, *, search: str = "", county: str = "") -> QuerySet[Municipality]:
    """The municipalities a person may see, valid on the day (None: of all times), with inhabitants last counted by then."""
    found = Municipality.objects.visible_to(user)
    counted = Population.objects.filter(municipality=OuterRef("pk"))
    if day:
        found, counted = found.valid_on(day), counted.filter(counted_on__lte=day)
    if search:
        found = found.filter(
            Q(name__icontains=search) | Q(norwegian_name__icontains=search) | Q(number__startswith=search)
        )
    if county:
        found = found.filter(county__number=county)
    newest = counted.order_by("-counted_on").values("inhabitants_count")[:1]
    return found.annotate(inhabitants=Subquery(newest, output_field=IntegerField()))


def municipality_rows(found: QuerySet[Municipality], sort: str) -> list[MunicipalityRow]:
    """Plain values in one query, sorted as a Norwegian directory is."""
    fields = ("number", "distinct_name", "county__name", "inhabitants", "valid_from", "valid_to")
    values = list(found.values_list(*fields))
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
    address = reverse("municipalities:municipality", args=["0000"])
    return [
        MunicipalityRow(
            number, name, county, thousands(inhabitants), span(first, last), address.replace("0000", number)
        )
        for number, name, county, inhabitants, first, last in values
    ]


def thousands(number: int | None) -> str:
    """12400 → «12 400»; None → «–»."""
    return "–" if number is None else f"{number:,}".replace(",", "\u00a0")


def span(first: date | None, last: date | None) -> str:
    """«1994–2019», «1838–», of a municipality's years."""
    return f"{first.year if first else ''}–{last.year if last else ''}"


def alphabetical(name: str) -> str:
    """A key that sorts as a Norwegian directory does: æ, ø and å come last, in that order."""
    return name.casefold().translate(_NORWEGIAN)


def counties_with_municipalities() -> QuerySet[County]:
    return County.objects.filter(municipalities__isnull=False).distinct()


def history(municipality: Municipality) -> tuple[list[MunicipalityChange], list[MunicipalityChange]]:
    """What it came from and what became of it, by date: two queries."""
    before = list(municipality.changes_before.select_related("predecessor").order_by("happened_on"))
    after = list(municipality.changes_after.select_related("successor").order_by("happened_on"))
    return before, after
