"""Load the gatherings of the first programme, what sources say of their number and of the conferences; and one more.

The historic gatherings are held and have no registrations: no source names those who came. The one more is made up to
try the portal with, marked so, in the second programme, and lies ahead of the day it is loaded on.
"""

from datetime import time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from config.demo.register import read_data
from config.demo.register_records import day
from config.demo.rows import ensured, slug_of
from gatherings.calculations.delegation import SEVEN
from gatherings.models import Gathering, Session, StatedAttendance, StatedGatheringCount
from municipalities.models import Municipality
from networks.models import Network
from programmes.models import Cohort, Programme

# Paid for each participant: seven by the rule, four of any kind at the conferences, none at those of 2010.
_ANYONE = {"quality_conference": 4, "absence_conference": 0}
_SUPPORT_NOK, _SUPPORTED = 20_000, ("pulje-1", "pulje-2")
_DAYS_AHEAD = 45
_DEMONSTRATION = "demonstrasjon"

Row = dict[str, str]


@transaction.atomic
def load_gatherings() -> None:
    """Idempotent: a second run adds nothing."""
    programme = Programme.objects.get(slug="kvalitetskommuner")
    cohorts = {one.slug: one for one in programme.cohorts.all()}
    found = _historic(programme, cohorts)
    _counts(programme, cohorts)
    _attendances(programme, found)
    _demonstration(Programme.objects.get(slug="saman-om"))


def _historic(programme: Programme, cohorts: dict[str, Cohort]) -> dict[str, Gathering]:
    """The gatherings by their key in the source; for whom they were is added where the row is new."""
    rows = read_data("gatherings.csv")
    known = set(programme.gatherings.exclude(source_key="").values_list("source_key", flat=True))
    municipalities = {one.number: one for one in Municipality.objects.order_by("valid_from")}
    described = (_described(programme, row, municipalities) for row in rows)
    ensured(Gathering, ("programme_id", "slug"), described)
    found = {one.source_key: one for one in programme.gatherings.exclude(source_key="")}
    networks = {(one.cohort_id, one.number): one for one in programme.networks.filter(number__isnull=False)}
    for row in rows:
        if row["gathering_id"] not in known:
            _audience(found[row["gathering_id"]], row, cohorts, networks)
    return found


def _described(programme: Programme, row: Row, municipalities: dict[str, Municipality]) -> dict[str, Any]:
    kind = row["kind"]
    supported = kind == "local_network" and row["cohort"] in _SUPPORTED
    return {
        "programme_id": programme.pk,
        "slug": slug_of(f"{row['start_date']}-{row['title_nb']}-{row['gathering_id']}"),
        "kind": kind,
        "is_for_all": row["cohort"] == "all",
        "title": {"nb": row["title_nb"], "nn": row["title_nn"]},
        "starts_on": day(row["start_date"]),
        "ends_on": day(row["end_date"]),
        "place": row["place"],
        "place_municipality": municipalities.get(row["municipality_number"]),
        "state": Gathering.State.HELD,
        "quota": {} if kind in _ANYONE else dict(SEVEN),
        "paid_per_participant": _ANYONE.get(kind, 7),
        "support_nok": _SUPPORT_NOK if supported else 0,
        "source": row["source"],
        "source_key": row["gathering_id"],
        "note": texts(row, "note"),
    }


def _audience(
    gathering: Gathering, row: Row, cohorts: dict[str, Cohort], networks: dict[tuple[int, int], Network]
) -> None:
    cohort = cohorts.get(row["cohort"])
    if cohort is None:
        return
    gathering.cohorts.add(cohort)
    if row["network"] and (network := networks.get((cohort.pk, int(row["network"])))):
        gathering.networks.add(network)


