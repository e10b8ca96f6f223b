"""A private PostgreSQL and a private Redis for as long as one command runs.

    python tests/servers.py COMMAND…

The command gets ``DATABASE_URL`` and ``REDIS_URL``; both servers listen on loopback on free ports, keep their data in
one temporary folder and are gone with it afterwards. Works as an ordinary user and as root (PostgreSQL refuses root,
so it then runs as ``postgres``).
"""

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

PATIENCE_SECONDS = 30
# The data live no longer than the command: durability would only cost time.
NEW_CLUSTER = [
    *("--username=pulje", "--auth=scram-sha-256", "--encoding=UTF8", "--no-sync"),
    *("--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=nb-NO"),
]
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@contextlib.contextmanager
def servers() -> Iterator[dict[str, str]]:
    """Give the environment that points at the two running servers."""
    with (
        tempfile.TemporaryDirectory(prefix="pulje-", ignore_cleanup_errors=True) as folder,
        postgresql(Path(folder) / "postgresql") as database_url,
        redis(Path(folder) / "redis") as redis_url,
    ):
        yield {"DATABASE_URL": database_url, "REDIS_URL": redis_url}


@contextlib.contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """Start a new cluster that sorts as Norwegians do, and give its address."""
    server_user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    folder.mkdir()
    password_file = folder / "password"
    password_file.write_text(password := secrets.token_hex())
    if server_user:
        # A temporary folder lets nobody else through, and PostgreSQL must reach its own inside it.
        folder.parent.chmod(folder.parent.stat().st_mode | 0o011)
        for path in (folder, password_file):
            shutil.chown(path, "postgres", "postgres")
    programs, data, port = postgresql_programs(), folder / "data", free_port()
    subprocess.run(
        [programs / "initdb", f"--pgdata={data}", *NEW_CLUSTER, f"--pwfile={password_file}"],
        check=True,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        **server_user,
    )
    settings = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": folder, **FORGETFUL}
    command = [programs / "postgres", "-D", data, *(f"--{name}={value}" for name, value in settings.items())]
    with running(command, folder, stop=signal.SIGINT, **server_user) as alive:
        ready = [programs / "pg_isready", "--quiet", "--host=127.0.0.1", f"--port={port}"]
        wait_until(lambda: subprocess.run(ready, check=False).returncode == 0, alive, folder)
        yield f"postgres://pulje:{password}@127.0.0.1:{port}/postgres"


def postgresql_programs() -> Path:
    """The folder of the newest PostgreSQL server; Debian keeps it off the PATH."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return max(versions, key=lambda program: int(program.parts[-3])).parent


@contextlib.contextmanager
def redis(folder: Path) -> Iterator[str]:
    """Start a Redis that saves nothing, and give its address."""
    folder.mkdir()
    port = free_port()
    command = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", str(folder)]
    with running(command, folder, stop=signal.SIGTERM) as alive:
        wait_until(lambda: listens(port), alive, folder)
        yield f"redis://127.0.0.1:{port}/0"


@contextlib.contextmanager
def running(command: list, folder: Path, stop: signal.Signals, **who) -> Iterator[Callable[[], bool]]:
    """Keep a server running inside the block; give a function that tells whether it still lives."""
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, start_new_session=True, **who) as server,
    ):
        try:
            yield lambda: server.poll() is None
        finally:
            server.send_signal(stop)


def wait_until(ready: Callable[[], bool], alive: Callable[[], bool], folder: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not ready():
        if not alive() or time.monotonic() > deadline:
            raise RuntimeError(f"The server did not start:\n{(folder / 'log').read_text()}")
        time.sleep(0.05)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def listens(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def main(command: list[str]) -> int:
    # A terminated run must still stop its servers.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    with servers() as addresses, subprocess.Popen(command, env={**os.environ, **addresses}) as child:
        try:
            return child.wait()
        except (KeyboardInterrupt, SystemExit):
            child.terminate()
            raise


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
