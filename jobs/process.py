"""Which process has a job: enough to see, on the same machine, that it is gone, before its lease runs out."""

import os
import socket
from typing import Any


def this_process() -> dict[str, Any]:
    """Plain JSON values that `is_gone` can judge later."""
    pid = os.getpid()
    return {"host": _host(), "pid": pid, "began": _began(pid)}


def is_gone(process: dict[str, Any]) -> bool:
    """Whether it has ended for certain; False for one of another machine, of which nothing can be told."""
    if not process or process.get("host") != _host():
        return False
    try:
        os.kill(process["pid"], 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass
    return process["began"] != _began(process["pid"])


def _host() -> str:
    """The machine, or the container: numbers of processes mean something within one only."""
    try:
        return f"{socket.gethostname()} {os.readlink('/proc/self/ns/pid')}"
    except OSError:
        return socket.gethostname()


def _began(pid: int) -> str:
    """When the process began, so that a number given anew is not taken for the old one; a dead one has none."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            state, *rest = file.read().rpartition(")")[2].split()
    except OSError:
        return ""
    return "gone" if state in "ZX" else rest[18]
