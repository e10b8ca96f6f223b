"""One small world for the access table: a reader of each kind, what is theirs, and what is a stranger's."""

import secrets
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.utils import timezone

from absence.calculations.periods import Period
from absence.models import Figure, ImportBatch, Suspicion
from jobs.models import Job
from municipalities.actions.people import invite
from municipalities.models import Invitation, Municipality, User
from networks.models import Network, NetworkMembership, NetworkPost
from programmes.models import Cohort, Participation, Programme
from reporting.models import Edition
from tests.access_table import ROLES
from tests.factories import (
    CohortFactory,
    CohortMembershipFactory,
    MunicipalityFactory,
    ParticipationFactory,
    ProgrammeFactory,
    person,
    steering_member,
)
from tests.gatherings.access_evaluations import Evaluations, evaluations_of
from tests.gatherings.access_gatherings import Gatherings, gatherings_of
from tests.networks.records import FollowUp, follow_up
from tests.programmes.records_assessment import Work
from tests.programmes.records_committees import Books, books_of, member_of
from tests.programmes.rounds import Admission, admission_of

LONG_AGO = date(2007, 1, 1)
WINDOW = Period.parse("2007Q4-2008Q3")


@dataclass
class World:
    users: dict[str, User | None]
    municipality: Municipality
    stranger: Municipality
    programme: Programme
    hidden_programme: Programme
    cohort: Cohort
    hidden_cohort: Cohort
    network: Network
    strange_network: Network
    invitation: Invitation
    job: Job
    batch: ImportBatch
    refused_batch: ImportBatch
    suspicion: Suspicion
    period: Period
    public_edition: Edition
    steering_edition: Edition
    draft: Edition

    @cached_property
    def books(self) -> Books:
        """Of the hidden programme; the steering member has a seat in its committee."""
        books = books_of(self.hidden_programme)
        member_of(books.committee, self.users["steering_member"])
        return books

    @cached_property
    def strange_books(self) -> Books:
        return books_of(self.programme)

    @cached_property
    def work(self) -> Work:
        """Applications, participants and grants of the public programme."""
        participations = self.programme.participations
        return Work(
            self.programme,
            participations.get(municipality=self.municipality),
            participations.get(municipality=self.stranger),
        )

    @cached_property
    def hidden_participation(self) -> Participation:
        return ParticipationFactory(programme=self.hidden_programme)

    @cached_property
    def follow_up(self) -> FollowUp:
        return follow_up(self.network, self.strange_network, self.users["adviser"])

    @cached_property
    def gatherings(self) -> Gatherings:
        places = (self.municipality, self.stranger)
        return gatherings_of(
            self.network, self.strange_network, self.hidden_programme, places, self.users["project_leader"]
        )

    @cached_property
    def evaluations(self) -> Evaluations:
        return evaluations_of(self)

    @cached_property
    def admission(self) -> Admission:
        leader = self.users["project_leader"]
        return admission_of(self.programme, self.cohort, self.municipality, self.stranger, leader)


def world() -> World:
    programme, hidden = ProgrammeFactory(), ProgrammeFactory(is_public=False)
    own, stranger = MunicipalityFactory(), MunicipalityFactory()
    users = {
        "anonymous": None,
        "public": person(),
        "project_leader": person("project_leader", municipality=own),
        "network_leader": person("network_leader"),
        "steering_member": steering_member(hidden),
        "adviser": person("adviser"),
        "administrator": person("administrator"),
    }
    assert tuple(users) == ROLES
    cohort, hidden_cohort = CohortFactory(programme=programme), CohortFactory(programme=hidden)
    network, strange = (network_of(programme, cohort, one) for one in (own, stranger))
    NetworkPost.objects.create(network=network, user=users["network_leader"], kind="leader", starts_on=LONG_AGO)
    invitation = invite(email="new@example.no", name="New", role="adviser", by=users["administrator"])
    job = Job.objects.create(kind="municipalities.send_invitation", asked_by=users["adviser"])
    batch, suspicion = a_held_figure(own, users["adviser"])
    refused = a_file(users["adviser"], "refused")
    for place in (own, stranger):
        a_figure(place, batch)
    editions = (
        edition(programme, is_public=True, **published()),
        edition(hidden, **published()),
        edition(programme, year=2009),
    )
    places = (own, stranger, programme, hidden, cohort, hidden_cohort, network, strange)
    return World(users, *places, invitation, job, batch, refused, suspicion, WINDOW, *editions)


def edition(programme: Programme, **values) -> Edition:
    return Edition.objects.create(programme=programme, **{"report": "annual", "year": 2008} | values)


def published() -> dict:
    """What makes an edition a published one."""
    pdf = SimpleUploadedFile("report.pdf", b"%PDF-")
    return {"state": "published", "published_at": timezone.now(), "sha256": "0" * 64, "pdf": pdf}


def a_file(adviser: User, state: str) -> ImportBatch:
    return ImportBatch.objects.create(
        vintage_on=LONG_AGO,
        file=SimpleUploadedFile("figures.csv", b"kommune;2008\n"),
        file_name="figures.csv",
        sha256=secrets.token_hex(32),
        state=state,
        uploaded_by=adviser,
        released_at=timezone.now() if state == "released" else None,
    )


def a_held_figure(municipality: Municipality, adviser: User) -> tuple[ImportBatch, Suspicion]:
    """An import that has been read and waits for an answer."""
    batch = a_file(adviser, "staged")
    suspicion = Suspicion.objects.create(
        batch=batch,
        rule="V4",
        code="too_high",
        params={"value": "97"},
        blocking=True,
        municipality=municipality,
        first_quarter=WINDOW.first,
    )
    return batch, suspicion


def network_of(programme: Programme, cohort: Cohort, municipality: Municipality) -> Network:
    """A network with that one municipality in it."""
    participation = ParticipationFactory(programme=programme, municipality=municipality)
    CohortMembershipFactory(cohort=cohort, participation=participation)
    network = Network.objects.create(
        programme=programme, cohort=cohort, slug=f"network-{municipality.number}", name=f"Nettverk {municipality}"
    )
    NetworkMembership.objects.create(network=network, participation=participation, starts_on=LONG_AGO)
    return network


def a_figure(municipality: Municipality, batch: ImportBatch) -> None:
    """Written past the release, by which alone figures come: this world has no file to read."""
    window = {"first_quarter": WINDOW.first, "quarters": WINDOW.quarters, "vintage_on": LONG_AGO}
    figure = Figure(municipality=municipality, source="PAI", batch=batch, row=2, column="B", rate=97000, **window)
    Model.save(figure, force_insert=True)
