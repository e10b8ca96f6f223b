"""Many documents set at once: this process sets its share, child processes theirs, under limits of time and memory."""

import json
import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, BinaryIO, cast

from correspondence.pieces import Piece
from correspondence.typesetting import frame, read_frame, typeset

HOUSE_DIR = Path(__file__).resolve().parent.parent
WORTH_A_CHILD = 3  # documents; below that a child's start, most of a second, costs more than it saves
MOST_HANDS = 4
PATIENCE = 300  # seconds for all that one child is given


class TypesettingFailed(RuntimeError):
    """A child process could not set its documents: too long, too much memory, or an error, which the text names."""


def set_all(pages: list[str], tell: Callable[[float], None] = lambda part: None) -> list[Piece]:
    """The piece of each HTML document, in their order; ``tell`` hears how large a part is done.

    The longest are set first, each by whoever is free: a process that the machine holds up sets fewer of them.
    """
    hands = min(os.cpu_count() or 1, MOST_HANDS, len(pages) // WORTH_A_CHILD + 1)
    waiting = deque(sorted(range(len(pages)), key=lambda place: -len(pages[place])))
    made: dict[int, Piece] = {}
    with ThreadPoolExecutor(max(hands - 1, 1)) as pool:
        away = [pool.submit(_by_a_child, pages, waiting, made) for _ in range(hands - 1)]
        try:
            for place in _taken(waiting):
                made[place] = typeset(pages[place])
                tell(len(made) / len(pages))
        finally:
            waiting.clear()
        for future in away:
            future.result()
    return [made[place] for place in range(len(pages))]


def _taken(waiting: deque[int]) -> Iterator[int]:
    """Places, one after the other, as long as nobody else has taken them."""
    while True:
        try:
            place = waiting.popleft()
        except IndexError:
            return
        yield place


def _by_a_child(pages: list[str], waiting: deque[int], made: dict[int, Piece]) -> None:
    """Give a child one document after the other. When it fails, what waits is not set by anyone."""
    late = threading.Event()
    with TemporaryFile() as errors, _child(errors) as child:
        clock = threading.Timer(PATIENCE, _end, (child, late))
        clock.start()
        try:
            for place in _taken(waiting):
                made[place] = _answer(child, pages[place])
        except (EOFError, BrokenPipeError) as ended:
            child.wait()
            errors.seek(0)
            words = errors.read().decode(errors="replace").strip().splitlines()
            found = f"not set within {PATIENCE} seconds" if late.is_set() else f"ended with {child.returncode}"
            raise TypesettingFailed(found if late.is_set() or not words else words[-1]) from ended
        finally:
            waiting.clear()
            clock.cancel()
            child.kill()
            with suppress(BrokenPipeError):  # what it did not take
                cast(IO[bytes], child.stdin).close()


def _end(child: subprocess.Popen, late: threading.Event) -> None:
    late.set()
    child.kill()


def _child(errors: IO[bytes]) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "correspondence.typesetting"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        cwd=HOUSE_DIR,
    )


def _answer(child: subprocess.Popen, html: str) -> Piece:
    requests, answers = cast(IO[bytes], child.stdin), cast(BinaryIO, child.stdout)
    requests.write(frame(json.dumps(html).encode()))
    requests.flush()
    answer = read_frame(answers)
    if answer is None:
        raise EOFError
    return Piece.from_bytes(answer)
