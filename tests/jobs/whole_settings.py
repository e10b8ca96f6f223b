"""The portal's own settings with every room, and a short lease."""

from config.settings import *  # noqa: F403

JOB_LEASE_SECONDS = 2
CELERY_BEAT_SCHEDULE = {"sweep": {"task": "jobs.sweep", "schedule": 1, "options": {"expires": 1}}}
