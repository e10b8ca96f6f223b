"""The three local parties that stand behind what a municipality sends in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LocalParty(models.TextChoices):
    POLITICIANS = "politicians", _("elected politicians")
    MANAGEMENT = "management", _("management")
    UNIONS = "unions", _("unions")
