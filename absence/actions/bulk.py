"""Columns into a table as fast as the database takes them: COPY in PostgreSQL, executemany in SQLite."""

from collections.abc import Iterable, Sequence
from itertools import islice

from django.db import connection

BATCH = 50_000


def insert_columns(table: str, columns: dict[str, Sequence]) -> int:
    """Insert rows given as one list a column (all of the same length); how many.

    The values are whole numbers, booleans, None and identifiers of ours: nothing that needs escaping.
    """
    count = len(next(iter(columns.values())))
    rows = zip(*columns.values(), strict=True)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _copy(cursor, f"COPY {table} ({', '.join(columns)}) FROM STDIN", columns)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
    return count


def _copy(cursor, statement: str, columns: dict[str, Sequence]) -> None:
    lines = map("\t".join, zip(*(_texts(values) for values in columns.values()), strict=True))
    with cursor.copy(statement) as copy:
        while block := "\n".join(islice(lines, BATCH)):
            copy.write(block + "\n")


def _texts(values: Sequence) -> Iterable[str]:
    return ("\\N" if value is None else str(value) for value in values)
