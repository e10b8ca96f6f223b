"""What a report is asked with, and what it is made of."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from programmes.models import Programme
from reporting.section_data import SectionData


@dataclass(frozen=True)
class Scope:
    """``counted_on`` is the day that counts are as of; ``vintage`` the newest vintage that may be read (None: all)."""

    programme: Programme
    counted_on: date
    year: int | None = None
    vintage: date | None = None


@dataclass(frozen=True)
class Section:
    """One section. Without a query it is prose only; ``guidance`` tells the adviser what to write.

    ``level`` 1 is a chapter, 2 stands within one; ``number`` is printed before the title and may be empty.
    """

    slug: str
    title: Any
    query: Callable[[Scope], SectionData] | None = None
    guidance: Any = ""
    level: int = 1
    number: Any = ""
    template: str = "reporting/print/section.html"


@dataclass(frozen=True)
class Report:
    slug: str
    title: Any
    sections: tuple[Section, ...]

    def section(self, slug: str) -> Section:
        """The section of that slug. Raises KeyError."""
        for section in self.sections:
            if section.slug == slug:
                return section
        raise KeyError(slug)
