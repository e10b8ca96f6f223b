from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from correspondence.kinds import NAMES
from municipalities.panels import PANELS
from municipalities.scopes import SCOPES
from programmes.timelines import LINES

# What the e-mails of the networks are called in the correspondence.
MESSAGES = {
    "networks.handover": _("Handover of a network"),
    "networks.visit_note": _("Note from a visit"),
}


class NetworksConfig(AppConfig):
    name = "networks"
    verbose_name = _("Networks")

    def ready(self):
        # Models exist only now, so the modules that need them cannot be imported at the top.
        for registry, module, function in (
            (SCOPES, "networks.scopes", "led_municipality_ids"),
            (PANELS, "networks.panels", "participation_panel"),
            (PANELS, "networks.panels", "follow_up_panel"),
            (LINES, "networks.timelines", "visits_made"),
        ):
            part = getattr(import_module(module), function)
            if part not in registry:
                registry.append(part)
        NAMES.update(MESSAGES)
