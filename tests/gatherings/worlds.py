"""A programme with a gathering, and those who come to it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from gatherings.models import Gathering, Registration
from municipalities.models import User
from networks.models import Network, NetworkMembership, NetworkPost
from programmes.models import Cohort, Participation, Programme
from tests.factories import CohortFactory, CohortMembershipFactory, MunicipalityFactory, ParticipationFactory, person

SINCE = date(2007, 1, 1)


def a_gathering(programme: Programme, **values) -> Gathering:
    """Announced, in a month, open for registration, for the whole programme."""
    first = timezone.localdate() + timedelta(days=30)
    number = Gathering.objects.count() + 1
    defaults = {
        "slug": f"samling-{number}",
        "kind": "central_network",
        "title": {"nb": f"Samling {number}"},
        "starts_on": first,
        "ends_on": values.get("starts_on", first) + timedelta(days=1),
        "state": "announced",
        "is_for_all": True,
        "registration_opens_at": timezone.now() - timedelta(days=1),
        "quota": {"politicians": 2, "management": 2, "unions": 2, "project_leader": 1},
    }
    return Gathering.objects.create(programme=programme, **(defaults | values))


def a_registration(gathering: Gathering, participation: Participation | None = None, **values) -> Registration:
    """Written past the action, with the next number."""
    number = gathering.next_number
    gathering.next_number += 1
    gathering.save()
    defaults = {
        "name": f"Deltaker {number}",
        "email": f"deltaker{number}@example.no",
        "delegate": "politicians",
        "number": number,
    }
    return Registration.objects.create(gathering=gathering, participation=participation, **(defaults | values))


@dataclass
class World:
    programme: Programme
    cohort: Cohort
    participation: Participation
    network: Network
    gathering: Gathering
    adviser: User
    leader: User
    network_leader: User


def world(**values) -> World:
    """A cohort with one municipality in one network, its project leader, and a gathering for the programme."""
    cohort = CohortFactory(programme__slug="programmet")
    municipality = MunicipalityFactory(name="Mandal")
    participation = ParticipationFactory(
        programme=cohort.programme, municipality=municipality, name="Mandal", slug="mandal"
    )
    CohortMembershipFactory(cohort=cohort, participation=participation)
    network = Network.objects.create(programme=cohort.programme, cohort=cohort, slug="sor", name="Nettverk Sør")
    NetworkMembership.objects.create(network=network, participation=participation, starts_on=SINCE)
    network_leader = person("network_leader")
    NetworkPost.objects.create(network=network, user=network_leader, kind="leader", starts_on=SINCE)
    return World(
        cohort.programme,
        cohort,
        participation,
        network,
        a_gathering(cohort.programme, **values),
        person("adviser"),
        person("project_leader", municipality=municipality),
        network_leader,
    )


def another_participant(cohort: Cohort, name: str = "Grue") -> tuple[Participation, User]:
    """Another municipality of the cohort, with its project leader."""
    municipality = MunicipalityFactory(name=name)
    found = ParticipationFactory(programme=cohort.programme, municipality=municipality, name=name, slug=name.lower())
    CohortMembershipFactory(cohort=cohort, participation=found)
    return found, person("project_leader", municipality=municipality)


def instant(text: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(text))
