"""Load what sources print of visits and courses, and three visits made up so that the pages have something to show.

Of the visits of 2008–2010 the sources print numbers only. The three are marked as made up, and are counted nowhere.
"""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from config.demo.people import MUNICIPALITY, NETWORK
from config.demo.register import read_data
from config.demo.register_records import day
from config.demo.rows import ensured
from municipalities.models import User
from networks.models import ActionPoint, Network, NetworkPost, StatedActivity, Visit, VisitParticipant
from networks.states import MADE, PLANNED, WRITTEN_UP
from programmes.models import LocalParty, Participation, Programme

PROGRAMME = "kvalitetskommuner"
MADE_UP = "Laget for demonstrasjonen. "


@transaction.atomic
def load_visits() -> None:
    """Idempotent; after the people, in whose names the visits are made."""
    programme = Programme.objects.get(slug=PROGRAMME)
    rows = (_stated(programme, row) for row in read_data("visits_and_courses.csv"))
    ensured(StatedActivity, ("programme_id", "key", "period_from", "period_to"), rows)
    if not Visit.objects.filter(is_generated=True).exists():
        _made_up_visits(programme)


def _stated(programme: Programme, row: dict[str, str]) -> dict:
    return {
        "programme_id": programme.pk,
        "key": row["key"],
        "period_from": day(row["period_from"]),
        "period_to": day(row["period_to"]),
        "value": Decimal(row["value"]) if row["value"] else None,
        "unit": row["unit"],
        "qualifier": row["qualifier"],
        "source": row["source"],
        "item": {language: row[f"item_{language}"] for language in ("nb", "nn", "en")},
        "remark": {language: row[f"remark_{language}"] for language in ("nb", "nn", "en") if row["remark_nb"]},
    }


def _made_up_visits(programme: Programme) -> None:
    adviser = User.objects.get(email="adviser@pulje.example")
    network = Network.objects.get(programme=programme, slug=NETWORK)
    own = Participation.objects.get(programme=programme, municipality__number=MUNICIPALITY)
    others = network.memberships.exclude(participation=own).select_related("participation").order_by("participation")
    _written(own, network, adviser)
    _visit(others[0].participation, adviser, date(2010, 3, 9), MADE, "Rådhuset")
    _visit(others[1].participation, adviser, date(2010, 6, 22), PLANNED, "Rådhuset")


def _visit(participation: Participation, adviser: User, on: date, state: str, place: str, **values) -> Visit:
    visit = Visit.objects.create(
        participation=participation,
        state=state,
        planned_on=on,
        made_on=None if state == PLANNED else on,
        place=place,
        purpose=MADE_UP + "Status i arbeidet og veien videre.",
        saved_by=adviser,
        is_generated=True,
        **values,
    )
    visit.advisers.add(adviser)
    return visit


def _written(participation: Participation, network: Network, adviser: User) -> None:
    """Written up and shared, with one task done, one open for the municipality and one for the adviser."""
    at = timezone.make_aware(datetime(2009, 10, 16, 14, 32))
    visit = _visit(
        participation,
        adviser,
        date(2009, 10, 14),
        WRITTEN_UP,
        "Rådhuset",
        topics=["sickness_absence"],
        other_topics="partssamarbeid",
        expected_of_municipality="Partene møtes hver måned, og målet for nærvær er kjent på alle arbeidsplasser.",
        expected_of_programme="Råd om oppfølging av sykmeldte, og møteplasser med kommuner som har kommet lenger.",
        findings=MADE_UP + "Ordfører, rådmann og tillitsvalgte arbeider tett sammen. Lederne i omsorg savner tid.",
        written_up_at=at,
        written_up_by=adviser,
        shared_at=at,
        shared_by=adviser,
        saved_at=at,
    )
    for party, who, count in (
        (LocalParty.POLITICIANS, "Ordføreren", 1),
        (LocalParty.MANAGEMENT, "Rådmannen og lederne i omsorg", 4),
        (LocalParty.UNIONS, "Hovedtillitsvalgte", 3),
    ):
        VisitParticipant.objects.create(visit=visit, party=party, who=who, count=count)
    municipal = {
        "visit": visit,
        "side": ActionPoint.Side.MUNICIPALITY,
        "owner_text": "Prosjektlederen",
        "agreed_at": at,
    }
    done = {"done_at": timezone.make_aware(datetime(2009, 12, 1, 9, 5)), "done_by": adviser}
    ActionPoint.objects.create(
        text="Sette nærvær på dagsordenen i partsmøtene", due_on=date(2009, 12, 1), **municipal, **done
    )
    ActionPoint.objects.create(
        text="Lage en plan for oppfølging av sykmeldte i omsorg", due_on=date(2010, 2, 1), **municipal
    )
    ActionPoint.objects.create(
        visit=visit,
        text="Sende eksempler på planer fra andre kommuner",
        side=ActionPoint.Side.SECRETARIAT,
        network=network,
        post=NetworkPost.Kind.ADVISER,
        due_on=date(2009, 11, 1),
        agreed_at=at,
    )
