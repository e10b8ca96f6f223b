from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from correspondence.kinds import NAMES
from programmes.timelines import LINES

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
        # Models exist only now, so what needs them cannot be imported at the top.
        attended = import_module("gatherings.timelines").gatherings_attended
        if attended not in LINES:
            LINES.append(attended)
        NAMES.update(MESSAGES)
