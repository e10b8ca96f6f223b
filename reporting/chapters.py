"""Which sections are printed, under which numbers, and which chapters share a page."""

from collections.abc import Iterable
from dataclasses import replace

from reporting.document import PrintedSection

# Where a chapter leaves a good third of its last page empty, the next goes on there.
PAGE, FILLED = 49, 33  # lines
HEADING, FIGURE, AROUND_A_TABLE, A_LINE_OF_PROSE, A_DEFINITION = 5, 16, 6, 75, 5


def chapters_of(sections: Iterable[PrintedSection]) -> tuple[PrintedSection, ...]:
    """Those with something to print, numbered as they come, short chapters together on a page."""
    return _run_together(_numbered(_with_something(list(sections))))


def _with_something(sections: list[PrintedSection]) -> list[PrintedSection]:
    """Those that hold something, and the headings over them."""
    kept: list[PrintedSection] = []
    for section in reversed(sections):
        if not section.is_empty or (kept and kept[-1].level > section.level):
            kept.append(section)
    return kept[::-1]


def _numbered(sections: list[PrintedSection]) -> list[PrintedSection]:
    """Chapters, parts and appendices counted as they are printed; what has no number gets none.

    «4», «4.2» and «Vedlegg 6» of the catalogue tell the kind of number, and the place among all that may be printed.
    """
    chapter = part = appendix = 0
    numbered = []
    for section in sections:
        number = section.number
        if number and section.level == 1:
            words, part = number.split(), 0
            if len(words) > 1:
                appendix += 1
                number = f"{words[0]} {appendix}"
            else:
                chapter += 1
                number = str(chapter)
        elif number:
            part += 1
            number = f"{chapter}.{part}"
        numbered.append(replace(section, number=number))
    return numbered


def _run_together(sections: list[PrintedSection]) -> tuple[PrintedSection, ...]:
    """A chapter goes on after one of its kind, body after body and appendix after appendix.

    It does where the one before is short, or seems to leave room on its last page.
    """
    joined: list[PrintedSection] = []
    before, own, lines = None, 0.0, 0.0  # lines of the chapter before, and since the last new page
    for section in sections:
        if section.level == 1:
            runs_on = before is not None and _kind(before) == _kind(section) and min(own, lines % PAGE) < FILLED
            section = replace(section, runs_on=runs_on)
            before, own, lines = section, 0.0, lines if runs_on else 0.0
        own, lines = own + lines_of(section), lines + lines_of(section)
        joined.append(section)
    return tuple(joined)


def _kind(section: PrintedSection) -> int:
    """Without a number, with one, or an appendix."""
    return len(section.number.split())


def lines_of(section: PrintedSection) -> float:
    """About how many lines of a page it takes."""
    data = section.data
    return (
        HEADING
        + len(section.prose + section.closing) / A_LINE_OF_PROSE
        + sum(AROUND_A_TABLE + len(table.rows) + len(table.notes) for table in data.tables)
        + FIGURE * len(data.figures)
        + A_DEFINITION * len(data.definitions)
    )
