"""A report ready to be printed: sections in order, each with its prose and its data, and what the title page says.

Pure: made from an edition's frozen JSON, given to ``reporting.printing``, which makes HTML and the PDF from it.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from reporting.section_data import SectionData


@dataclass(frozen=True)
class PrintedSection:
    """One heading and what stands under it.

    ``level`` 1 is a chapter and opens a page, 2 and 3 stand within; a level follows at most one deeper than the one
    before; a chapter that ``runs_on`` follows on the page of the one before it. ``number`` is printed before the title
    («4.2», «Vedlegg 6») and may be empty. ``prose`` and ``closing`` are HTML that was sanitised when it was saved.
    ``template`` sets the section; the default prints prose, figures, tables, closing prose and notes in that order.
    """

    slug: str
    title: str
    level: int = 1
    number: str = ""
    prose: str = ""
    data: SectionData = field(default_factory=SectionData)
    closing: str = ""
    template: str = "reporting/print/section.html"
    runs_on: bool = False

    @property
    def is_empty(self) -> bool:
        """Without anything under its heading; notes alone are about nothing."""
        return not (self.prose or self.closing or self.data.tables or self.data.figures or self.data.definitions)


@dataclass(frozen=True)
class Document:
    """``frozen_at`` is the edition's time: every date inside the PDF, so that a second printing has the same bytes.

    ``vintages`` are (source, date) pairs as the title page names them; ``draft`` prints a mark on every page.
    """

    title: str
    programme: str
    frozen_at: datetime
    sections: tuple[PrintedSection, ...]
    language: str = "nb"
    period: str = ""
    edition: str = ""
    publisher: str = ""
    vintages: tuple[tuple[str, date], ...] = ()
    draft: bool = False

    @property
    def short_title(self) -> str:
        """What stands at the foot of a page: «Kvalitetskommuneprogrammet · Sluttrapport»."""
        return f"{self.programme} · {self.title}" if self.programme else self.title

    def chapters(self) -> tuple[tuple[PrintedSection, ...], ...]:
        """The sections in runs that each open a page: what is laid out, and kept, as one piece."""
        runs: list[list[PrintedSection]] = []
        for section in self.sections:
            if not runs or (section.level == 1 and not section.runs_on):
                runs.append([])
            runs[-1].append(section)
        return tuple(tuple(run) for run in runs)


@dataclass(frozen=True)
class Numbering:
    """The printed numbers by slug; what prose and contents refer to."""

    tables: dict[str, str]
    figures: dict[str, str]

    @classmethod
    def of(cls, document: Document) -> "Numbering":
        """«4.6» where the section names it, otherwise chapter and place: the second figure of chapter 4 is 4.2.

        A number that the sections claim is not given twice: automatic ones step over it.
        """
        return cls(
            tables=_numbers(document, lambda data: [(table.slug, table.number) for table in data.tables]),
            figures=_numbers(document, lambda data: [(figure.slug, figure.number) for figure in data.figures]),
        )


def _numbers(document, items) -> dict[str, str]:
    taken = {number for section in document.sections for _, number in items(section.data) if number}
    numbers: dict[str, str] = {}
    for place, chapter in enumerate(_by_chapter(document.sections), start=1):
        prefix = _prefix(chapter[0].number, place)
        free = (f"{prefix}.{count}" for count in range(1, 1000) if f"{prefix}.{count}" not in taken)
        for section in chapter:
            for slug, number in items(section.data):
                numbers[slug] = number or next(free)
    return numbers


def _by_chapter(sections: tuple[PrintedSection, ...]) -> list[list[PrintedSection]]:
    """Also of chapters that run on after another."""
    chapters: list[list[PrintedSection]] = []
    for section in sections:
        if not chapters or section.level == 1:
            chapters.append([])
        chapters[-1].append(section)
    return chapters


def _prefix(number: str, place: int) -> str:
    """«4» → 4, «IV» → IV, «Vedlegg 6» → V6 (an appendix must not count as chapter 6), nothing → the chapter's place."""
    words = number.rstrip(".").split()
    if not words:
        return str(place)
    return words[-1] if len(words) == 1 else words[0][0] + words[-1]
