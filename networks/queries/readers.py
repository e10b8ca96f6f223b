"""Who is written to, and who may be chosen."""

from datetime import date

from django.db.models import Q

from municipalities.models import MunicipalityChange, RoleAssignment, User
from municipalities.permissions import Role
from programmes.models import Participation

from ..models.reach import CARRIED_ON

SECRETARIAT = (Role.ADVISER, Role.ADMINISTRATOR, Role.NETWORK_LEADER)


def project_leaders_of(participation: Participation, today: date) -> list[User]:
    """Those who lead the project today, also of the municipality that the participant has become."""
    if participation.organisation_id:
        joint = participation.organisation_id
        concerned = Q(organisation=joint) | Q(municipality__organisations=joint)
    else:
        concerned = Q(municipality__in=successors({participation.municipality_id} - {None}, today))
    roles = RoleAssignment.objects.valid_on(today).filter(concerned, role=Role.PROJECT_LEADER)
    return list(User.objects.filter(role_assignments__in=roles, is_active=True).distinct().order_by("name", "pk"))


def successors(ids: set[int], today: date) -> set[int]:
    """These municipalities and what they have become by today."""
    found, newest = set(ids), set(ids)
    while newest:
        changes = MunicipalityChange.objects.filter(predecessor__in=newest, kind__in=CARRIED_ON, happened_on__lte=today)
        newest = set(changes.values_list("successor", flat=True)) - found
        found |= newest
    return found


def secretariat(today: date):
    """Those who may visit, and who may own what is agreed: by name."""
    roles = RoleAssignment.objects.valid_on(today).filter(role__in=SECRETARIAT)
    return User.objects.filter(role_assignments__in=roles, is_active=True).distinct().order_by("name", "pk")


def secretariat_or(today: date, *others: User):
    """The same, and these, who may have left since they were chosen."""
    return User.objects.filter(
        Q(pk__in=secretariat(today).values("pk")) | Q(pk__in=[one.pk for one in others])
    ).order_by("name", "pk")
