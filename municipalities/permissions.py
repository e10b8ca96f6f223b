"""What each role may do: one table, asked by one decorator and one context processor.

Which *objects* a person may see is another question, answered by ``visible_to(user)`` on each QuerySet.
"""

from enum import StrEnum
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _


class Role(StrEnum):
    ADMINISTRATOR = "administrator"
    ADVISER = "adviser"
    NETWORK_LEADER = "network_leader"
    PROJECT_LEADER = "project_leader"
    STEERING_MEMBER = "steering_member"


ROLE_LABELS = {
    Role.ADMINISTRATOR: _("administrator"),
    Role.ADVISER: _("adviser"),
    Role.NETWORK_LEADER: _("network leader"),
    Role.PROJECT_LEADER: _("project leader"),
    Role.STEERING_MEMBER: _("steering member"),
}

# Everyone, also without signing in.
PUBLIC = frozenset({"programmes.view", "gatherings.view"})

SIGNED_IN = PUBLIC | {"jobs.view", "portal.search"}

# Those who answer for a municipality: its applications, its people at gatherings, what was agreed with it.
MUNICIPAL = {
    "municipalities.view",
    "networks.view",
    "absence.view",
    "admission.apply",
    "grants.view",
    "follow_up.view",
    "follow_up.report_done",
    "gatherings.register",
}

SECRETARIAT = SIGNED_IN | {
    "municipalities.view",
    "municipalities.edit",
    "municipalities.view_all",
    "programmes.edit",
    "programmes.view_all",
    "networks.view",
    "networks.edit",
    "networks.view_all",
    "absence.view",
    "absence.view_all",
    "absence.import",
    "absence.decide",
    "absence.release",
    "reporting.view",
    "reporting.view_drafts",
    "reporting.edit",
    "reporting.approve",
    "reporting.publish",
    "jobs.view_all",
    "jobs.retry",
    "correspondence.view",
    "correspondence.write",
    "correspondence.send",
    "admission.view",
    "admission.edit",
    "admission.assess",
    "admission.decide",
    "participation.edit",
    "grants.view",
    "grants.view_all",
    "grants.edit",
    "committees.view",
    "committees.view_all",
    "committees.edit",
    "accounts.view",
    "accounts.edit",
    "follow_up.view",
    "follow_up.view_all",
    "follow_up.edit",
    "follow_up.report_done",
    "gatherings.view_all",
    "gatherings.edit",
    "gatherings.register",
    "gatherings.take_attendance",
}

GRANTS: dict[Role, frozenset[str]] = {
    Role.ADMINISTRATOR: frozenset(SECRETARIAT | {"people.view", "people.invite", "people.edit", "audit.view"}),
    Role.ADVISER: frozenset(SECRETARIAT),
    Role.NETWORK_LEADER: frozenset(
        SIGNED_IN
        | {
            "municipalities.view",
            "networks.view",
            "absence.view",
            "follow_up.view",
            "follow_up.edit",
            "follow_up.report_done",
            "gatherings.take_attendance",
        }
    ),
    Role.PROJECT_LEADER: frozenset(SIGNED_IN | MUNICIPAL),
    Role.STEERING_MEMBER: frozenset(SIGNED_IN | {"reporting.view", "committees.view"}),
}


def granted(roles, *, signed_in: bool) -> frozenset[str]:
    """Everything that a person with these roles may do."""
    grants = SIGNED_IN if signed_in else PUBLIC
    return frozenset(grants).union(*(GRANTS[Role(role)] for role in roles))


def may(user, permission: str) -> bool:
    """Whether the user, signed in or not, may do it."""
    return permission in (user.permissions if user.is_authenticated else PUBLIC)


def requires(permission: str):
    """Let a view answer only those who may; 403 for others. Signing in is asked for by the middleware."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not may(request.user, permission):
                raise PermissionDenied(permission)
            return view(request, *args, **kwargs)

        guarded.required_permission = permission
        return guarded

    return decorate