def _counts(programme: Programme, cohorts: dict[str, Cohort]) -> None:
    rows = (
        {
            "programme_id": programme.pk,
            "cohort_id": cohorts[row["cohort"]].pk if row["cohort"] in cohorts else None,
            "item": row["item"],
            "kind": row["kind"],
            "count": int(row["count"]),
            "count_to": int(row["count_to"]) if row["count_to"] else None,
            "qualifier": row["qualifier"],
            "source": row["source"],
            "remark": texts(row, "remark"),
        }
        for row in read_data("gathering_counts.csv")
    )
    ensured(StatedGatheringCount, ("programme_id", "item", "cohort_id"), rows)


def _attendances(programme: Programme, gatherings: dict[str, Gathering]) -> None:
    rows = (
        {
            "programme_id": programme.pk,
            "gathering": gatherings.get(row["gathering_id"]),
            "name": row["name"],
            "starts_on": day(row["start_date"]),
            "ends_on": day(row["end_date"]),
            "place": row["place"],
            "participants_count": number(row["participants"]),
            "qualifier": row["qualifier"],
            "municipalities_count": number(row["municipalities"]),
            "met_expectations_percent": row["met_expectations_percent"] or None,
            "parallel_sessions_count": number(row["parallel_sessions"]),
            "paid_per_participant": number(row["paid_per_participant"]),
            "source": row["source"],
            "remark": texts(row, "remark"),
        }
        for row in read_data("conference_attendance.csv")
    )
    ensured(StatedAttendance, ("programme_id", "name"), rows)


def _demonstration(programme: Programme) -> None:
    if programme.gatherings.filter(is_generated=True).exists():
        return
    first = timezone.localdate() + timedelta(days=_DAYS_AHEAD)
    gathering = Gathering.objects.create(
        programme=programme,
        slug=f"{first}-{_DEMONSTRATION}",
        kind=Gathering.Kind.CONFERENCE,
        is_for_all=True,
        is_generated=True,
        title={"nb": "Nærværskonferansen (demonstrasjon)", "nn": "Nærværskonferansen (demonstrasjon)"},
        text={
            "nb": "En oppdiktet konferanse, så du kan prøve påmelding, venteliste og oppmøte i portalen.",
            "nn": "Ein oppdikta konferanse, så du kan prøve påmelding, venteliste og oppmøte i portalen.",
        },
        themes=["nærvær", "partssamarbeid"],
        starts_on=first,
        ends_on=first + timedelta(days=1),
        starts_time=time(10),
        ends_time=time(15),
        place="Gardermoen",
        state=Gathering.State.ANNOUNCED,
        sequence=1,
        registration_opens_at=timezone.now(),
        capacity=60,
        paid_per_participant=4,
        self_cost_nok=2400,
    )
    for title_nb, title_nn, kind, on, begins, track in _SESSIONS:
        Session.objects.create(
            gathering=gathering,
            kind=kind,
            held_on=first + timedelta(days=on),
            starts_time=begins,
            track=track,
            title={"nb": title_nb, "nn": title_nn},
            capacity=30 if kind == Session.Kind.PARALLEL else None,
        )


_SESSIONS = (
    ("Velkommen", "Velkomen", "plenary", 0, time(10), ""),
    ("Hva gir nærvær?", "Kva gir nærvær?", "plenary", 0, time(10, 30), ""),
    ("Lunsj", "Lunsj", "break", 0, time(12), ""),
    ("Heltid i pleie og omsorg", "Heiltid i pleie og omsorg", "parallel", 0, time(13), "A"),
    ("Lederen og det første fraværet", "Leiaren og det fyrste fråværet", "parallel", 0, time(13), "B"),
    ("Tre parter, ett mål", "Tre partar, eitt mål", "plenary", 1, time(9), ""),
    ("Veien videre", "Vegen vidare", "plenary", 1, time(13), ""),
)


def texts(row: Row, name: str) -> dict[str, str]:
    return {language: row[f"{name}_{language}"] for language in ("nb", "nn", "en") if row[f"{name}_{language}"]}


def number(text: str) -> int | None:
    return int(text) if text else None
