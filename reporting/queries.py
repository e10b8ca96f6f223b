"""Reading editions: lists, what waits, and everything one edition's page shows."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import override

from jobs.models import Job
from municipalities.models import User
from reporting import states
from reporting.catalogue import REPORTS
from reporting.changes import Change
from reporting.contradictions import Found, contradictions, unanswered
from reporting.document import Document
from reporting.models import Edition
from reporting.prose import fact_text
from reporting.reckoning import checksum, facts
from reporting.section_data import Contradiction

SORTS = {
    "report": ("programme__name", "report", "-year", "-number"),
    "-report": ("-programme__name", "-report", "year", "number"),
    "state": ("state", "programme__name"),
    "-state": ("-state", "programme__name"),
    "published": ("published_at",),
    "-published": ("-published_at",),
}


def editions_for(user: User, *, programme="", report="", state="", sort="") -> QuerySet[Edition]:
    """The editions a person may see, by the filters of the list."""
    found = Edition.objects.visible_to(user).without_data().select_related("programme", "comparison")
    if programme:
        found = found.filter(programme__slug=programme)
    if report in REPORTS:
        found = found.filter(report=report)
    if state in states.TRANSITIONS:
        found = found.filter(state=state)
    return found.order_by(*SORTS.get(sort, ("-published_at", "-created_at")))


@dataclass(frozen=True)
class SectionMark:
    """A line of the list beside the report: what the section lacks."""

    slug: str
    title: str
    number: str
    level: int
    prose_missing: bool
    changed: int
    unanswered: int
    contradictions: tuple[tuple[Contradiction, str], ...] = ()


@dataclass(frozen=True)
class EditionLife:
    """Where an edition stands and what the reader can do next. ``previous`` is the edition before it.

    ``is_outdated``: figures are released since, if only of periods whose printed figures stay as they are.
    """

    job: Job | None
    pdf_is_current: bool
    unanswered: int
    changes: int
    is_outdated: bool
    acts: tuple[str, ...]
    previous: Edition | None
    is_reader: bool
    prose_missing: int = 0

    @property
    def pdf_is_old(self) -> bool:
        return not self.pdf_is_current


def edition_life(edition: Edition, user: User) -> EditionLife:
    """A reader without rights to write sees nothing of this but the report itself."""
    if not user.may("reporting.view_drafts"):
        return EditionLife(None, True, 0, 0, False, (), None, True)
    comparison = getattr(edition, "comparison", None)
    answered = set(edition.explanations())
    same = Edition.objects.filter(
        programme=edition.programme_id, report=edition.report, year=edition.year, language=edition.language
    )
    return EditionLife(
        job=last_job(edition),
        pdf_is_current=bool(edition.pdf) and edition.pdf_of == content_checksum(edition),
        unanswered=len(unanswered(contradictions_of(edition), answered)),
        changes=len(comparison.changes) if comparison else 0,
        is_outdated=bool(comparison and (comparison.changes or comparison.vintages != edition.vintages)),
        acts=tuple(act for act, step in states.TRANSITIONS[edition.state].items() if user.may(step.permission)),
        previous=same.filter(number__lt=edition.number).without_data().order_by("-number").first(),
        is_reader=False,
        prose_missing=_sections_without_prose(edition),
    )


def _sections_without_prose(edition: Edition) -> int:
    written = {section for section, text in edition.texts().items() if text}
    return sum(section.slug not in written and bool(section.guidance) for section in REPORTS[edition.report].sections)


def last_job(edition: Edition) -> Job | None:
    """The newest job about the edition that is not done: running, waiting or failed."""
    newest = Job.objects.about(f"reporting.edition:{edition.pk}").first()
    return newest if newest and newest.state not in (Job.State.DONE, Job.State.CANCELLED) else None


def contradictions_of(edition: Edition) -> Found:
    """Everything in the edition that must be answered, in its figures and in its prose."""
    return contradictions(edition.data, edition.texts(), edition.language)


def content_checksum(edition: Edition) -> str:
    """What a PDF is made from: figures, prose, answers and whether it is marked as a draft."""
    prose = sorted(edition.texts().items())
    answers = sorted((*key, text) for key, text in edition.explanations().items())
    return checksum([edition.sha256, prose, answers, edition.findings, edition.language, edition.is_frozen])


def in_its_language(words, edition: Edition) -> str:
    """A section's heading as the edition prints it, whatever language the page around it is read in."""
    with override(edition.language):
        return str(words)


def section_marks(edition: Edition, document: Document) -> list[SectionMark]:
    """One for each section of the catalogue, in order; with its number where ``document`` prints it."""
    numbers = {section.slug: section.number for section in document.sections}
    written = {section for section, text in edition.texts().items() if text}
    answers = edition.explanations()
    comparison = getattr(edition, "comparison", None)
    changed = Counter(change["section"] for change in comparison.changes) if comparison else Counter()
    everything = contradictions_of(edition)
    marks = []
    for section in REPORTS[edition.report].sections:
        found = [(one, answers.get((slug, one.key), "")) for slug, one in everything if slug == section.slug]
        marks.append(
            SectionMark(
                slug=section.slug,
                title=in_its_language(section.title, edition),
                number=numbers.get(section.slug, ""),
                level=section.level,
                prose_missing=section.slug not in written and bool(section.guidance),
                changed=changed[in_its_language(section.title, edition)],
                unanswered=sum(1 for _one, answer in found if not answer),
                contradictions=tuple(found),
            )
        )
    return marks


def changes_of(edition: Edition) -> list[Change]:
    comparison = getattr(edition, "comparison", None)
    return [Change(**change) for change in comparison.changes] if comparison else []


def live_figures(edition: Edition, section: str = ""):
    """(name, fact, text as printed) of every live figure that prose may hold, the section's own first."""
    known = sorted(facts(edition.data).items(), key=lambda item: (not item[0].startswith(f"{section}."), item[0]))
    return [(name, fact, fact_text(fact, edition.language)) for name, fact in known]
