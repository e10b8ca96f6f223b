"""The portal's own settings with nothing above the jobs but test handlers, and a short lease."""

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS

ROOMS_ABOVE = {"reporting", "gatherings", "projects", "absence", "networks", "programmes", "correspondence"}
# Workers are killed and started dozens of times here: without the admin's pages they start in half the time.
SLOW_TO_START = {"django.contrib.admin", "import_export"}
INSTALLED_APPS = [
    *(app for app in INSTALLED_APPS if app not in ROOMS_ABOVE | SLOW_TO_START),
    "django.contrib.admin.apps.SimpleAdminConfig",
    "tests.jobs.ledger",
]
ROOT_URLCONF = "jobs.urls"
JOB_LEASE_SECONDS = 2
CELERY_BEAT_SCHEDULE = {"sweep": {"task": "jobs.sweep", "schedule": 1, "options": {"expires": 1}}}
