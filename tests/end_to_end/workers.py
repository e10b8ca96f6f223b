"""A worker as in production: a process of its own, rung by Redis, on the test's database."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def worker(mails: Path, base_url: str) -> Iterator[None]:
    """Runs jobs inside the block; each e-mail becomes a file in the folder."""
    mails.mkdir()
    environment = os.environ | {
        "DATABASE_URL": "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**connection.settings_dict),
        "REDIS_URL": settings.REDIS_URL,
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "EMAIL_URL": f"filemail:///{mails}",
        "BASE_URL": base_url,
    }
    command = [sys.executable, "-m", "celery", "--app=config", "--quiet", "worker", "--concurrency=1"]
    command += ["--beat", f"--schedule={mails.parent / 'schedule'}"]
    with (mails.parent / "worker.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        yield
    finally:
        process.terminate()
        process.wait(20)
