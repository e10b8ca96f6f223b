"""A programme made up for the demonstration, with a round that is open and applications an adviser has to assess.

The sources at hand tell who took part in the two historic programmes, not what was applied with. So that nothing made
up stands among what happened, it has a programme of its own, and says so in its name.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pikepdf
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from municipalities.models import AuditEvent, Municipality, RoleAssignment, User
from municipalities.permissions import Role
from programmes.actions.admission_rounds import announce, create_round, set_criteria
from programmes.actions.application_steps import take_step
from programmes.actions.applying import attach_decision, begin_application, save_step, submit
from programmes.actions.assessment import Mark, hand_in, save_assessment
from programmes.actions.committees import add_item, save_meeting
from programmes.actions.consents import add_consent, record_answer
from programmes.calculations.application_content import STEP_FIELDS, step_sha256
from programmes.models import (
    AdmissionRound,
    AgendaItem,
    Application,
    Cohort,
    Committee,
    LocalParty,
    Meeting,
    Programme,
)
from programmes.queries.admission_apply import content_of

PROGRAMME = "demonstrasjon"
YEARS = 4
PHONE = "10 20 30 46"
TITLE = {"nb": "Opptak til pulje 1", "nn": "Opptak til pulje 1", "en": "Admission to cohort 1"}
PURPOSE = {
    "nb": "Laget for demonstrasjonen: et program med åpent opptak, så du kan prøve søknad, vurdering og vedtak.",
    "nn": "Laga for demonstrasjonen: eit program med ope opptak, så du kan prøve søknad, vurdering og vedtak.",
    "en": "Made up for the demonstration: a programme that is open for applications.",
}
INVITATION = {
    "nb": "Kommuner som vil arbeide for høyere kvalitet og lavere sykefravær, kan søke.\n\n"
    "Søknaden skal ha et **bindende resultatmål for sykefravær**, et politisk vedtak, og samtykke fra folkevalgte, "
    "ledelse og tillitsvalgte.",
    "nn": "Kommunar som vil arbeide for høgare kvalitet og lågare sjukefråvær, kan søkje.\n\n"
    "Søknaden skal ha eit **bindande resultatmål for sjukefråvær**, eit politisk vedtak, og samtykke frå folkevalde, "
    "leiing og tillitsvalde.",
    "en": "Municipalities that want better quality and lower sickness absence may apply.",
}
FOCUS = [
    {"slug": "absence", "nb": "Sykefravær", "nn": "Sjukefråvær", "en": "Sickness absence"},
    {"slug": "full-time", "nb": "Heltid", "nn": "Heiltid", "en": "Full-time work"},
    {"slug": "reputation", "nb": "Omdømme", "nn": "Omdømme", "en": "Reputation"},
]
CRITERIA = (
    ("Forankring hos de tre lokale partene", "Forankring hos dei tre lokale partane"),
    ("Mål som kan måles", "Mål som kan målast"),
    ("Plan for arbeidet", "Plan for arbeidet"),
)
# Number of the municipality, and the adviser's three scores; None is an application that waits to be assessed.
# The assessed are recommended: they wait for the committee, which met yesterday.
SENT_IN = (("3403", (5, 6, 4)), ("1506", (4, 2, 3)), ("5601", None))


@transaction.atomic
def load_admission(*, by: User) -> None:
    """Idempotent: there is one such round."""
    if Programme.objects.filter(slug=PROGRAMME).exists():
        return
    programme = _programme(timezone.localdate())
    AuditEvent.record("programmes.loaded", programme, by=by)
    admission_round = _round(programme, by)
    _let_project_leader_apply()
    for number, scores in SENT_IN:
        place = Municipality.objects.get(number=number, valid_to=None)
        application = _application(admission_round, place, _applicant(place))
        if scores:
            marks = [Mark(one, value) for one, value in zip(admission_round.criteria.all(), scores, strict=True)]
            save_assessment(application, marks=marks, advice="admit", comment="", by=by)
            hand_in(application, by=by)
            for state in (Application.State.ASSESSED, Application.State.RECOMMENDED):
                take_step(application, state, by=by)


def _programme(today: date) -> Programme:
    programme = Programme.objects.create(
        slug=PROGRAMME,
        name="Nærvær sammen (laget for demonstrasjonen)",
        short_name="Demonstrasjon",
        purpose=PURPOSE,
        starts_on=date(today.year, 1, 1),
        ends_on=date(today.year + YEARS, 12, 31),
    )
    Cohort.objects.create(programme=programme, slug="pulje-1", name="Pulje 1")
    political = {"nb": "Politisk kontaktmøte", "nn": "Politisk kontaktmøte", "en": "Political contact meeting"}
    committee = Committee.objects.create(programme=programme, slug="political", kind="political", name=political)
    for days, title in ((-1, "Opptak til pulje 1"), (75, "Opptak til pulje 1, søknader fra resten av fristen")):
        meeting = Meeting(committee=committee, held_on=today + timedelta(days=days), place="Oslo")
        meeting = save_meeting(meeting, seen_version=1, by=None)
        add_item(AgendaItem(meeting=meeting, title=title, proposal="Innstillingen vedtas."), by=None)
    return programme


def _round(programme: Programme, by: User) -> AdmissionRound:
    now = timezone.now()
    made = create_round(
        programme=programme,
        by=by,
        cohort=programme.cohorts.get(),
        title=TITLE,
        invitation=INVITATION,
        focus_areas=FOCUS,
        opens_at=_at(now - timedelta(days=30), 9),
        closes_at=_at(now + timedelta(days=60), 15),
        begins_on=now.date() + timedelta(days=120),
    )
    rows = [{"name": {"nb": nb, "nn": nn}, "guidance": {}} for nb, nn in CRITERIA]
    set_criteria(made, rows, by=by)
    announce(made, by=by)
    return made


def _at(instant: datetime, hour: int) -> datetime:
    return timezone.localtime(instant).replace(hour=hour, minute=0, second=0, microsecond=0)


def _let_project_leader_apply() -> None:
    """The project leader's municipality has another number today, and it is today's that can apply."""
    for role in RoleAssignment.objects.filter(user__email="project.leader@pulje.example").select_related(
        "municipality"
    ):
        same = Municipality.objects.filter(norwegian_name=role.municipality.norwegian_name, valid_to=None).first()
        if same:
            RoleAssignment.objects.create(user=role.user, role=role.role, municipality=same)


def _applicant(place: Municipality) -> User:
    """Somebody who writes for the municipality; nobody can sign in as that person."""
    email = f"project.leader.{place.number}@pulje.example"
    user = User.objects.create_user(email, name=f"Prosjektleder i {place}", phone=PHONE)
    AuditEvent.record("people.demo_account", user)
    RoleAssignment.objects.create(user=user, role=Role.PROJECT_LEADER, municipality=place)
    return user


def _application(admission_round: AdmissionRound, place: Municipality, by: User) -> Application:
    application = begin_application(admission_round, place=place, by=by)
    for step, values in _content(place).items():
        base = step_sha256(content_of(application), step)
        application = save_step(application, step, values, base=base, by=by)
    attach_decision(application, file=_decision(), name="vedtak.pdf", by=by)
    applicant = application.applicants.get()
    for party in LocalParty.values:
        consent = add_consent(
            applicant,
            party=party,
            person_name="Demonstrasjon",
            union_name="Fagforbundet" if party == LocalParty.UNIONS else "",
            by=by,
        )
        record_answer(consent, answer="yes", answered_on=timezone.localdate(), by=by)
    submit(application, by=by)
    application.refresh_from_db()
    return application


def _decision() -> ContentFile:
    """A page of the kind a municipality sends: the decision as a PDF."""
    page = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(page, deterministic_id=True)
    return ContentFile(page.getvalue(), name="vedtak.pdf")


def _content(place: Municipality) -> dict[str, dict]:
    today = timezone.localdate()
    values = {
        "focus_areas": ["absence"],
        "challenges": "Laget for demonstrasjonen. Sykefraværet er høyest i pleie og omsorg.",
        "wanted_results": "Færre og kortere fravær, og flere som jobber heltid.",
        "absence_baseline_percent": Decimal("9.6"),
        "absence_baseline_on": date(today.year - 1, 12, 31),
        "absence_target_percent": Decimal("8.4"),
        "absence_target_on": date(today.year + YEARS - 1, 12, 31),
        "work_organisation": "Styringsgruppe med alle de tre partene, og en prosjektleder i halv stilling.",
        "decision_body": "Kommunestyret",
        "decision_on": today - timedelta(days=20),
        "decision_case": "41/2",
        "contact_name": f"Prosjektleder i {place}",
        "contact_phone": PHONE,
    }
    return {
        step: {name: values[name] for name in fields if name in values}
        for step, fields in STEP_FIELDS.items()
        if any(name in values for name in fields)
    }
