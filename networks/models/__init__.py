"""Networks, who belongs to them and looks after them; visits, what was agreed, and every other contact."""

from .contact import Contact
from .handover import Handover
from .network import Network, NetworkMembership, NetworkPost
from .stated import StatedActivity
from .visit import ActionPoint, Visit, VisitDraft, VisitParticipant

__all__ = [
    "ActionPoint",
    "Contact",
    "Handover",
    "Network",
    "NetworkMembership",
    "NetworkPost",
    "StatedActivity",
    "Visit",
    "VisitDraft",
    "VisitParticipant",
]
