from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from municipalities.scopes import SCOPES


class NetworksConfig(AppConfig):
    name = "networks"
    verbose_name = _("Networks")

    def ready(self):
        # Models exist only now, so the module that needs them cannot be imported at the top.
        scope = import_module("networks.scopes").led_municipality_ids
        if scope not in SCOPES:
            SCOPES.append(scope)
