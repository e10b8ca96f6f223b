"""A report as HTML: the parts of the print, each a page of its own for the typesetter, in the report's language."""

import base64
import re
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate
from django.utils.translation import gettext, pgettext

from reporting.document import Document, Numbering, PrintedSection
from reporting.numbers import date_text, unbroken
from reporting.section_data import Figure, SectionData
from reporting.svg import svg
from reporting.tables import DisplayRow, Table

LONG_TABLE = 22  # rows; longer tables may break over pages, with the head repeated
WIDE_TABLE = 84  # characters side by side; wider tables use the margin too
MARGIN_NOTE = 240  # characters; longer notes stand under the section's text


@dataclass(frozen=True)
class PrintedColumn:
    key: str
    label: str
    numeric: bool
    width: str


@dataclass(frozen=True)
class PrintedGroup:
    label: str
    span: int


@dataclass(frozen=True)
class PrintedTable:
    """A table with everything a template prints, as text. ``anchor`` is its id; ``columns[0]`` heads the rows."""

    anchor: str
    label: str
    title: str
    summary: str
    groups: tuple[PrintedGroup, ...]
    columns: tuple[PrintedColumn, ...]
    rows: tuple[DisplayRow, ...]
    signed_notes: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    source: str
    wide: bool
    long: bool


@dataclass(frozen=True)
class PrintedFigure:
    """A chart with its label; ``picture`` is a data address for ``<img>``, ``svg`` the element itself for web pages."""

    anchor: str
    label: str
    title: str
    alt: str
    svg: SafeString
    picture: str
    notes: tuple[str, ...]
    source: str
    table_label: str


@dataclass(frozen=True)
class ContentsLine:
    level: int
    number: str
    title: str
    anchor: str
    page: int | None


def print_table(table: Table, numbering: Numbering, language: str = "nb") -> PrintedTable:
    """The table as printed, in ``language`` (call within ``translation.override``)."""
    weights = _weights(table, language)
    return PrintedTable(
        anchor=f"table-{table.slug}",
        label=_table_label(numbering.tables.get(table.slug, "")),
        title=table.title,
        summary=table.summary,
        groups=_groups(table),
        columns=_columns(table, weights),
        rows=table.display_rows(language),
        signed_notes=table.signed_notes(),
        notes=table.notes,
        source=_source(table.source, table.vintage, language),
        wide=sum(weights) > WIDE_TABLE,
        long=len(table.rows) > LONG_TABLE,
    )


def print_figure(figure: Figure, numbering: Numbering, language: str = "nb") -> PrintedFigure:
    """The chart drawn (or taken from the shelf) and labelled."""
    drawn = svg(figure.spec, title=figure.alt, language=language)
    return PrintedFigure(
        anchor=f"figure-{figure.slug}",
        label=_figure_label(numbering.figures.get(figure.slug, "")),
        title=figure.title,
        alt=figure.alt,
        svg=mark_safe(drawn),
        picture="data:image/svg+xml;base64," + base64.b64encode(drawn.encode()).decode(),
        notes=figure.notes,
        source=_source(figure.source, figure.vintage, language),
        table_label=_table_label(numbering.tables.get(figure.table_slug, "")),
    )


def draw_charts(data: list[dict], language: str) -> None:
    """Put every chart of frozen sections on the shelf, so that a page only takes them from there."""
    for section in data:
        for figure in SectionData.from_json(section["data"]).figures:
            svg(figure.spec, title=figure.alt, language=language)


def section_html(section: PrintedSection, numbering: Numbering, language: str = "nb") -> SafeString:
    """One section as HTML, the same for the page and the print."""
    with translation.override(language):
        context = {
            "section": section,
            "anchor": section_anchor(section),
            "prose": mark_safe(section.prose),
            "closing": mark_safe(section.closing),
            "tables": [print_table(table, numbering, language) for table in section.data.tables],
            "figures": [print_figure(figure, numbering, language) for figure in section.data.figures],
            "facts": section.data.facts,
            "margin_notes": _short(section.data.notes),
            "notes": () if _short(section.data.notes) else section.data.notes,
            "contradictions": section.data.contradictions,
            "definitions": section.data.definitions,
        }
        return render_to_string(section.template, context)


def labels(document: Document, numbering: Numbering) -> dict[str, str]:
    """What a link to an anchor says to those who hear it: number and title of where it leads."""
    with translation.override(document.language):
        found = {section_anchor(section): f"{section.number} {section.title}".strip() for section in document.sections}
        for section in document.sections:
            for table in section.data.tables:
                found[f"table-{table.slug}"] = f"{_table_label(numbering.tables[table.slug])} {table.title}"
            for figure in section.data.figures:
                found[f"figure-{figure.slug}"] = f"{_figure_label(numbering.figures[figure.slug])} {figure.title}"
    return found


