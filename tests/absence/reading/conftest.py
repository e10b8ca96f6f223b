from collections.abc import Callable
from pathlib import Path

import pytest

from absence.reading.read import Reading, read_all
from tests.absence.bestiary.register import REGISTER


class Read:
    """A file as it was read: the reading, its figures as dicts, its errors as (code, row, column)."""

    def __init__(self, reading: Reading, columns: dict[str, list]):
        self.reading = reading
        self.figures = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]

    @property
    def errors(self) -> list[tuple]:
        return [(error["code"], error["row"], error["column"]) for error in self.reading.errors]

    def values(self, *names: str) -> list:
        """One field of every figure, or tuples of several."""
        found = [tuple(figure[name] for name in names) for figure in self.figures]
        return [value[0] for value in found] if len(names) == 1 else found


@pytest.fixture
def read() -> Callable[..., Read]:
    def read_file(path: Path, **options) -> Read:
        return Read(*read_all(path, REGISTER, **options))

    return read_file
