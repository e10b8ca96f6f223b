from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from absence.followers import AFTER_RELEASE
from correspondence.kinds import NAMES


class ReportingConfig(AppConfig):
    name = "reporting"
    verbose_name = _("Reports")

    def ready(self):
        # Actions need models, which exist only now, so they cannot be imported at the top.
        offer = import_module("reporting.actions").offer_renewal
        if offer not in AFTER_RELEASE:
            AFTER_RELEASE.append(offer)
        NAMES["reporting.published"] = _("A new report")
