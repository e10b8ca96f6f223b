"""Eighteen quarterly PAI files, 4. kv. 2005 – 1. kv. 2010, generated and calibrated to the published tables.

No figure of a single municipality in these files is a measurement, except that the focus municipalities' four-quarter
rates are those that the final report prints. They exist so that the portal can be tried with as much data as it had:

1. each municipality gets workdays from its inhabitants, and a rate from its cohort, its size, a level of its own, a
   slow drift and the season (`figures`); the seed is fixed;
2. the rates are moved as little as possible so that tables 4.6 and 4.7 and appendix 6 of the final report, and what can
   be had of the PAI table of 2008, come out (`targets`, `solve`);
3. the workdays are shared among sectors, sexes and kinds of absence, with every total (`cells`);
4. each quarter is written in a shape of its own (`shapes`, `pai_files`).

    python -m config.demo.absence FOLDER

writes the files, appendix 6 as published, and ``calibration.json``; a second run finds them and writes nothing.
"""

import hashlib
import json
import sys
from datetime import date, timedelta
from pathlib import Path

from absence.calculations.periods import quarter_start
from config.demo.appendix import write_appendix
from config.demo.calibration import calibration_report
from config.demo.coverage import QUARTERS
from config.demo.pai_files import file_name, write_quarter
from config.demo.register import DATA

_MANIFEST, _REPORT = "manifest.json", "calibration.json"
_INGREDIENTS = (
    "register", "coverage", "targets", "solve", "figures", "cells", "shapes", "spreadsheets", "pai_files", "appendix",
    "calibration", "absence",
)  # fmt: skip


def write_files(folder: Path) -> list[Path]:
    """Write everything into the folder unless it is there already; give the quarterly files' paths, oldest first."""
    folder.mkdir(parents=True, exist_ok=True)
    if not _is_complete(folder):
        written = [write_quarter(folder, quarter) for quarter in QUARTERS] + write_appendix(folder)
        report = json.dumps(calibration_report(), ensure_ascii=False, indent=1)
        (folder / _REPORT).write_text(report, encoding="utf-8")
        manifest = {"recipe": recipe(), "files": {path.name: _digest(path) for path in written}}
        (folder / _MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    return [folder / file_name(quarter) for quarter in QUARTERS]


def vintage(quarter: int) -> date:
    """The date of the quarter's file: the middle of the second month after the quarter."""
    return (quarter_start(quarter + 1) + timedelta(days=31)).replace(day=15)


def recipe() -> str:
    """A fingerprint of the generator and its data: another recipe means other files."""
    parts = [Path(__file__).with_name(f"{name}.py") for name in _INGREDIENTS] + sorted(DATA.glob("*.csv"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in parts)).hexdigest()


def _is_complete(folder: Path) -> bool:
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        known = manifest["recipe"] == recipe()
        return known and all(_digest(folder / name) == digest for name, digest in manifest["files"].items())
    except (OSError, ValueError, KeyError):
        return False


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main(arguments: list[str]) -> int:
    """The command line; see the top of the file."""
    if len(arguments) != 1:
        sys.stderr.write("python -m config.demo.absence FOLDER\n")
        return 2
    for path in write_files(Path(arguments[0])):
        sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
