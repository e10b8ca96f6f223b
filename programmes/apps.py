from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from correspondence.kinds import NAMES
from correspondence.letters import SENDERS, register

# What the e-mails of the programmes are called in the correspondence.
MESSAGES = {
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
