from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from correspondence.kinds import NAMES
from correspondence.letters import SENDERS, register

# What the e-mails of the programmes are called in the correspondence.
MESSAGES = {
    "programmes.access_declined": _("Declined access to apply"),
    "programmes.access_given": _("Access to apply"),
    "programmes.application_receipt": _("Receipt of an application"),
    "programmes.asked_to_confirm": _("Question whether you apply with others"),
    "programmes.consent_link": _("Link for a local party"),
    "programmes.meeting_called": _("Call to a meeting"),
    "programmes.meeting_cancelled": _("Cancelled meeting"),
    "programmes.meeting_moved": _("Changed meeting"),
    "programmes.round_extended": _("Moved deadline"),
    "programmes.round_invitation": _("Invitation to apply"),
    "programmes.more_asked": _("Question about an application"),
    "programmes.grant_report_returned": _("Returned report on a grant"),
}


class ProgrammesConfig(AppConfig):
    name = "programmes"
    verbose_name = _("Programmes")

    def ready(self):
        # Models exist only now, so what needs them cannot be imported at the top.
        sender_name = import_module("programmes.letterheads").sender_name
        if sender_name not in SENDERS:
            SENDERS.append(sender_name)
        for kind in import_module("programmes.letters").KINDS:
            register(kind)
        NAMES.update(MESSAGES)
