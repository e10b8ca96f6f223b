"""The register as an import sees it."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import NamedTuple

from municipalities.models import Municipality, MunicipalityChange

from ..calculations.periods import quarter_start


class Entry(NamedTuple):
    """A line of the register: a tuple is made in a fifth of the time of a model, and there are nine hundred."""

    pk: int
    number: str
    name: str
    norwegian_name: str
    distinct_name: str
    county: str
    valid_from: date | None
    valid_to: date | None


_FIELDS = [{"county": "county__name"}.get(name, name) for name in Entry._fields]


class RegisterNow:
    """Municipalities by number and period; one query, made when first needed."""

    @cached_property
    def _rows(self) -> list[Entry]:
        rows = Municipality.objects.order_by("number", "valid_from").values_list(*_FIELDS)
        return list(map(Entry._make, rows))

    @cached_property
    def _by_number(self) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = {}
        for one in self._rows:
            found.setdefault(one.number, []).append(one)
        return found

    def for_reading(self) -> Iterator[tuple]:
        """What `reading.read.read_file` asks for; looked up when it is, while the child process starts."""
        successors: dict[int, list[str]] = {}
        changes = MunicipalityChange.objects.values_list("predecessor_id", "successor__number")
        for predecessor, number in changes:
            successors.setdefault(predecessor, []).append(number)
        for pk, *about in self._rows:
            yield *about, successors.get(pk, [])

    def municipality(self, number: str, first: int, quarters: int) -> int:
        """The id of the number in the period; of a blank cell outside its life, the nearest."""
        starts_on, ends_on = quarter_start(first), quarter_start(first + quarters - 1)
        candidates = self._by_number[number]
        for one in candidates:
            begun = one.valid_from is None or one.valid_from <= ends_on
            if begun and (one.valid_to is None or one.valid_to >= starts_on):
                return one.pk
        return candidates[-1].pk
