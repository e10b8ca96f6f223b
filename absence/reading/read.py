"""The parent's side of reading: starts the bounded child process and streams what it found."""

import json
import math
import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from absence.reading.packing import unpack

FIGURE_COLUMNS = (
    "sheet",
    "row",
    "column",
    "municipality",
    "first",
    "quarters",
    "sector",
    "sex",
    "absence_type",
    "lost",
    "possible",
    "rate",
    "mark",
)
CHUNK_ROWS = 20_000
IGNORED_REASONS = ("title", "note", "unknown_column", "no_table", "hidden_sheet", "not_a_unit")
_ROOT = Path(__file__).resolve().parents[2]
_START = "import sys; sys.path.insert(0, sys.argv[1]); from absence.reading.child_{} import main; main()"
_SUMMARY = ("shape", "facts", "rows_read", "figure_count", "ignored", "printed", "warnings", "errors", "error_count")


@dataclass(frozen=True)
class Limits:
    """Bounds of one reading. Seconds are the child's, not those the caller takes between chunks."""

    memory_mb: int = 512
    seconds: float = 9.0
    seconds_per_mb: float = 0.5
    file_mb: int = 150
    errors: int = 100


class Reading:
    """What was read: iterate once for the chunks, then look at the summary (see the package's docstring)."""

    def __init__(self, path, register, file_name, limits):
        self.path, self.register, self.file_name, self.limits = str(path), register, file_name, limits
        self.shape: str | None = None
        self.facts: dict[str, Any] = {}
        self.rows_read = 0
        self.figure_count = 0
        self.ignored: list[dict[str, Any]] = []
        self.printed: list[dict[str, Any]] = []
        self.warnings: list[dict[str, Any]] = []
        self.errors: list[dict[str, Any]] = []
        self.error_count = 0

    def __iter__(self) -> Iterator[dict[str, list]]:
        """The chunks. When the loop is left early the child is ended."""
        size = os.path.getsize(self.path)
        if size > self.limits.file_mb * 1_000_000:
            return self._refuse("file_too_large", megabytes=self.limits.file_mb)
        seconds = self.limits.seconds + self.limits.seconds_per_mb * size / 1_000_000
        child = subprocess.Popen(
            [sys.executable, "-I", "-c", _START.format(self._kind()), str(_ROOT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env={},
        )
        answers = cast(IO[bytes], child.stdout)
        try:
            _give(child, self._task(seconds))
            for answer in _answers(answers, seconds):
                if "chunk" in answer:
                    yield {name: unpack(packed) for name, packed in answer["chunk"].items()}
                else:
                    return self._end(answer)
            self._refuse("too_much_memory", megabytes=self.limits.memory_mb)
        except TimeoutError:
            self._refuse("too_slow", seconds=round(seconds))
        finally:
            child.kill()
            child.wait()
            answers.close()
        return None

    def _kind(self):
        with open(self.path, "rb") as file:
            return "workbook" if file.read(2) == b"PK" else "text"

    def _task(self, seconds):
        return {
            "path": os.path.abspath(self.path),
            "file_name": self.file_name,
            "register": [[*map(_plain, row)] for row in self.register],
            "memory_mb": self.limits.memory_mb,
            "cpu_seconds": math.ceil(seconds) + 1,
            "chunk_rows": CHUNK_ROWS,
            "errors": self.limits.errors,
        }

    def _end(self, answer):
        if "end" in answer:
            for name in _SUMMARY:
                setattr(self, name, answer["end"][name])
        elif answer["refused"] is None:
            self._refuse("too_much_memory", megabytes=self.limits.memory_mb)
        else:
            self.errors, self.error_count = [answer["refused"]], 1

    def _refuse(self, code, **params):
        place = dict.fromkeys(("sheet", "row", "column"))
        self.errors, self.error_count = [{"code": code, **place, "value": "", "params": params, "cells": []}], 1


def read_file(path, register, *, file_name: str | None = None, limits: Limits = Limits()) -> Reading:
    """Read ``path``; ``file_name`` is the name the uploader gave it (its kind and its dangers are judged).

    Nothing happens until the reading is iterated. Raises OSError where the file cannot be found.
    """
    return Reading(path, list(register), os.path.basename(path) if file_name is None else file_name, limits)


def read_all(path, register, **options) -> tuple[Reading, dict[str, list]]:
    """The whole reading at once: ``(reading, columns)``, for previews and small files."""
    reading = read_file(path, register, **options)
    columns: dict[str, list] = {name: [] for name in FIGURE_COLUMNS}
    for chunk in reading:
        for name, values in columns.items():
            values += chunk[name]
    return reading, columns


def _plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value


def _give(child, task):
    """Hand over the task; a child that died already is noticed when it does not answer."""
    try:
        with child.stdin as pipe:
            pipe.write(json.dumps(task).encode())
    except BrokenPipeError:
        return


def _answers(pipe, seconds):
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
