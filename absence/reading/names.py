"""What a file may be called, and which kind its name says it is."""

from os.path import splitext

from absence.reading.problems import Refused

TEXT_ENDINGS = {".csv", ".txt", ".tsv", ".tab"}
MACRO_ENDINGS = {".xlsm", ".xltm", ".xlsb", ".xlam"}


def refuse_file_name(name: str) -> None:
    """Refuses names that try to lead elsewhere or to look like something else."""
    hidden = any(not mark.isprintable() for mark in name)
    if hidden or "/" in name or "\\" in name or name.startswith("..") or not name.strip() or len(name) > 255:
        raise Refused("file_name")


def refuse_other_kind(kind: str, name: str) -> None:
    """Refuses a file whose name says another kind than its content: ``kind`` is csv, xlsx or ods."""
    ending = splitext(name)[1].lower()
    if ending in MACRO_ENDINGS:
        raise Refused("macros")
    if ending == ".xls":
        raise Refused("old_xls")
    right = ending in TEXT_ENDINGS if kind == "csv" else ending == f".{kind}"
    if not right:
        known = ending in TEXT_ENDINGS | {".xlsx", ".ods"}
        raise Refused("content_differs" if known else "unknown_kind", ending=ending, kind=kind)
