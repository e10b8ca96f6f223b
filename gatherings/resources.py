"""Gatherings, registrations and costs as files."""

from tablib import Dataset

from municipalities.resources import neutral

from .queries.calendar import GatheringRow
from .queries.costs import CostYear
from .queries.registrations import RegistrationLine

CALENDAR = ("starts_on", "ends_on", "kind", "title", "audience", "place", "municipality_number", "status", "source")
REGISTRATIONS = ("number", "name", "email", "participant", "comes_as", "pays", "status", "waiting_position")
REGISTRATIONS += ("diet_and_needs", "registered_at", "present_at", "code")
COSTS = ("year", "starts_on", "title", "audience", "participants", "paid", "self_paying", "support_nok")


def calendar_table(rows: list[GatheringRow]) -> Dataset:
    table = Dataset(headers=CALENDAR)
    for row in rows:
        one = row.gathering
        number = one.place_municipality.number if one.place_municipality else ""
        days = (one.starts_on.isoformat(), one.ends_on.isoformat())
        texts = (one.title_text, row.audience, one.place, number, one.get_state_display(), one.source)
        table.append([*days, one.get_kind_display(), *map(neutral, map(str, texts))])
    return table


def registration_table(rows: list[RegistrationLine]) -> Dataset:
    table = Dataset(headers=REGISTRATIONS)
    for line in rows:
        one = line.registration
        place = one.participation.name if one.participation else ""
        texts = (one.name, one.email, place, one.get_delegate_display(), line.pays, one.get_state_display())
        came = one.attended_at.isoformat(timespec="minutes") if one.attended_at else ""
        at = one.registered_at.isoformat(timespec="minutes")
        table.append(
            [one.number, *map(neutral, map(str, texts)), line.position, neutral(one.needs), at, came, one.code]
        )
    return table


def cost_table(years: list[CostYear]) -> Dataset:
    table = Dataset(headers=COSTS)
    for year in years:
        for cost in year.rows:
            one = cost.row.gathering
            texts = (neutral(one.title_text), neutral(str(cost.row.audience)))
            numbers = (cost.participants, cost.paid, cost.self_paying, cost.support_nok)
            table.append([year.year, one.starts_on.isoformat(), *texts, *numbers])
    return table
