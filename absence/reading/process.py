"""Runs the bounded child process and hands on its answers; whatever happens to it becomes an answer too."""

import json
import math
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

PATIENCE = 5  # how much longer than its work a child may take, waiting for the processor
_ROOT = Path(__file__).resolve().parents[2]
# Text is read with the standard library alone: without the installed packages the child starts quicker.
_FLAGS = {"workbook": ["-I"], "text": ["-I", "-S"]}
_START = "import sys; sys.path.insert(0, sys.argv[1]); from absence.reading.child_{} import main; main()"


@dataclass(frozen=True)
class Limits:
    """Bounds of one reading. Seconds are of the child's own work, so that a busy machine refuses no good file."""

    memory_mb: int = 512
    seconds: float = 8.0
    seconds_per_mb: float = 1.5  # of what a file is larger than two megabytes
    file_mb: int = 150
    errors: int = 100


USUAL = Limits()


def answers_of(path: str, task: Callable[[], dict[str, Any]], limits: Limits) -> Iterator[dict[str, Any]]:
    """The child's answers, the last of them ``{"end": …}`` or ``{"refused": problem}``.

    ``task`` is called once the child is on its way: it may take its time. When the loop is left early the child is
    ended. Raises OSError where the file cannot be found.
    """
    size = os.path.getsize(path)
    if size > limits.file_mb * 1_000_000:
        yield _refusal("file_too_large", megabytes=limits.file_mb)
        return
    seconds = limits.seconds + limits.seconds_per_mb * max(0, size / 1_000_000 - 2)
    bounds = {"memory_mb": limits.memory_mb, "cpu_seconds": math.ceil(seconds), "errors": limits.errors}
    child = _start(path)
    answers = cast(IO[bytes], child.stdout)
    try:
        _give(child, {"path": os.path.abspath(path), **bounds, **task()})
        for answer in _lines(answers, seconds * PATIENCE):
            if answer.get("refused", True) is None:
                break
            yield answer
            if "chunk" not in answer:
                return
        if child.wait() == -signal.SIGXCPU:
            raise TimeoutError
        yield _refusal("too_much_memory", megabytes=limits.memory_mb)
    except TimeoutError:
        yield _refusal("too_slow", seconds=round(seconds))
    finally:
        child.kill()
        child.wait()
        answers.close()


def _start(path):
    with open(path, "rb") as file:
        kind = "workbook" if file.read(2) == b"PK" else "text"
    return subprocess.Popen(
        [sys.executable, *_FLAGS[kind], "-c", _START.format(kind), str(_ROOT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={},
    )


def _refusal(code, **params):
    place = {"sheet": None, "row": None, "column": None, "value": ""}
    return {"refused": {"code": code, **place, "params": params, "cells": []}}


def _give(child, task):
    """Hand over the task; a child that died already is noticed when it does not answer."""
    try:
        with child.stdin as pipe:
            pipe.write(json.dumps(task).encode())
    except BrokenPipeError:
        return


def _lines(pipe, seconds):
    """The child's lines; TimeoutError when waiting for them took more than ``seconds`` in all."""
    parts: list[bytes] = []
    left = seconds
    while True:
        before = time.monotonic()
        if left <= 0 or not select.select([pipe], [], [], left)[0]:
            raise TimeoutError
        block = os.read(pipe.fileno(), 1 << 18)
        left -= time.monotonic() - before
        if not block:
            return
        *lines, rest = block.split(b"\n")
        for line in lines:
            yield json.loads(b"".join([*parts, line]))
            parts = []
        parts.append(rest)
