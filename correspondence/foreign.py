"""PDF files that others made: looked at by a child process under limits, for a file of 20 MB can unpack to any size.

A child of its own costs a quarter of a second, so it is asked only when a file is uploaded and when papers are merged.
"""

import io
import resource
import subprocess
import sys
from pathlib import Path

from pikepdf import PasswordError, Pdf, PdfError

HOUSE_DIR = Path(__file__).resolve().parent.parent
CHILD_MEMORY = 1024**3  # address space, of which an ordinary file takes a tenth
PATIENCE = 20  # seconds
MOST_PAGES = 500
ENCRYPTED, BROKEN, LONG = "encrypted", "broken", "long"


class UnreadablePdf(ValueError):
    """``why`` is ``encrypted``, ``broken`` (also: it takes too much time or memory) or ``long``."""

    def __init__(self, why: str):
        self.why = why
        super().__init__(why)


def page_count(pdf: bytes) -> int:
    """How many pages the file has; raises UnreadablePdf."""
    try:
        child = subprocess.run(
            [sys.executable, "-m", "correspondence.foreign"],
            input=pdf,
            capture_output=True,
            cwd=HOUSE_DIR,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise UnreadablePdf(BROKEN) from None
    answer = child.stdout.decode(errors="replace").strip()
    if child.returncode or not answer:
        raise UnreadablePdf(BROKEN)
    if not answer.isdecimal():
        raise UnreadablePdf(answer)
    return int(answer)


def looked_at(pdf: bytes) -> str:
    """The number of pages, or why there is none: what the child answers."""
    try:
        with Pdf.open(io.BytesIO(pdf)) as found:
            if found.is_encrypted:
                return ENCRYPTED
            pages = sum(bool(page.mediabox) for page in found.pages)
            found.save(io.BytesIO())  # reads every object, as the merging will
    except PasswordError:
        return ENCRYPTED
    except (PdfError, AttributeError, KeyError, TypeError, ValueError):
        return BROKEN
    if not pages:
        return BROKEN
    return str(pages) if pages <= MOST_PAGES else LONG


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (CHILD_MEMORY, CHILD_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.write(looked_at(sys.stdin.buffer.read()))


if __name__ == "__main__":
    main()
