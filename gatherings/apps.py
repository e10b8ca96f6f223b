from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from correspondence.kinds import NAMES

# What the e-mails of the gatherings are called in the correspondence.
MESSAGES = {
    "gatherings.cancelled": _("Cancelled gathering"),
    "gatherings.confirmed": _("Confirmed place"),
    "gatherings.evaluation": _("Link to an evaluation"),
    "gatherings.evaluation_reminder": _("Reminder of an evaluation"),
    "gatherings.letter": _("Letter to a gathering"),
    "gatherings.moved": _("Moved gathering"),
    "gatherings.place": _("Place from the waiting list"),
    "gatherings.receipt": _("Receipt of a registration"),
}


class GatheringsConfig(AppConfig):
    name = "gatherings"
    verbose_name = _("Gatherings")

    def ready(self):
        NAMES.update(MESSAGES)
