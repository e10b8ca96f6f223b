"""The register, and the people."""

from .audit import AuditEvent
from .people import Invitation, RoleAssignment, User
from .register import County, Municipality, MunicipalityChange, Organisation, Population

__all__ = [
    "AuditEvent",
    "County",
    "Invitation",
    "Municipality",
    "MunicipalityChange",
    "Organisation",
    "Population",
    "RoleAssignment",
    "User",
]
