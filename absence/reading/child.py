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
from absence.reading.survey import refuse_personal_data
from absence.reading.text_file import DELIMITERS


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
        answer = {"end": MODES[task["mode"]](task, *_open(task, open_sheets))}
    except Refused as refused:
        answer = {"refused": _problem(refused)}
    except MemoryError:
        answer = {"refused": None}
    except Exception as error:  # whatever a file can make of us, the parent hears of it; the text may hold cells
        answer = {"refused": _problem(Refused("unreadable", reason=type(error).__name__))}
    _write(answer)


def _open(task, open_sheets):
    size = os.path.getsize(task["path"])
    if not size:
        raise Refused("empty_file")
    return open_sheets(task["path"], task["file_name"], size, task["chunk_rows"])


def _figures(task, kind, sheets):
    reader = FileReader(
        task["register"],
        lambda chunk: _write({"chunk": {name: pack(values) for name, values in chunk.items()}}),
        chunk_rows=task["chunk_rows"],
        error_limit=task["errors"],
    )
    reader.read(kind, sheets)
    return reader.summary()


def _cells(task, kind, sheets):
    """The cells as they stand, for the annotated copy: ``[sheet, index of the first row, rows]`` a chunk."""
    for sheet in sheets:
        if kind == "csv":
            sheet.delimiter = task["delimiter"] or _likely_delimiter(sheet)
        for chunk in sheet.chunks():
            refuse_personal_data(chunk)
            if chunk.start < task["rows"]:
                _write({"chunk": [sheet.name, chunk.start, chunk.rows[: task["rows"] - chunk.start]]})
    return {}


def _likely_delimiter(sheet):
    return max(DELIMITERS, key=lambda delimiter: sum(map(len, sheet.head(delimiter, 100))))


MODES = {"figures": _figures, "cells": _cells}


def _problem(refused):
    report = Report(1)
    place = refused.place
    report.sheet = place["sheet"]
    report.error(refused.problem, None, None, place["value"])
    return report.errors[0] | {"row": place["row"], "column": place["column"]}


def _write(answer):
    sys.stdout.buffer.write(json.dumps(answer, separators=(",", ":"), default=str).encode() + b"\n")
    sys.stdout.buffer.flush()
