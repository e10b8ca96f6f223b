"""The bounded child process: takes its task as JSON on standard input, answers in JSON lines on standard output.

Lines are ``{"chunk": …}`` and at last ``{"end": summary}`` or ``{"refused": problem}``. Nothing else is written, so
that no cell of a file ends in a log.
"""

import gc
import json
import os
import resource
import sys

from absence.reading.packing import pack
from absence.reading.problems import Refused
from absence.reading.reader import FileReader
from absence.reading.report import Report


def run(open_sheets) -> None:
    """Set the limits, read, answer. ``open_sheets(path, name, size, chunk_rows)`` → ``(kind, sheets)``."""
    task = json.loads(sys.stdin.buffer.read())
    memory = task["memory_mb"] * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (task["cpu_seconds"], task["cpu_seconds"] + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    gc.disable()  # the rows hold no cycles, and looking for them costs a tenth of the time
    try:
        answer = {"end": _read(task, open_sheets)}
    except Refused as refused:
        report = Report(1)
        place = refused.place
        report.sheet = place["sheet"]
        report.error(refused.problem, None, None, place["value"])
        answer = {"refused": report.errors[0] | {"row": place["row"], "column": place["column"]}}
    except MemoryError:
        answer = {"refused": None}
    _write(answer)


def _read(task, open_sheets):
    size = os.path.getsize(task["path"])
    if not size:
        raise Refused("empty_file")
    kind, sheets = open_sheets(task["path"], task["file_name"], size, task["chunk_rows"])
    reader = FileReader(
        task["register"],
        lambda chunk: _write({"chunk": {name: pack(values) for name, values in chunk.items()}}),
        chunk_rows=task["chunk_rows"],
        error_limit=task["errors"],
    )
    reader.read(kind, sheets)
    return reader.summary()


def _write(answer):
    sys.stdout.buffer.write(json.dumps(answer, separators=(",", ":")).encode() + b"\n")
    sys.stdout.buffer.flush()
