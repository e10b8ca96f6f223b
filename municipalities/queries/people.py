"""Lists of people and of what is on its way to becoming one."""

from django.db.models import Prefetch, Q
from django.utils import timezone

from ..models import AuditEvent, Invitation, Municipality, RoleAssignment, User
from .register import holding


def people(*, text: str = "", role: str = "", with_closed: bool = False):
    """People by name, each with ``roles_today``: the roles that hold today, with what they are for."""
    today = timezone.localdate()
    roles = RoleAssignment.objects.valid_on(today).select_related("municipality", "organisation")
    found = User.objects.prefetch_related(Prefetch("role_assignments", roles, to_attr="roles_today"))
    if not with_closed:
        found = found.filter(is_active=True)
    if text:
        found = found.filter(holding(text, "name", "email", "role_assignments__municipality__name")).distinct()
    if role:
        found = found.filter(role_assignments__in=RoleAssignment.objects.valid_on(today).filter(role=role)).distinct()
    return found.order_by("name", "pk")


def pending_invitations():
    """Invitations that are neither accepted nor withdrawn, newest first; those that have lapsed are among them."""
    pending = Invitation.objects.filter(accepted_at=None, withdrawn_at=None)
    return pending.select_related("municipality", "organisation", "invited_by").order_by("-invited_at")


def roles_of(person: User):
    return person.role_assignments.select_related("municipality", "organisation").order_by("-starts_on", "-pk")


def events_of(person: User):
    """What the person did, and what was done to the person's account."""
    subject = f"{person._meta.label_lower}:{person.pk}"
    return AuditEvent.objects.filter(Q(by=person) | Q(subject=subject)).select_related("by")


def events(*, text: str = ""):
    found = AuditEvent.objects.select_related("by")
    return found.filter(holding(text, "subject_text", "by__name")) if text else found


def municipalities_with_roles(day):
    """Those a role may be for: valid on the day, or no more but with a part in a programme. One query, by name."""
    valid = Municipality.objects.valid_on(day).values("pk")
    taking_part = Municipality.objects.filter(
        Q(participations__isnull=False) | Q(organisations__participations__isnull=False)
    ).values("pk")
    return Municipality.objects.filter(Q(pk__in=valid) | Q(pk__in=taking_part)).order_by("norwegian_name", "number")
