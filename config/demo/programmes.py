"""Load the two historic programmes: agreement, cohorts, participants, networks, stated counts, notes on the data.

What the sources do not tell stays unknown: two withdrawals are counted without a name, Sande has two candidates instead
of a municipality, and a day that nobody wrote down is empty. A participant's start is the start of its cohort.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction

from config.demo.register import DATA, places, read_data
from config.demo.register_records import day
from config.demo.rows import ensured, slug_of
from municipalities.models import AuditEvent, Municipality, Organisation
from networks.models import Network, NetworkMembership
from programmes.models import (
    Agreement,
    Cohort,
    CohortMembership,
    DataNote,
    Participation,
    Party,
    Programme,
    ReportedCount,
    UnnamedWithdrawal,
)

_PARTICIPANTS = {"kvalitetskommuner": "kvalitetskommuner_participants.csv", "saman-om": "saman_om_participants.csv"}

Row = dict[str, str]


def load_programmes() -> None:
    """Idempotent: a second run adds nothing. Each programme in one transaction."""
    description = json.loads((DATA / "programmes.json").read_text(encoding="utf-8"))
    for programme in description["programmes"]:
        _load(programme, description["parties"])


@transaction.atomic
def _load(description: dict[str, Any], parties: list[dict[str, str]]) -> None:
    programme, is_new = _programme(description)
    _agreement(programme, description["agreement"], ensured(Party, ("slug",), parties).values())
    cohorts = _cohorts(programme, description["cohorts"])
    _stated(programme, description, cohorts)
    rows = read_data(_PARTICIPANTS[programme.slug])
    participations = _participations(programme, rows, cohorts)
    _cohort_memberships(rows, participations, cohorts)
    _networks(programme, rows, participations, cohorts)
    if is_new:
        AuditEvent.record("programmes.loaded", programme, participants=len(participations))


def _programme(description: dict[str, Any]) -> tuple[Programme, bool]:
    plain = ("name", "short_name", "purpose", "themes")
    return Programme.objects.get_or_create(
        slug=description["slug"],
        defaults={name: description[name] for name in plain}
        | {"starts_on": day(description["starts_on"]), "ends_on": day(description["ends_on"])},
    )


def _agreement(programme: Programme, description: dict[str, Any], parties: Iterable[Party]) -> None:
    agreement, is_new = Agreement.objects.get_or_create(
        programme=programme,
        signed_on=day(description["signed_on"]),
        defaults={
            "starts_on": day(description["starts_on"]),
            "ends_on": day(description["ends_on"]),
            "note": description["note"],
        },
    )
    if is_new:
        agreement.parties.set(parties)


def _cohorts(programme: Programme, descriptions: list[dict[str, Any]]) -> dict[str, Cohort]:
    """Cohort as the participant files call it → the record."""
    rows = (
        {
            "programme_id": programme.pk,
            "slug": one["slug"],
            "name": one["name"],
            "position": position,
            "starts_on": day(one["starts_on"]),
            "is_by_invitation": one.get("is_by_invitation", False),
            "note": one["note"],
        }
        for position, one in enumerate(descriptions)
    )
    found = ensured(Cohort, ("programme_id", "slug"), rows)
    return {one["source"]: found[programme.pk, one["slug"]] for one in descriptions}


def _stated(programme: Programme, description: dict[str, Any], cohorts: dict[str, Cohort]) -> None:
    """What sources state, what they leave unnamed, and what must be known about the data."""
    by_slug = {cohort.slug: cohort.pk for cohort in cohorts.values()}
    counts = (
        {
            "programme_id": programme.pk,
            "cohort_id": by_slug.get(one.get("cohort")),
            "measure": one["measure"],
            "counted_on": day(one["counted_on"]),
            "count": one["count"],
            "source": one["source"],
            "note": one.get("note", {}),
        }
        for one in description["reported_counts"]
    )
    ensured(ReportedCount, ("programme_id", "cohort_id", "measure", "counted_on", "source"), counts)
    unnamed = (
        one | {"programme_id": programme.pk, "known_on": day(one["known_on"])}
        for one in description["unnamed_withdrawals"]
    )
    ensured(UnnamedWithdrawal, ("programme_id", "known_on", "source"), unnamed)
    notes = (
        one | {"programme_id": programme.pk, "position": position}
        for position, one in enumerate(description["data_notes"])
    )
    ensured(DataNote, ("programme_id", "slug"), notes)


def _unit(row: Row) -> tuple[str, str]:
    """What takes part: a municipality by number, an organisation by slug, or a name that fits several."""
    if row["kind"] != "municipality":
        return "organisation", slug_of(row["organisation_id"])
    return ("municipality", row["municipality_number"]) if row["municipality_number"] else ("name", row["name"])


def _participations(programme: Programme, rows: list[Row], cohorts: dict[str, Cohort]) -> dict[Any, Participation]:
    """Unit → its one participation, however many cohorts or networks print it."""
    grouped: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        grouped.setdefault(_unit(row), []).append(row)
    municipalities = {one.number: one for one in Municipality.objects.all()}
    organisations = {one.slug: one for one in Organisation.objects.all()}
    names = _names(grouped)
    slugs = {unit: slug_of(name) for unit, name in names.items()}
    found = ensured(
        Participation,
        ("programme_id", "slug"),
        (
            {
                "programme_id": programme.pk,
                "slug": slugs[unit],
                "name": names[unit],
                "municipality": municipalities[unit[1]] if unit[0] == "municipality" else None,
                "organisation": organisations[unit[1]] if unit[0] == "organisation" else None,
                "candidate_numbers": list(filter(None, printed[0]["candidate_numbers"].split(";"))),
                "starts_on": min(filter(None, (cohorts[row["cohort"]].starts_on for row in printed)), default=None),
                "note": " ".join(dict.fromkeys(row["note"] for row in printed if row["note"])),
            }
            for unit, printed in grouped.items()
        ),
    )
    return {unit: found[programme.pk, slug] for unit, slug in slugs.items()}


def _names(grouped: dict[tuple[str, str], list[Row]]) -> dict[tuple[str, str], str]:
    """The printed name; with the county where two participants share it."""
    printed = [rows[0]["name"] for rows in grouped.values()]
    return {
        unit: places()[unit[1]].distinct_name if printed.count(rows[0]["name"]) > 1 else rows[0]["name"]
        for unit, rows in grouped.items()
    }


def _cohort_memberships(rows: list[Row], participations: dict[Any, Participation], cohorts: dict[str, Cohort]) -> None:
    found = (
        {
            "participation_id": participations[_unit(row)].pk,
            "cohort_id": cohorts[row["cohort"]].pk,
            "starts_on": cohorts[row["cohort"]].starts_on,
            "is_certain": row.get("cohort_certain") != "false",
            "note": row["note"] if row.get("cohort_certain") == "false" else "",
        }
        for row in rows
        if row.get("in_cohort_list") != "false"
    )
    ensured(CohortMembership, ("participation_id", "cohort_id"), found)


def _networks(
    programme: Programme, rows: list[Row], participations: dict[Any, Participation], cohorts: dict[str, Cohort]
) -> None:
    describe = _numbered_networks if programme.slug == "kvalitetskommuner" else _themed_networks
    described = dict(describe(rows, cohorts))
    found = ensured(
        Network,
        ("programme_id", "slug"),
        (network | {"programme_id": programme.pk} for network in described.values()),
    )
    memberships = (
        {
            "network_id": found[programme.pk, described[key]["slug"]].pk,
            "participation_id": participations[_unit(row)].pk,
            "is_certain": row.get("network_certain") != "false",
            "note": _through(row),
        }
        for row in rows
        if (key := _network_key(row))
    )
    ensured(NetworkMembership, ("network_id", "participation_id"), memberships)


def _network_key(row: Row) -> tuple[str, str] | None:
    name = row["network_id"] if "network_id" in row else row["network_block"]
    return (row["cohort"], name) if name else None


def _numbered_networks(rows: list[Row], cohorts: dict[str, Cohort]) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Networks of the first programme are known by number, or else by their first member."""
    for row in rows:
        cohort, number = cohorts[row["cohort"]], row["network_number"]
        first = next(one["name"] for one in rows if _network_key(one) == _network_key(row))
        name = f"{cohort.name}, nettverk {number}" if number else f"{cohort.name}, nettverk med {first}"
        yield (
            _network_key(row),
            {
                "cohort": cohort,
                "slug": slug_of(name),
                "name": name,
                "number": int(number) if number else None,
                "number_basis": row["network_number_basis"],
            },
        )


def _themed_networks(rows: list[Row], cohorts: dict[str, Cohort]) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Networks of the second programme have names and themes."""
    for network in read_data("saman_om_networks.csv"):
        cohort = cohorts[network["cohort"]]
        yield (
            (network["cohort"], network["network_id"]),
            {
                "cohort": cohort,
                "slug": slug_of(f"{cohort.slug}-{network['network_name']}"),
                "name": network["network_name"],
                "themes": network["themes"].split(";"),
            },
        )


def _through(row: Row) -> str:
    """The joint body through which a municipality stands in the network."""
    if row["kind"] != "municipality" or not row["organisation_id"]:
        return ""
    bodies = {one["organisation_id"]: one["name"] for one in read_data("organisations.csv")}
    return f"Gjennom {bodies[row['organisation_id']]}."
