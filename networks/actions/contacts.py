"""The contact log: a line is added, or taken away by whoever wrote it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from municipalities.models import AuditEvent
from networks.models import Contact
from programmes.models import Participation


@transaction.atomic
def log_contact(
    *, participation: Participation, kind: str, text: str, with_whom: str = "", at: datetime | None = None, by
) -> Contact:
    contact = Contact.objects.create(
        participation=participation, kind=kind, at=at or timezone.now(), who=by, with_whom=with_whom, text=text
    )
    AuditEvent.record("networks.contact", contact, by=by)
    return contact


@transaction.atomic
def remove_contact(contact: Contact, *, by) -> None:
    """The words stay in the audit trail."""
    AuditEvent.record("networks.contact_remove", contact, by=by, text=contact.text)
    contact.delete()
