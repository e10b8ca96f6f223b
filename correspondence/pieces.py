"""Pieces of print on their way from who sets them to who binds them; a child that sets needs no binder."""

import json
from dataclasses import dataclass


@dataclass(frozen=True)
class Spot:
    """A place: page counted from 0 within the piece, x and y in points from the lower left corner."""

    page: int
    x: float
    y: float


@dataclass(frozen=True)
class Piece:
    """Pages set together: a PDF, and where its anchors and headings (level, title, place) stand."""

    pdf: bytes
    pages: int
    anchors: dict[str, Spot]
    headings: tuple[tuple[int, str, Spot], ...]

    def to_bytes(self) -> bytes:
        """One line of JSON, then the PDF."""
        facts = {
            "pages": self.pages,
            "anchors": {name: [s.page, s.x, s.y] for name, s in self.anchors.items()},
            "headings": [[level, title, [s.page, s.x, s.y]] for level, title, s in self.headings],
        }
        return json.dumps(facts).encode() + b"\n" + self.pdf

    @classmethod
    def from_bytes(cls, raw: bytes) -> "Piece":
        line, _, pdf = raw.partition(b"\n")
        facts = json.loads(line)
        return cls(
            pdf=pdf,
            pages=facts["pages"],
            anchors={name: Spot(*spot) for name, spot in facts["anchors"].items()},
            headings=tuple((level, title, Spot(*spot)) for level, title, spot in facts["headings"]),
        )
