"""Tell the workers at once that a job waits, when there is a broker; it may be away.

The bell carries the job's number and nothing else. A bell nobody hears costs some seconds: the
sweep rings again (`jobs.tasks.sweep`), or the polling worker finds the row.
"""

import logging
import threading
import time

from celery import current_app
from django.conf import settings

logger = logging.getLogger(__name__)

PATIENCE_SECONDS = 1.5
QUIET_SECONDS = 5.0
_TRANSPORT = {
    "socket_connect_timeout": 1,
    "socket_timeout": 1,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
}


class _Broker:
    """Remembers when the broker was last found away, so that many bells do not wait in turn."""

    quiet_until = 0.0


def ring(job_id: int, *, expires: float | None = None) -> bool:
    """Ring for one job; False when nobody could be reached. Takes at most `PATIENCE_SECONDS`."""
    if not getattr(settings, "REDIS_URL", "") or time.monotonic() < _Broker.quiet_until:
        return False
    heard: list[bool] = []
    thread = threading.Thread(target=_send, args=(job_id, expires, heard), daemon=True)
    thread.start()
    thread.join(PATIENCE_SECONDS)
    if not heard:
        _Broker.quiet_until = time.monotonic() + QUIET_SECONDS
        logger.warning("no broker to ring for job %s; the sweep will find it", job_id)
    return bool(heard)


def _send(job_id: int, expires: float | None, heard: list[bool]) -> None:
    """In a thread of its own: looking up a host's name knows no time limit."""
    try:
        with current_app.connection(transport_options=_TRANSPORT) as connection:
            current_app.send_task("jobs.ring", args=[job_id], connection=connection, retry=False, expires=expires)
    except Exception as error:  # whatever a broker that is away looks like
        logger.info("the broker did not answer: %s", type(error).__name__)
    else:
        heard.append(True)
