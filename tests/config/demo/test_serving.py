"""The portal and its worker, started by one command and ended in good order."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 60


@pytest.fixture(scope="module")
def environment(tmp_path_factory) -> dict[str, str]:
    """A portal of its own: SQLite and no broker."""
    folder = tmp_path_factory.mktemp("portal")
    mine = {name: value for name, value in os.environ.items() if name != "REDIS_URL"}
    mine |= {"DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}", "MEDIA_ROOT": str(folder / "media")}
    for command in ("migrate", "createcachetable"):
        subprocess.run([sys.executable, "manage.py", command, "-v0"], cwd=ROOT, env=mine, check=True)
    return mine


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def serving(environment, port) -> Iterator[subprocess.Popen]:
    program = f"import sys; from config.demo.serving import serve; sys.exit(serve({port}))"
    process = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, env=environment)
    yield process
    process.kill()
    process.wait()


def answers(port: int) -> bool:
    try:
        with urlopen(f"http://localhost:{port}/health/", timeout=5) as answer:
            return answer.status == 200
    except (URLError, OSError):
        return False


def children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def within_patience(condition) -> bool:
    give_up_at = time.monotonic() + PATIENCE
    while not (met := condition()) and time.monotonic() < give_up_at:
        time.sleep(0.1)
    return met


@pytest.mark.parametrize("asked_by", [signal.SIGINT, signal.SIGTERM])
def test_the_portal_answers_and_ctrl_c_ends_web_and_worker(serving, port, asked_by):
    assert within_patience(lambda: answers(port))
    both = children(serving.pid)
    assert len(both) == 2
    serving.send_signal(asked_by)
    assert serving.wait(PATIENCE) == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in both)


def test_when_the_worker_dies_the_web_does_not_go_on_alone(serving, port):
    assert within_patience(lambda: answers(port))
    both = children(serving.pid)
    commands = {pid: Path(f"/proc/{pid}/cmdline").read_text() for pid in both}
    os.kill(next(pid for pid, command in commands.items() if "work" in command.split("\0")), signal.SIGKILL)
    assert serving.wait(PATIENCE) == 1
    assert not any(Path(f"/proc/{pid}").exists() for pid in both)


def test_a_port_that_is_taken_is_told_before_any_work_is_done(environment):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        command = [sys.executable, "manage.py", "demo", "--port", str(taken.getsockname()[1])]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "--port" in done.stderr
    assert done.stdout == ""
