"""Letters to a gathering: written, looked at with the number of readers, and sent once."""

from django.db import transaction
from django.utils import timezone

from correspondence.actions import MessageDraft, write_many
from municipalities.models import AuditEvent

from ..models import Gathering, GatheringMail
from ..queries.audiences import readers_of
from .errors import NotPossible
from .letters import address_of


@transaction.atomic
def write_mail(gathering: Gathering, *, audience, subject, body, by) -> GatheringMail:
    mail = GatheringMail.objects.create(
        gathering=gathering, audience=audience, subject=subject, body=body, written_by=by
    )
    AuditEvent.record("gatherings.write_mail", mail, by=by)
    return mail


@transaction.atomic
def send_mail(mail: GatheringMail, *, by) -> GatheringMail:
    """To those who fit now, one letter to an address; NotPossible when it has been sent already."""
    locked = GatheringMail.objects.select_for_update().get(pk=mail.pk)
    if locked.sent_at is not None:
        raise NotPossible
    gathering = locked.gathering
    context = {"mail": locked, "gathering": gathering, "address": address_of(gathering)}
    drafts = [
        MessageDraft(
            key=f"gatherings.mail:{locked.pk}:{one.pk}",
            to=one.user or one.email,
            template="gatherings/email/letter.txt",
            context=context,
            language=one.registered_by.language if one.registered_by else None,
            about=gathering,
            reply_to=by.email,
        )
        for one in readers_of(gathering, locked.audience)
    ]
    write_many(drafts, title=locked.subject, about=gathering, by=by)
    locked.sent_at, locked.recipients_count = timezone.now(), len(drafts)
    locked.save(update_fields=["sent_at", "recipients_count"])
    AuditEvent.record("gatherings.send_mail", locked, by=by, recipients=len(drafts))
    return locked


@transaction.atomic
def drop_mail(mail: GatheringMail, *, by) -> None:
    """Throw away a letter that has not been sent."""
    locked = GatheringMail.objects.select_for_update().get(pk=mail.pk)
    if locked.sent_at is not None:
        raise NotPossible
    AuditEvent.record("gatherings.drop_mail", locked, by=by)
    locked.delete()
