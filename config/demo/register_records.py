"""Load the register: counties, municipalities with what became of them, populations, districts and joint bodies."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import transaction

from config.demo.register import read_data
from config.demo.rows import ensured, slug_of
from municipalities.models import County, Municipality, MunicipalityChange, Organisation, Population

_COUNTED = ("2008", "2010", "2013")
_KINDS = {
    "municipality district": Organisation.Kind.DISTRICT,
    "joint municipality": Organisation.Kind.JOINT_MUNICIPALITY,
    "regional council": Organisation.Kind.REGIONAL_COUNCIL,
    "employer association region": Organisation.Kind.EMPLOYER_REGION,
    "joint entry of two municipalities": Organisation.Kind.JOINT_ENTRY,
}


@transaction.atomic
def load_register() -> None:
    """Idempotent: a second run adds nothing."""
    counties = ensured(County, ("number", "name"), map(_county, read_data("counties.csv")))
    of_number = {number: county for (number, _), county in counties.items()}
    rows = read_data("municipalities.csv")
    municipalities = ensured(Municipality, ("number",), (_municipality(row, of_number) for row in rows))
    ensured(
        MunicipalityChange,
        ("happened_on", "predecessor_id", "successor_id"),
        (_change(row, municipalities) for row in read_data("municipality_changes.csv")),
    )
    organisations = _organisations(municipalities)
    ensured(Population, ("municipality_id", "counted_on"), _populations(rows, "municipality_id", municipalities))
    districts = [row | {"number": slug_of(row["organisation_id"])} for row in read_data("organisations.csv")]
    ensured(Population, ("organisation_id", "counted_on"), _populations(districts, "organisation_id", organisations))


def day(text: str | None) -> date | None:
    """An ISO date, or None for nothing."""
    return date.fromisoformat(text) if text else None


def _county(row: dict[str, str]) -> dict[str, Any]:
    return row | {"valid_from": day(row["valid_from"]), "valid_to": day(row["valid_to"])}


def _municipality(row: dict[str, str], counties: dict[str, County]) -> dict[str, Any]:
    return {
        "number": row["number"],
        "name": row["name"],
        "norwegian_name": row["norwegian_name"],
        "distinct_name": row["distinct_name"],
        "county": counties[row["county_number"]],
        "valid_from": day(row["valid_from"]),
        "valid_to": day(row["valid_to"]),
        "note": row["note"],
    }


def _change(row: dict[str, str], municipalities: dict[str, Municipality]) -> dict[str, Any]:
    return {
        "kind": row["kind"],
        "happened_on": day(row["happened_on"]),
        "predecessor_id": municipalities[row["predecessor"]].pk,
        "successor_id": municipalities[row["successor"]].pk,
    }


def _organisations(municipalities: dict[str, Municipality]) -> dict[str, Organisation]:
    rows = read_data("organisations.csv")
    known = set(Organisation.objects.values_list("slug", flat=True))
    found = ensured(
        Organisation,
        ("slug",),
        (
            {
                "slug": slug_of(row["organisation_id"]),
                "name": row["name"],
                "kind": _KINDS[row["kind"]],
                "statistical_code": row["statistical_code"],
                "note": row["note"],
            }
            for row in rows
        ),
    )
    for row in rows:
        numbers = filter(None, row["member_municipality_numbers"].split(";"))
        if slug_of(row["organisation_id"]) not in known:
            found[slug_of(row["organisation_id"])].members.set(municipalities[number] for number in numbers)
    return found


def _populations(rows: list[dict[str, str]], owner: str, owners: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for row in rows:
        for year in _COUNTED:
            if row.get(f"population_{year}"):
                yield {
                    owner: owners[row["number"]].pk,
                    "counted_on": date(int(year), 1, 1),
                    "inhabitants_count": int(row[f"population_{year}"]),
                }
