"""Columns into a table as fast as the database takes them: COPY in PostgreSQL, INSERT of many rows in SQLite."""

from collections.abc import Iterable, Sequence
from itertools import chain, islice

from django.db import connection

BATCH = 50_000
TOGETHER = 100  # rows an INSERT: each row costs a statement less, and the values are still few enough to bind


def insert_columns(table: str, columns: dict[str, Sequence]) -> int:
    """Insert rows given as one list a column (all of the same length); how many.

    The values are whole numbers, booleans, None, days in ISO and identifiers of ours: nothing that needs escaping.
    """
    columns = {connection.ops.quote_name(name): values for name, values in columns.items()}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _copy(cursor, f"COPY {table} ({', '.join(columns)}) FROM STDIN", columns)
        else:
            _insert(cursor, f"INSERT INTO {table} ({', '.join(columns)}) VALUES ", columns)
    return len(next(iter(columns.values())))


def _insert(cursor, statement: str, columns: dict[str, Sequence]) -> None:
    _, *others = columns  # one is always bound, so that the rows are counted
    same = {name: columns[name][0] for name in others if _is_constant(columns[name])}
    marks = ", ".join(_literal(same[name]) if name in same else "%s" for name in columns)
    bound = [values for name, values in columns.items() if name not in same]
    rows = zip(*bound, strict=True)
    whole, rest = divmod(len(bound[0]), TOGETHER)
    together = (list(chain.from_iterable(islice(rows, TOGETHER))) for _ in range(whole))
    cursor.executemany(statement + ", ".join([f"({marks})"] * TOGETHER), together)
    if rest:
        cursor.executemany(f"{statement}({marks})", rows)


def _is_constant(values: Sequence) -> bool:
    """Whether a column of several rows has one value: it is then said once, not bound for each row."""
    if len(values) < 2 or isinstance(values, range) or values[0] != values[-1]:
        return False
    return values.count(values[0]) == len(values)


def _literal(value: int | bool | str | None) -> str:
    if value is None:
        return "NULL"
    return f"'{value}'" if isinstance(value, str) else str(int(value))


def _copy(cursor, statement: str, columns: dict[str, Sequence]) -> None:
    lines = map("\t".join, zip(*(_texts(values) for values in columns.values()), strict=True))
    with connection.wrap_database_errors, cursor.copy(statement) as copy:
        while block := "\n".join(islice(lines, BATCH)):
            copy.write(block + "\n")


def _texts(values: Sequence) -> Iterable[str]:
    if None in values:
        return ("\\N" if value is None else str(value) for value in values)
    return map(str, values)
