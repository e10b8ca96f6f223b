"""An admission round with a municipality that applies, for tests."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from municipalities.models import Municipality, User
from programmes.actions.applying import begin_application, delete_draft
from programmes.actions.consents import add_consent, record_answer
from programmes.models import AccessRequest, AdmissionRound, Application, Cohort, PartyConsent, Programme, Submission
from programmes.queries.admission_apply import content_of
from tests.factories import CohortFactory, MunicipalityFactory, ProgrammeFactory, person

PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n%%EOF\n"
PARTIES = (("politicians", ""), ("management", ""), ("unions", "Fagforbundet"))
ANSWERS = {
    "focus_areas": ["presence"],
    "themes": ["care"],
    "challenges": "Fraværet er høyt i pleie og omsorg.",
    "wanted_results": "Flere på jobb.",
    "work_organisation": "Styringsgruppe av tre parter.",
    "absence_baseline_percent": "9,4",
    "absence_baseline_on": "2008-12-31",
    "absence_target_percent": "8,0",
    "absence_target_on": "2010-06-01",
    "decision_body": "Kommunestyret",
    "decision_on": "2009-01-10",
    "decision_case": "42/09",
    "contact_name": "Kari Leder",
    "contact_email": "kari@kommune.example",
}


@dataclass
class Scene:
    programme: Programme
    cohort: Cohort
    round: AdmissionRound
    municipality: Municipality
    leader: User
    adviser: User

    def url(self, name: str, *more) -> str:
        return reverse(f"programmes:{name}", args=[self.programme.slug, self.round.slug, *more])


def scene(**of_round) -> Scene:
    """An announced round that is open for ten days, a project leader, an adviser."""
    programme, municipality = ProgrammeFactory(), MunicipalityFactory()
    cohort = CohortFactory(programme=programme)
    made = a_round(programme, cohort, **of_round)
    leader, adviser = person("project_leader", municipality=municipality), person("adviser")
    return Scene(programme, cohort, made, municipality, leader, adviser)


def a_round(programme: Programme, cohort: Cohort, **values) -> AdmissionRound:
    now = timezone.now()
    return AdmissionRound.objects.create(
        **{
            "programme": programme,
            "cohort": cohort,
            "slug": f"round-{programme.admission_rounds.count() + 1}",
            "title": {"nb": "Opptak 2009", "nn": "Opptak 2009 på nynorsk"},
            "invitation": {"nb": "## Bli med\n\nVi **inviterer**.", "nn": "## Ver med\n\nVi **inviterer** dykk."},
            "focus_areas": [{"slug": "presence", "nb": "Nærvær", "nn": "Nærvær"}],
            "themes": [
                {"slug": "care", "nb": "Omsorg", "nn": "Omsorg"},
                {"slug": "school", "nb": "Skole", "nn": "Skule"},
            ],
            "opens_at": now - timedelta(days=10),
            "closes_at": now + timedelta(days=10),
            "announced_at": now - timedelta(days=11),
            **values,
        }
    )


def begun(found: Scene, place=None, by=None) -> Application:
    return begin_application(found.round, place=place or found.municipality, by=by or found.leader)


def filled(application: Application, **other) -> Application:
    """All that the form asks for, written past it."""
    for name, value in (ANSWERS | other).items():
        text = value.replace(",", ".") if name.endswith("_percent") and value else value
        setattr(application, name, text)
    application.decision_file = SimpleUploadedFile("vedtak.pdf", PDF)
    application.decision_file_name = "vedtak.pdf"
    application.save()
    application.refresh_from_db()
    return application


def consented(application: Application, by: User, answer: str = "yes") -> Application:
    """Every party of every applicant has answered to the text as it stands."""
    for applicant in application.applicants.all():
        for party, union in PARTIES:
            one = add_consent(applicant, party=party, union_name=union, person_name=f"{party} person", by=by)
            record_answer(one, answer=answer, answered_on=date(2009, 1, 12), comment="i møte", by=by)
    return application


def ready(found: Scene) -> Application:
    """An application that lacks nothing."""
    return consented(filled(begun(found)), found.leader)


def signed_in(user: User | None) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    return client


@dataclass
class Admission:
    """What stands in the access table's world: a project leader's draft and a sent application, and a stranger's."""

    round: AdmissionRound
    earlier: AdmissionRound
    preparing: AdmissionRound
    draft: Application
    deleted: Application
    sent: Application
    strange: Application
    asked: AccessRequest
    consent: PartyConsent

    def sent_arguments(self, *more) -> list:
        return [self.round.programme.slug, self.earlier.slug, self.sent.pk, *more]

    def draft_arguments(self, *more) -> list:
        return [self.round.programme.slug, self.round.slug, self.draft.pk, *more]

    def applicant_arguments(self) -> list:
        return self.draft_arguments(self.draft.applicants.get().pk)

    def strange_applicant_arguments(self) -> list:
        return [self.round.programme.slug, self.round.slug, self.strange.pk, self.strange.applicants.get().pk]

    def consent_arguments(self) -> list:
        return self.draft_arguments(self.consent.pk)

    def consent_file_arguments(self) -> list:
        """The draft gets the file that the link opens."""
        application = self.consent.application
        application.decision_file = SimpleUploadedFile("vedtak.pdf", PDF)
        application.save(update_fields=["decision_file"])
        return [self.consent.token]


def admission_of(programme, cohort, municipality, stranger, leader) -> Admission:
    round_, earlier = a_round(programme, cohort), a_round(programme, cohort)
    found = Scene(programme, cohort, round_, municipality, leader, leader)
    deleted = begun(found)
    delete_draft(deleted, by=leader)
    draft = begun(found)
    consent = add_consent(
        draft.applicants.get(), party="management", person_name="Kari", email="kari@example.no", by=leader
    )
    sent = ready(Scene(programme, cohort, earlier, municipality, leader, leader))
    for number in (1, 2):
        content = content_of(sent) | {"consents": [], "challenges": f"Tekst {number}"}
        Submission.objects.create(
            application=sent,
            number=number,
            content=content,
            submitted_by=leader,
            sha256="0" * 64,
            receipt=SimpleUploadedFile("receipt.pdf", PDF),
        )
    Application.objects.filter(pk=sent.pk).update(state="resubmitted", submitted_at=timezone.now())
    asked = AccessRequest.objects.create(round=round_, name="Ny", email="ny@example.no", municipality=municipality)
    return Admission(
        round=round_,
        earlier=earlier,
        preparing=a_round(programme, cohort, announced_at=None),
        draft=draft,
        deleted=deleted,
        sent=sent,
        strange=begun(found, place=stranger),
        asked=asked,
        consent=consent,
    )
