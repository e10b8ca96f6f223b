"""Servers that a test may take away and give back."""

import itertools
import os
import shlex
import signal
import subprocess
import time
from pathlib import Path
from typing import Self

import psycopg

from tests.servers import free_port, listens

PATIENCE_SECONDS = 60


class Cluster:
    """A running PostgreSQL: databases in it, and its restart on the same address with the same data."""

    def __init__(self, url: str, data: Path) -> None:
        self.base, self.data = url.rpartition("/")[0], data
        self.restarted: list[subprocess.Popen] = []
        self.numbers = itertools.count()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for server in self.restarted:
            server.send_signal(signal.SIGINT)
            server.wait(PATIENCE_SECONDS)

    def url(self, name: str) -> str:
        return f"{self.base}/{name}"

    def query(self, sql: str, name: str = "postgres") -> list[tuple]:
        with psycopg.connect(self.url(name), autocommit=True) as connection:
            cursor = connection.execute(sql)
            return cursor.fetchall() if cursor.description else []

    def create(self, name: str, template: str = "template1") -> str:
        self.query(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def create_copy(self, template: str) -> str:
        return self.create(f"copy_{next(self.numbers)}", template)

    def restart(self, away: float) -> None:
        """Stop at once, stay away for a while, come back."""
        server = int((self.data / "postmaster.pid").read_text().splitlines()[0])
        command = shlex.split((self.data / "postmaster.opts").read_text())
        os.kill(server, signal.SIGINT)
        wait_until(lambda: not (self.data / "postmaster.pid").exists())
        time.sleep(away)
        who = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
        with (self.data.parent / "log").open("ab") as log:
            self.restarted.append(
                subprocess.Popen(command, cwd=self.data.parent, stdout=log, stderr=log, start_new_session=True, **who)
            )
        wait_until(self._answers)

    def _answers(self) -> bool:
        try:
            return bool(self.query("SELECT 1"))
        except psycopg.OperationalError:
            return False


class Broker:
    """A Redis that keeps its port, and forgets everything when it is stopped."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.server: subprocess.Popen | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        command = ["redis-server", "--bind", "127.0.0.1", "--port", str(self.port), "--save", "", "--dir", self.folder]
        self.server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until(lambda: listens(self.port))

    def stop(self) -> None:
        if self.server is not None:
            self.server.kill()
            self.server.wait()
            self.server = None


def wait_until(ready) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not ready():
        assert time.monotonic() < deadline, "the server did not do as it was told"
        time.sleep(0.05)
