"""From an edition to what is printed: sections with prose and data, and the words of the title page."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from django.utils.translation import gettext as _
from django.utils.translation import override

from reporting.catalogue import REPORTS
from reporting.document import Document, PrintedSection
from reporting.models import Edition
from reporting.numbers import date_text
from reporting.prose import render
from reporting.reckoning import facts
from reporting.scope import Section
from reporting.section_data import SectionData

SHORT = 2500  # characters of HTML: about two thirds of a page


def document_of(edition: Edition) -> Document:
    """The edition as a document for the page and the print. Reads prose and answers."""
    prose, answers = edition.texts(), edition.explanations()
    with override(edition.language):
        return Document(
            title=str(edition.title),
            programme=edition.programme.name,
            frozen_at=edition.computed_at or edition.created_at,
            sections=printed_sections(edition.report, edition.data, prose, answers, edition.language),
            language=edition.language,
            period="" if edition.year else period_text(edition.programme, edition.language),
            edition=_("Edition %(number)d") % {"number": edition.number},
            publisher=_("The secretariat of %(programme)s") % {"programme": edition.programme.name},
            vintages=tuple((source, date.fromisoformat(day)) for source, day in sorted(edition.vintages.items())),
            draft=not edition.is_frozen,
        )


def printed_sections(report: str, data: list[dict], prose: dict, answers: dict, language: str):
    """The sections that have something to print; a heading without prose, data or parts is left out."""
    by_slug = {section["slug"]: SectionData.from_json(section["data"]) for section in data}
    known = facts(data)
    sections = list(REPORTS[report].sections)
    printed = []
    for place, section in enumerate(sections):
        html = render(prose.get(section.slug, ""), known, language).html
        found = by_slug.get(section.slug, SectionData())
        if html or found.tables or found.figures or found.definitions or _has_parts(sections, place):
            printed.append(_printed(section, html, found, answers))
    return _run_together(printed)


def _run_together(sections: list[PrintedSection]) -> tuple[PrintedSection, ...]:
    """Chapters of a few lines follow each other on a page; one with parts or tables opens its own."""
    joined: list[PrintedSection] = []
    for place, section in enumerate(sections):
        before = joined[-1] if joined else None
        follows = before is not None and before.level == section.level == 1 and len(before.prose) < SHORT
        has_parts = place + 1 < len(sections) and sections[place + 1].level > section.level
        if follows and before.is_only_prose and section.is_only_prose and not has_parts:
            section = replace(section, runs_on=True)
        joined.append(section)
    return tuple(joined)


def _has_parts(sections: list[Section], place: int) -> bool:
    following = sections[place + 1] if place + 1 < len(sections) else None
    return following is not None and following.level > sections[place].level


def _printed(section: Section, html: str, data: SectionData, answers: dict) -> PrintedSection:
    explained = tuple(
        f"{contradiction.text} {answers[section.slug, contradiction.key]}"
        for contradiction in data.contradictions
        if (section.slug, contradiction.key) in answers
    )
    return PrintedSection(
        slug=section.slug,
        title=str(section.title),
        level=section.level,
        number=str(section.number),
        prose=html,
        data=replace(data, notes=data.notes + explained, contradictions=()),
        template=section.template,
    )


def period_text(programme, language: str) -> str:
    """«8. januar 2007–30. juni 2010»."""
    return f"{date_text(programme.starts_on, language)}–{date_text(programme.ends_on, language)}"


def noon(day: date) -> datetime:
    """An instant that stands for a day, for a report printed without an edition: the same each time."""
    return datetime.combine(day, time(12), tzinfo=UTC)
