from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Composes the rooms; no room imports it."""

    name = "config"
    verbose_name = "Pulje"
