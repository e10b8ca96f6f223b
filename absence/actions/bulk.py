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
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _copy(cursor, f"COPY {table} ({', '.join(columns)}) FROM STDIN", columns)
        else:
            same = {name: values[0] for name, values in columns.items() if _is_constant(values)}
            marks = ", ".join(_literal(same[name]) if name in same else "%s" for name in columns)
            rows = zip(*(values for name, values in columns.items() if name not in same), strict=True)
            cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
    return count


def _is_constant(values: Sequence) -> bool:
    """Whether a column of several rows has one value: it is then said once, not bound for each row."""
    return len(values) > 1 and not isinstance(values, range) and values.count(values[0]) == len(values)


def _literal(value: int | bool | str | None) -> str:
    if value is None:
        return "NULL"
    return f"'{value}'" if isinstance(value, str) else str(int(value))


def _copy(cursor, statement: str, columns: dict[str, Sequence]) -> None:
    lines = map("\t".join, zip(*(_texts(values) for values in columns.values()), strict=True))
    with cursor.copy(statement) as copy:
        while block := "\n".join(islice(lines, BATCH)):
            copy.write(block + "\n")


def _texts(values: Sequence) -> Iterable[str]:
    return ("\\N" if value is None else str(value) for value in values)
