"""Somebody without a role asks to apply for a municipality; an adviser answers."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from correspondence.actions import write
from municipalities.actions.people import give_role, invite
from municipalities.models import AuditEvent, User
from municipalities.permissions import Role
from programmes.models import AccessRequest

from .admission_rounds import address

EACH_ADDRESS_A_DAY = 3


class RequestAnswered(Exception):
    """Another adviser was first."""


@transaction.atomic
def ask_for_access(*, admission_round, name: str, email: str, municipality, language: str) -> None:
    """Write it down, once for each address while it waits. Nothing tells whether the address is known."""
    email = email.lower()
    lately = AccessRequest.objects.filter(email=email, asked_at__gte=timezone.now() - timedelta(days=1))
    if lately.count() >= EACH_ADDRESS_A_DAY:
        return
    _asked, is_new = AccessRequest.objects.get_or_create(
        round=admission_round,
        email=email,
        decided_at=None,
        defaults={"name": name, "municipality": municipality, "language": language},
    )
    if is_new:
        AuditEvent.record("admission.asked_access", admission_round, place=str(municipality))


@transaction.atomic
def approve_request(asked: AccessRequest, *, address_path: str, by) -> None:
    """The person gets the role for the municipality: by an invitation, or at once where there is an account."""
    _answer(asked, is_approved=True, by=by)
    user = User.objects.filter(email=asked.email, is_active=True).first()
    if user is None:
        invite(
            email=asked.email,
            name=asked.name,
            role=Role.PROJECT_LEADER,
            municipality=asked.municipality,
            language=asked.language,
            by=by,
        )
        return
    held = user.role_assignments.valid_on(timezone.localdate())
    if not held.filter(role=Role.PROJECT_LEADER, municipality=asked.municipality).exists():
        give_role(user, role=Role.PROJECT_LEADER, municipality=asked.municipality, by=by)
    write(
        f"admission-access:{asked.pk}",
        to=user,
        template="programmes/email/access_given.txt",
        context={"asked": asked, "round": asked.round, "address": address(address_path)},
        about=asked.round,
        by=by,
    )


@transaction.atomic
def decline_request(asked: AccessRequest, *, by) -> None:
    _answer(asked, is_approved=False, by=by)
    write(
        f"admission-access:{asked.pk}",
        to=asked.email,
        template="programmes/email/access_declined.txt",
        context={"asked": asked, "round": asked.round, "by": by},
        language=asked.language,
        about=asked.round,
        by=by,
    )


def _answer(asked: AccessRequest, *, is_approved: bool, by) -> None:
    fresh = AccessRequest.objects.select_for_update().get(pk=asked.pk)
    if fresh.decided_at is not None:
        raise RequestAnswered
    asked.decided_at, asked.decided_by, asked.is_approved = timezone.now(), by, is_approved
    asked.save(update_fields=["decided_at", "decided_by", "is_approved"])
    event = "admission.approved_access" if is_approved else "admission.declined_access"
    AuditEvent.record(event, asked.round, by=by, place=str(asked.municipality))
