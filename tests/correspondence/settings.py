"""The settings of the tests that kill workers, with this room in them, and mail sent at once."""

from tests.jobs.settings import *  # noqa: F403
from tests.jobs.settings import INSTALLED_APPS

INSTALLED_APPS = ["correspondence", *INSTALLED_APPS]
DEFAULT_FROM_EMAIL = "Pulje <pulje@pulje.example>"
