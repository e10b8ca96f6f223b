"""Serve the portal with a worker beside it, until Ctrl-C or until one of the two ends."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

GRACE_SECONDS = 12
_MANAGE = Path(__file__).resolve().parent.parent.parent / "manage.py"


def is_free(port: int) -> bool:
    """Whether nothing listens there yet."""
    with socket.socket() as mine:
        return mine.connect_ex(("localhost", port)) != 0


def serve(port: int) -> int:
    """Start gunicorn and the polling worker and wait; the exit code is 0 when a person stopped them."""
    # Static files are found where they lie; that nobody collected them is no news here.
    quiet = {"PYTHONWARNINGS": "ignore:No directory at"}
    environment = os.environ | quiet | {"BASE_URL": f"http://localhost:{port}"}
    web = [sys.executable, "-m", "gunicorn", "config.wsgi:application"]
    commands = (
        [*web, "--bind", f"localhost:{port}", "--workers", "2", "--log-level", "warning"],
        [sys.executable, str(_MANAGE), "work"],
    )
    asked: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda received, frame: asked.append(received))
    # Each in a session of its own: Ctrl-C reaches this process alone, which then ends both in good order.
    running = [
        subprocess.Popen(command, cwd=_MANAGE.parent, env=environment, start_new_session=True) for command in commands
    ]
    try:
        while not asked and all(process.poll() is None for process in running):
            time.sleep(0.2)
        return 0 if asked else 1
    finally:
        _end(running)


def _end(running: list[subprocess.Popen[bytes]]) -> None:
    for process in running:
        if process.poll() is None:
            process.terminate()
    for process in running:
        try:
            process.wait(timeout=GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
