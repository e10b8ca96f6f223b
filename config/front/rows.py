"""Whatever waits, of every kind, read together: each kind names its records, their columns, and the line they become.

One union for the list and one for the count, so the front page costs the same however many kinds there are.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import (
    CharField,
    DateField,
    DateTimeField,
    Expression,
    F,
    IntegerField,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast
from django.utils import timezone

from .lines import Waiting


@dataclass(frozen=True)
class Row:
    """A record that waits, in the columns that all kinds share; what a kind has no use for is empty.

    ``what`` names the kind, ``programme`` and ``place`` are slugs, ``values`` is JSON as text. It has waited since the
    moment ``at`` or the day ``on``; nobody knows when both are None.
    """

    what: str
    pk: int
    programme: str
    place: str
    name: str
    text: str
    values: str
    number: int
    at: datetime | None
    on: date | None
    due_on: date | None

    @property
    def since(self) -> datetime:
        if self.at:
            return self.at
        return timezone.make_aware(datetime.combine(self.on, time())) if self.on else timezone.now()


@dataclass(frozen=True)
class Kind:
    """``records`` are the user's, ``columns`` those of ``Row`` that they fill."""

    what: str
    records: Callable[..., QuerySet]
    columns: dict[str, Expression | F]
    line: Callable[[Row], Waiting]


EMPTY = {
    "pk": F("pk"),
    **dict.fromkeys(("programme", "place", "name", "text", "values"), Value("", CharField())),
    "number": Value(0, IntegerField()),
    "at": Cast(Value(None), DateTimeField()),
    "on": Cast(Value(None), DateField()),
    "due_on": Cast(Value(None), DateField()),
}


def as_text(json: str) -> Cast:
    """A JSON column; a union has one converter for a column, so it is read as text and loaded by its kind."""
    return Cast(json, TextField())


def lines_of(user, kinds: Sequence[Kind]) -> list[Waiting]:
    """At most one query, whatever waits; in no order."""
    line = {kind.what: kind.line for kind in kinds}
    parts = [_in_columns(found, kind) for kind, found in _concerning(user, kinds)]
    return [line[row.what](row) for row in (Row(*values) for values in _together(parts))] if parts else []


def count_of(user, kinds: Sequence[Kind]) -> int:
    """As many as the lines are; at most one query."""
    parts = [found.order_by().values("pk") for _kind, found in _concerning(user, kinds)]
    return _together(parts).count() if parts else 0


def _concerning(user, kinds: Sequence[Kind]) -> list[tuple[Kind, QuerySet]]:
    """The kinds that can wait for this user, with the records."""
    found = [(kind, kind.records(user)) for kind in kinds]
    return [(kind, records) for kind, records in found if not records.query.is_empty()]


def _in_columns(found: QuerySet, kind: Kind) -> QuerySet:
    # Prefixed, since a model has columns of the same names.
    columns = {f"a_{name}": column for name, column in (EMPTY | kind.columns).items()}
    found = found.order_by().annotate(a_what=Value(kind.what, CharField()), **columns)
    return found.values_list("a_what", *columns)


def _together(parts: Sequence[QuerySet]) -> QuerySet:
    first, *others = parts
    return first.union(*others, all=True)
