from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from correspondence.letters import SENDERS


class ProgrammesConfig(AppConfig):
    name = "programmes"
    verbose_name = _("Programmes")

    def ready(self):
        # Models exist only now, so what needs them cannot be imported at the top.
        sender_name = import_module("programmes.letterheads").sender_name
        if sender_name not in SENDERS:
            SENDERS.append(sender_name)
