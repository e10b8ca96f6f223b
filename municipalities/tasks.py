"""Letters to people, sent by the worker."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from jobs.registry import handler

from .models import Invitation


@handler("municipalities.send_invitation", title=_("Send an invitation"))
def send_invitation(run, invitation: int) -> None:
    """Send the letter in the transaction that says it is sent: a second worker can no longer send it again."""
    with run.finish() as result:
        found = Invitation.objects.select_related("invited_by", "municipality", "organisation").get(pk=invitation)
        result["sent"] = found.is_open
        if found.is_open:
            send_letter(found)


def send_letter(invitation: Invitation) -> None:
    path = reverse("people:accept_invitation", args=[invitation.token])
    with translation.override(invitation.language):
        values = {"invitation": invitation, "address": settings.BASE_URL.rstrip("/") + path}
        subject = render_to_string("municipalities/email/invitation_subject.txt", values).strip()
        message = render_to_string("municipalities/email/invitation_message.txt", values)
    send_mail(subject, message, None, [invitation.email])
