"""Rounds with applications that have been sent in, cases to decide in, and grants, for tests."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cached_property

from programmes.actions import assessment as actions
from programmes.actions.assessment import Mark
from programmes.models import (
    AdmissionRound,
    AgendaItem,
    Applicant,
    Application,
    Criterion,
    Grant,
    Participation,
    Payment,
    Programme,
    Submission,
)
from tests.factories import CohortFactory, MunicipalityFactory, person
from tests.programmes.records_committees import committee_of, item_of, meeting_of

SENT_AT = datetime(2008, 9, 1, 10, tzinfo=UTC)
FOCUS = [{"slug": "absence", "nb": "Sykefravær", "nn": "Sjukefråvær"}, {"slug": "quality", "nb": "Kvalitet"}]


def sent_round(programme: Programme | None = None, criteria: int = 2, **values) -> AdmissionRound:
    cohort = CohortFactory(**({"programme": programme} if programme else {}), starts_on=date(2009, 1, 1))
    round = AdmissionRound.objects.create(
        programme=cohort.programme,
        cohort=cohort,
        slug=cohort.slug,
        title={"nb": f"Opptak til {cohort}", "nn": f"Opptak til {cohort}"},
        focus_areas=FOCUS,
        **{
            "opens_at": datetime(2008, 6, 1, tzinfo=UTC),
            "closes_at": datetime(2008, 10, 1, tzinfo=UTC),
            "announced_at": datetime(2008, 6, 1, tzinfo=UTC),
            "begins_on": date(2009, 1, 1),
        }
        | values,
    )
    for at in range(criteria):
        Criterion.objects.create(round=round, position=at, name={"nb": f"Kriterium {at}"}, guidance={"nb": "Se etter."})
    return round


def sent_application(round: AdmissionRound, *places, state: str = "submitted", **values) -> Application:
    """Of these municipalities or organisations, the first leads; of a new municipality where none is named."""
    places = places or (MunicipalityFactory(),)
    application = Application.objects.create(
        round=round,
        state=state,
        **{
            "name": str(places[0]),
            "contact_name": "Kari Nordmann",
            "contact_email": "kari@example.no",
            "submitted_at": SENT_AT,
            "focus_areas": ["absence"],
            "challenges": "Mange går i små stillinger.",
            "absence_baseline_percent": Decimal("9.4"),
            "absence_baseline_on": date(2008, 6, 30),
            "absence_target_percent": Decimal("8.0"),
            "absence_target_on": date(2010, 6, 30),
        }
        | values,
    )
    for at, place in enumerate(places):
        kind = "municipality" if hasattr(place, "number") else "organisation"
        Applicant.objects.create(application=application, is_lead=at == 0, **{kind: place})
    Submission.objects.create(application=application, number=1, content={}, submitted_at=SENT_AT, sha256="0" * 64)
    application.steps.create(from_state="draft", to_state="submitted", at=SENT_AT)
    return application


def assessed(application: Application, adviser, *values: int | None, advice: str = "admit", hand_in: bool = True):
    """Scores on the criteria in their order."""
    criteria = list(application.round.criteria.all())
    values = values or (4,) * len(criteria)
    marks = [Mark(criterion, value) for criterion, value in zip(criteria, values, strict=True)]
    made = actions.save_assessment(application, marks=marks, advice=advice, comment="", by=adviser)
    return actions.hand_in(application, by=adviser) if hand_in else made


def recommended(round: AdmissionRound, *places, admit: bool = True, by=None, **values) -> Application:
    by = by or person("adviser")
    application = sent_application(round, *places, state="assessed", **values)
    application.steps.create(from_state="submitted", to_state="assessed", by=by)
    actions.recommend(application, admit=admit, reason="God søknad." if admit else "For tynn plan.", by=by)
    return application


def political_case(programme: Programme, number: int = 5, held_on: date = date(2008, 11, 20)) -> AgendaItem:
    found = programme.committees.filter(kind="political").first()
    meeting = meeting_of(found or committee_of(programme), held_on)
    return item_of(meeting, number, title="Opptak")


def grant_of(participation: Participation, *, sent: bool = True, **values) -> Grant:
    values = {
        "year": 2009,
        "amount_nok": Decimal(50000),
        "conditions": "- Bruk pengene på *prosjektet*.",
        "reporting_due_on": date(2010, 3, 1),
        "account_reference": f"2009-{participation.pk}",
        "letter_sent_at": SENT_AT if sent else None,
    } | values
    return Grant.objects.create(participation=participation, **values)


@dataclass
class Work:
    """What the access table needs: one of everything, of the world's own municipality and of the stranger's."""

    programme: Programme
    own: Participation
    strange: Participation

    @cached_property
    def round(self) -> AdmissionRound:
        return sent_round(self.programme)

    @cached_property
    def application(self) -> Application:
        return sent_application(self.round, self.own.municipality)

    @cached_property
    def grant(self) -> Grant:
        return grant_of(self.own)

    @cached_property
    def strange_grant(self) -> Grant:
        return grant_of(self.strange)

    @cached_property
    def payment(self) -> Payment:
        return self.grant.payments.create(amount_nok=Decimal(1000), paid_on=date(2009, 2, 1))
