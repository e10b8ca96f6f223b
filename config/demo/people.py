"""One person for each role, to try the portal with. They exist in the demo only; everyone else is invited."""

from dataclasses import dataclass, field
from datetime import date

from allauth.account.models import EmailAddress
from django.db import transaction

from municipalities.models import AuditEvent, Municipality, RoleAssignment, User
from municipalities.permissions import Role
from networks.models import Network, NetworkPost
from programmes.models import Committee, CommitteeSeat

PASSWORD = "pulje-demo-2010"
# The network of the focus municipalities Fredrikstad, Mandal, Nord-Aurdal, Ringerike, Tana and Ullensaker.
NETWORK, MUNICIPALITY = "innsatskommuner-nettverk-med-fredrikstad", "0605"
_SINCE = date(2007, 1, 1)


@dataclass(frozen=True)
class DemoPerson:
    """``posts`` are kinds of `NetworkPost` in the demo network; no Norwegian subscriber's number begins with 1."""

    email: str
    name: str
    phone: str = ""
    role: Role | None = None
    municipality: str = ""
    posts: tuple[str, ...] = field(default=())


PEOPLE = (
    DemoPerson("administrator@pulje.example", "Alma Administrator", "10 20 30 41", Role.ADMINISTRATOR),
    DemoPerson("adviser@pulje.example", "Randi Rådgiver", "10 20 30 42", Role.ADVISER, posts=("adviser",)),
    DemoPerson(
        "network.leader@pulje.example", "Nils Nettverksleder", "10 20 30 43", Role.NETWORK_LEADER, posts=("leader",)
    ),
    DemoPerson("project.leader@pulje.example", "Petra Prosjektleder", "10 20 30 44", Role.PROJECT_LEADER, MUNICIPALITY),
    DemoPerson("steering.member@pulje.example", "Stein Styringsgruppe", "10 20 30 45", Role.STEERING_MEMBER),
    DemoPerson("public@pulje.example", "Pia Publikum"),
)


@transaction.atomic
def load_people() -> User:
    """Make those that are missing; give the adviser, in whose name the demo works."""
    for person in PEOPLE:
        if not User.objects.filter(email=person.email).exists():
            _make(person)
    return User.objects.get(email="adviser@pulje.example")


def _make(person: DemoPerson) -> None:
    user = User.objects.create_user(person.email, PASSWORD, name=person.name, phone=person.phone)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    AuditEvent.record("people.demo_account", user)
    if person.role:
        municipality = Municipality.objects.get(number=person.municipality) if person.municipality else None
        RoleAssignment.objects.create(user=user, role=person.role, municipality=municipality, starts_on=_SINCE)
    for kind in person.posts:
        NetworkPost.objects.create(network=Network.objects.get(slug=NETWORK), user=user, kind=kind)
    if person.role == Role.STEERING_MEMBER:
        for committee in Committee.objects.filter(kind=Committee.Kind.STEERING):
            CommitteeSeat.objects.create(committee=committee, user=user, holder="Demonstrasjon")