def section_anchor(section: PrintedSection) -> str:
    return f"section-{section.slug}"


def chapter_html(document: Document, chapter: tuple[PrintedSection, ...], numbering: Numbering) -> str:
    """One chapter as a document for the typesetter; links out of it are written ``pulje:`` for the binding."""
    body = "".join(section_html(section, numbering, document.language) for section in chapter)
    return _page(document, "chapter", mark_safe(_with_outward_links(body)), chapter[0].title)


def front_html(document: Document, contents: list[ContentsLine], lists: dict[str, list[ContentsLine]]) -> str:
    """Title page, contents, and the lists of tables and figures (``{"tables": …, "figures": …}``)."""
    with translation.override(document.language):
        context = {
            "document": document,
            "contents": contents,
            "lists": lists,
            "long_numbers": any(len(line.number) > 5 for line in contents),
            "vintages": [(source, date_text(day, document.language)) for source, day in document.vintages],
            "frozen_on": date_text(localdate(document.frozen_at), document.language),
        }
        body = render_to_string("reporting/print/front.html", context)
    return _page(document, "front", mark_safe(_with_outward_links(body)), document.title)


def feet_html(document: Document, pages: list[int]) -> str:
    """Nothing but the feet of the pages with these numbers, to be laid under the pages when they are bound."""
    with translation.override(document.language):
        body = render_to_string("reporting/print/feet.html", {"document": document, "pages": pages})
    return _page(document, "feet", body, document.title)


def attachment_name(table: Table, numbering: Numbering) -> str:
    """``tabell-4-6-sammenligning.csv`` style: number and slug, so that a reader finds the file behind a table."""
    number = re.sub(r"[^0-9A-Za-z]+", "-", numbering.tables.get(table.slug, "")).strip("-")
    return "-".join(part for part in (pgettext("file name", "table"), number, table.slug) if part) + ".csv"


def _page(document: Document, kind: str, body: str, title: str) -> str:
    with translation.override(document.language):
        return render_to_string("print.html", {"document": document, "kind": kind, "body": body, "title": title})


def _short(notes: tuple[str, ...]) -> tuple[str, ...]:
    """The notes, when all of them fit beside the text."""
    return notes if sum(map(len, notes)) <= MARGIN_NOTE else ()


def _table_label(number: str) -> str:
    return gettext("Table %(number)s") % {"number": number} if number else ""


def _figure_label(number: str) -> str:
    return gettext("Figure %(number)s") % {"number": number} if number else ""


def _source(source: str, vintage: str, language: str) -> str:
    if source and vintage:
        words = {"source": source.rstrip("."), "date": date_text(date.fromisoformat(vintage), language)}
        return gettext("Source: %(source)s. Vintage %(date)s.") % words
    return gettext("Source: %(source)s.") % {"source": source.rstrip(".")} if source else ""


def _groups(table: Table) -> tuple[PrintedGroup, ...]:
    if not any(column.group for column in table.columns):
        return ()
    groups: list[PrintedGroup] = []
    for column in table.columns:
        if groups and groups[-1].label == column.group:
            groups[-1] = PrintedGroup(column.group, groups[-1].span + 1)
        else:
            groups.append(PrintedGroup(column.group, 1))
    return tuple(groups)


def _weights(table: Table, language: str) -> list[int]:
    """How many characters each column asks for: its longest number, or a fair part of its longest text."""
    rows = table.display_rows(language)
    weights = []
    for place, column in enumerate(table.columns):
        longest = max((len(row.cells[place].text) for row in rows), default=0)
        word = max((len(word) for word in re.split(r"[ \u200b]", unbroken(column.label))), default=0)
        weights.append(max(longest if column.numeric else min(longest, 34), word) + 2)
    return weights


def _columns(table: Table, weights: list[int]) -> tuple[PrintedColumn, ...]:
    """Widths in per cent, so that the typesetter need not try: a fixed layout is 14 % quicker."""
    total = sum(weights)
    return tuple(
        PrintedColumn(column.key, unbroken(column.label), column.numeric, f"{100 * weight / total:.1f}%")
        for column, weight in zip(table.columns, weights, strict=True)
    )


def _with_outward_links(html: str) -> str:
    here = set(re.findall(r'\bid="([^"]+)"', html))

    def resolved(match: re.Match[str]) -> str:
        return match[0] if match[1] in here else f'href="pulje:{match[1]}"'

    return re.sub(r'href="#([^"]+)"', resolved, html)
