"""What may happen to people: invited, given roles, replaced, let go. Each act leaves an event in the audit trail."""

import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from jobs.actions import ask

from ..models import AuditEvent, Invitation, RoleAssignment, User
from ..models.people import new_token

INVITATION_DAYS = 30


class InvitationClosed(Exception):
    """The invitation has been used, withdrawn, or has lapsed."""


@transaction.atomic
def invite(*, email, name, role, municipality=None, organisation=None, language="nb", by) -> Invitation:
    """Make an invitation, and ask for the letter to be sent once this is committed."""
    invitation = Invitation.objects.create(
        email=email.lower(),
        name=name,
        role=role,
        municipality=municipality,
        organisation=organisation,
        language=language,
        invited_by=by,
        lapses_on=_lapses_on(),
    )
    AuditEvent.record("people.invited", invitation, by=by, role=role)
    _send(invitation, by)
    return invitation


@transaction.atomic
def resend_invitation(invitation: Invitation, *, by) -> None:
    """A new letter with a new address; the address of the old letter no longer opens anything."""
    _lock_open(invitation, also_lapsed=True)
    invitation.token, invitation.lapses_on = new_token(), _lapses_on()
    invitation.save(update_fields=["token", "lapses_on"])
    AuditEvent.record("people.invitation_resent", invitation, by=by)
    _send(invitation, by)


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by) -> None:
    _lock_open(invitation, also_lapsed=True)
    invitation.withdrawn_at, invitation.withdrawn_by = timezone.now(), by
    invitation.save(update_fields=["withdrawn_at", "withdrawn_by"])
    AuditEvent.record("people.invitation_withdrawn", invitation, by=by)


@transaction.atomic
def accept_invitation(invitation: Invitation, *, name, phone, password) -> User:
    """Make the account with the role invited to. That the letter arrived shows whose the address is."""
    _lock_open(invitation)
    user = User.objects.create_user(invitation.email, password, name=name, phone=phone, language=invitation.language)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    RoleAssignment.objects.create(
        user=user, role=invitation.role, municipality=invitation.municipality, organisation=invitation.organisation
    )
    invitation.accepted_at, invitation.accepted_by = timezone.now(), user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    AuditEvent.record("people.invitation_accepted", invitation, by=user)
    return user


@transaction.atomic
def give_role(user: User, *, role, municipality=None, organisation=None, starts_on=None, by) -> RoleAssignment:
    assignment = RoleAssignment.objects.create(
        user=user,
        role=role,
        municipality=municipality,
        organisation=organisation,
        starts_on=starts_on or timezone.localdate(),
    )
    AuditEvent.record("people.role_given", assignment, by=by, role=role)
    return assignment


@transaction.atomic
def end_role(assignment: RoleAssignment, *, last_day: datetime.date, by) -> None:
    """The role is good to the end of its last day; a last day before the first means that it never was."""
    assignment.ends_on = last_day
    assignment.save(update_fields=["ends_on"])
    AuditEvent.record("people.role_ended", assignment, by=by, last_day=last_day.isoformat())


@transaction.atomic
def replace(assignment: RoleAssignment, *, last_day, email, name, language, by) -> Invitation | RoleAssignment:
    """End a role and hand it to a successor, who has everything: what a role sees follows its municipality."""
    end_role(assignment, last_day=last_day, by=by)
    place = {"municipality": assignment.municipality, "organisation": assignment.organisation}
    if successor := User.objects.filter(email=email.lower(), is_active=True).first():
        return give_role(successor, role=assignment.role, **place, by=by)
    return invite(email=email, name=name, role=assignment.role, **place, language=language, by=by)


@transaction.atomic
def close_account(user: User, *, by) -> None:
    """Nobody signs in to it any more, and sessions that are open end with their next page."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    AuditEvent.record("people.account_closed", user, by=by)


@transaction.atomic
def reopen_account(user: User, *, by) -> None:
    user.is_active = True
    user.save(update_fields=["is_active"])
    AuditEvent.record("people.account_reopened", user, by=by)


@transaction.atomic
def change_profile(user: User, *, name, phone, language) -> None:
    user.name, user.phone, user.language = name, phone, language
    user.save(update_fields=["name", "phone", "language"])
    AuditEvent.record("people.profile_changed", user, by=user)


def change_language(user: User, language: str) -> None:
    """Not an event: it changes nothing for anybody else."""
    User.objects.filter(pk=user.pk).update(language=language)


def _lapses_on() -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=INVITATION_DAYS)


def _send(invitation: Invitation, by) -> None:
    ask(
        "municipalities.send_invitation",
        subject=f"{invitation._meta.label_lower}:{invitation.pk}",
        by=by,
        key=f"municipalities.send_invitation:{invitation.pk}",
        invitation=invitation.pk,
    )


def _lock_open(invitation: Invitation, *, also_lapsed: bool = False) -> None:
    """Hold the row and see it as it is now: of two who act at once, the second is told that it is too late."""
    fresh = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not fresh.is_pending or (fresh.has_lapsed and not also_lapsed) or fresh.token != invitation.token:
        raise InvitationClosed
    invitation.accepted_at, invitation.withdrawn_at = fresh.accepted_at, fresh.withdrawn_at
