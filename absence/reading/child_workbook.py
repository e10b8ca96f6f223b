"""The child process for zip files: xlsx and ods."""

from absence.reading.child import run
from absence.reading.workbook import open_workbook


def main() -> None:
    """Entry of the process."""
    run(open_workbook)
