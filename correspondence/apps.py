from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from .kinds import AFTER_SENDING


class CorrespondenceConfig(AppConfig):
    name = "correspondence"
    verbose_name = _("Letters and e-mail")

    def ready(self):
        # Actions need models, which exist only now, so they cannot be imported at the top.
        letters = import_module("correspondence.actions.letters")
        for follow in (letters.note_sent, letters.tell_kind):
            if follow not in AFTER_SENDING:
                AFTER_SENDING.append(follow)
