"""What the query of a section returns: everything its page, its print and its frozen edition need, as plain data."""

import json
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any

from reporting.tables import Table, Value


@dataclass(frozen=True)
class Figure:
    """A chart. ``spec`` is a Vega-Lite specification with its data inline; ``alt`` says what it shows, in words.

    ``table_slug`` names the table of the same section that holds the chart's numbers.
    """

    slug: str
    title: str
    spec: dict[str, Any]
    alt: str
    table_slug: str = ""
    source: str = ""
    vintage: str = ""
    number: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fact:
    """A live figure that prose may name: ``value`` is a decimal string, a whole number, text or None.

    ``unit`` is a column kind (percent, points, count, decimal, date, year, text); ``n`` is how many stand behind it;
    ``source`` says from where, with vintage, and ``as_of`` is the date it holds for (ISO), when it has one.
    """

    value: Value
    unit: str = "count"
    n: int | None = None
    source: str = ""
    as_of: str = ""
    label: str = ""


def key_of(what: str, *statements: str) -> str:
    """Under which a contradiction is answered. It holds on to the statements: when one is another, an old answer no
    longer covers them.

    >>> key_of("mean", "9,6", "10,6") == key_of("mean", "9,6", "10,6") != key_of("mean", "9,6", "10,7")
    True
    """
    return f"{what}-{sha256(json.dumps(statements).encode()).hexdigest()[:12]}"


@dataclass(frozen=True)
class Contradiction:
    """Two statements that cannot both be printed without a word about it; ``key`` is from ``key_of``."""

    key: str
    text: str
    printed: str = ""
    computed: str = ""

    @property
    def is_mistake(self) -> bool:
        """A fault of the text itself: it is corrected, not explained."""
        return self.key.startswith("figure-")


@dataclass(frozen=True)
class Definition:
    """A word or a question, and what there is to say about it: a note that needs a heading and a source of its own."""

    term: str
    text: str
    source: str = ""


@dataclass(frozen=True)
class SectionData:
    """``facts`` are keyed by the name prose uses; ``notes`` are paragraphs on how the numbers were made."""

    tables: tuple[Table, ...] = ()
    figures: tuple[Figure, ...] = ()
    facts: dict[str, Fact] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    definitions: tuple[Definition, ...] = ()

    def table(self, slug: str) -> Table:
        """The table of that slug. Raises KeyError."""
        for table in self.tables:
            if table.slug == slug:
                return table
        raise KeyError(slug)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "SectionData":
        """The inverse of ``to_json``, also after a way through JSON text."""
        return cls(
            tables=tuple(Table.from_json(table) for table in data.get("tables", ())),
            figures=tuple(
                Figure(**{**figure, "notes": tuple(figure.get("notes", ()))}) for figure in data.get("figures", ())
            ),
            facts={key: Fact(**fact) for key, fact in data.get("facts", {}).items()},
            notes=tuple(data.get("notes", ())),
            contradictions=tuple(Contradiction(**item) for item in data.get("contradictions", ())),
            definitions=tuple(Definition(**item) for item in data.get("definitions", ())),
        )
