"""One small world for the access table: a reader of each kind, what is theirs, and what is a stranger's."""

from dataclasses import dataclass
from datetime import date

from municipalities.actions.people import invite
from municipalities.models import Invitation, Municipality, User
from jobs.models import Job
from networks.models import Network, NetworkMembership, NetworkPost
from programmes.models import Cohort, Programme
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

LONG_AGO = date(2007, 1, 1)


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
    return World(
        users, own, stranger, programme, hidden, cohort, hidden_cohort, network, strange, invitation, job
    )


def network_of(programme: Programme, cohort: Cohort, municipality: Municipality) -> Network:
    """A network with that one municipality in it."""
    participation = ParticipationFactory(programme=programme, municipality=municipality)
    CohortMembershipFactory(cohort=cohort, participation=participation)
    network = Network.objects.create(
        programme=programme, cohort=cohort, slug=f"network-{municipality.number}", name=f"Nettverk {municipality}"
    )
    NetworkMembership.objects.create(network=network, participation=participation, starts_on=LONG_AGO)
    return network
