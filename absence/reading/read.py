"""The parent's side of reading: starts the bounded child process and streams what it found."""

from dataclasses import dataclass

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

    def __init__(self):
        self.shape = None
        self.facts = {}
        self.rows_read = 0
        self.figure_count = 0
        self.ignored = []
        self.printed = []
        self.warnings = []
        self.errors = []
        self.error_count = 0

    def __iter__(self):
        raise NotImplementedError


def read_file(path, register, *, file_name=None, limits=Limits()) -> Reading:
    """Start reading ``path``; ``file_name`` is the name the uploader gave it (its kind and its dangers are judged)."""
    raise NotImplementedError
