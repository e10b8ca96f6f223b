"""Celery as the doorbell of the jobs, when there is a Redis (`jobs.bell` and `jobs.tasks` say what it carries)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

SWEEP_SECONDS, HOUR_SECONDS = 10, 3600

app = Celery("pulje")
app.config_from_object("django.conf:settings", namespace="CELERY")
# what the settings say wins over these
app.add_defaults(
    {
        "accept_content": ["json"],
        "task_serializer": "json",
        "task_ignore_result": True,
        "worker_prefetch_multiplier": 1,  # a bell waits in the queue, where any free worker hears it
        "worker_hijack_root_logger": False,
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,  # a worker outlives any absence of Redis
        "beat_schedule": {
            "sweep": {"task": "jobs.sweep", "schedule": SWEEP_SECONDS, "options": {"expires": SWEEP_SECONDS}},
            "clean": {"task": "jobs.clean", "schedule": HOUR_SECONDS, "options": {"expires": HOUR_SECONDS}},
        },
    }
)
app.autodiscover_tasks()
