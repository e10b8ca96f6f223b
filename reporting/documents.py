"""From an edition to what is printed: sections with prose and data, and the words of the title page."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from django.utils.translation import gettext as _
from django.utils.translation import override

from reporting.catalogue import REPORTS
from reporting.chapters import chapters_of
from reporting.contradictions import in_prose
from reporting.document import Document, PrintedSection
from reporting.models import Edition
from reporting.numbers import date_text
from reporting.prose import render
from reporting.reckoning import facts
from reporting.scope import Section
from reporting.section_data import Contradiction, SectionData


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
    """The sections that have something to print; one without prose, data or parts is left out, and counts nowhere."""
    by_slug = {section["slug"]: SectionData.from_json(section["data"]) for section in data}
    known = facts(data)
    printed = []
    for section in REPORTS[report].sections:
        text = prose.get(section.slug, "")
        html = render(text, known, language).html
        found = by_slug.get(section.slug, SectionData())
        explained = _explained(section.slug, found, in_prose(text, set(known)), answers)
        printed.append(_printed(section, html, replace(found, notes=found.notes + explained)))
    return chapters_of(printed)


def _explained(slug: str, data: SectionData, in_words: list[Contradiction], answers: dict) -> tuple[str, ...]:
    """The answers to what the figures contradict, after what they say; to what the prose says, after its words."""
    said = [(one.key, one.text) for one in data.contradictions]
    said += [(one.key, _("“%(words)s”:") % {"words": one.printed}) for one in in_words]
    return tuple(f"{text} {answers[slug, key]}" for key, text in said if (slug, key) in answers)


def _printed(section: Section, html: str, data: SectionData) -> PrintedSection:
    return PrintedSection(
        slug=section.slug,
        title=str(section.title),
        level=section.level,
        number=str(section.number),
        prose=html,
        data=replace(data, contradictions=()),
        template=section.template,
    )


def period_text(programme, language: str) -> str:
    """«8. januar 2007–30. juni 2010»."""
    return f"{date_text(programme.starts_on, language)}–{date_text(programme.ends_on, language)}"


def noon(day: date) -> datetime:
    """An instant that stands for a day, for a report printed without an edition: the same each time."""
    return datetime.combine(day, time(12), tzinfo=UTC)
