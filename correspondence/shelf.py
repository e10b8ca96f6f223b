"""Where finished pieces of print are kept: files named by the hash of what they were made from.

A piece never changes, so nothing is ever invalidated; what has not been asked for longest goes first when the shelf is
full. Losing the shelf costs time only.
"""

import hashlib
import os
import tempfile
from pathlib import Path


def fingerprint(*parts: str | bytes) -> str:
    """SHA-256 of the parts, each with its length, so that ("ab", "c") differs from ("a", "bc")."""
    digest = hashlib.sha256()
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        digest.update(len(raw).to_bytes(8, "big") + raw)
    return digest.hexdigest()


class Shelf:
    """A folder of pieces. ``limit`` is in bytes."""

    def __init__(self, folder: Path, limit: int = 200 * 1024 * 1024):
        self.folder = folder
        self.limit = limit

    def get(self, key: str) -> bytes | None:
        path = self.folder / key
        try:
            piece = path.read_bytes()
            os.utime(path)
        except FileNotFoundError:
            return None
        return piece

    def put(self, key: str, piece: bytes) -> None:
        """Written beside and renamed: a reader never meets half a piece, and two writers do no harm."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self.folder, delete=False) as new:
            new.write(piece)
        Path(new.name).replace(self.folder / key)
        self._make_room()

    def _make_room(self) -> None:
        pieces = sorted(self._pieces(), reverse=True)
        total = 0
        for _, size, path in pieces:
            total += size
            if total > self.limit:
                path.unlink(missing_ok=True)

    def _pieces(self):
        for entry in os.scandir(self.folder):
            try:
                facts = entry.stat()
            except FileNotFoundError:  # another worker made room at the same time
                continue
            yield facts.st_mtime, facts.st_size, Path(entry.path)
