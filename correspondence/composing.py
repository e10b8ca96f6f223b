"""Many documents set at once: this process sets its share, child processes theirs, under limits of time and memory."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

from correspondence.binding import Piece
from correspondence.typesetting import frame, read_frame, typeset

HOUSE_DIR = Path(__file__).resolve().parent.parent
WORTH_A_CHILD = 3  # documents; below that a child's start, most of a second, costs more than it saves
MOST_HANDS = 4
PATIENCE = 300  # seconds for all that one child is given


class TypesettingFailed(RuntimeError):
    """A child process could not set its documents: too long, too much memory, or an error, which the text names."""


def set_all(pages: list[str], tell: Callable[[float], None] = lambda part: None) -> list[Piece]:
    """The piece of each HTML document, in their order; ``tell`` hears how large a part is done."""
    hands = min(os.cpu_count() or 1, MOST_HANDS, len(pages) // WORTH_A_CHILD + 1)
    if hands == 1:
        return _set(pages, tell)
    shares = _shares(pages, hands)
    with ThreadPoolExecutor(hands - 1) as pool:
        away: list[Future] = [pool.submit(_by_a_child, [pages[place] for place in share]) for share in shares[1:]]
        made = dict(zip(shares[0], _set([pages[place] for place in shares[0]], tell), strict=True))
        for share, future in zip(shares[1:], away, strict=True):
            made |= dict(zip(share, future.result(), strict=True))
    return [made[place] for place in range(len(pages))]


def _set(pages: list[str], tell: Callable[[float], None]) -> list[Piece]:
    made = []
    for html in pages:
        made.append(typeset(html))
        tell(len(made) / len(pages))
    return made


def _shares(pages: list[str], hands: int) -> list[list[int]]:
    """The documents dealt out by length, the longest first, each to whom has least; a child starts later."""
    start = sum(map(len, pages)) // 40
    loads = [0] + [start] * (hands - 1)
    shares: list[list[int]] = [[] for _ in range(hands)]
    for place in sorted(range(len(pages)), key=lambda place: -len(pages[place])):
        least = loads.index(min(loads))
        shares[least].append(place)
        loads[least] += len(pages[place])
    return shares


def _by_a_child(pages: list[str]) -> list[Piece]:
    requests = b"".join(frame(json.dumps(html).encode()) for html in pages)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "correspondence.typesetting"],
            input=requests,
            capture_output=True,
            cwd=HOUSE_DIR,
            timeout=PATIENCE,
            check=True,
        )
    except subprocess.TimeoutExpired as late:
        raise TypesettingFailed(f"not set within {PATIENCE} seconds") from late
    except subprocess.CalledProcessError as failed:
        words = failed.stderr.decode(errors="replace").strip().splitlines()
        raise TypesettingFailed(words[-1] if words else f"ended with {failed.returncode}") from failed
    answers = BytesIO(done.stdout)
    return [Piece.from_bytes(answer) for answer in iter(lambda: read_frame(answers), None)]
