"""A report straight from the released figures, without an edition: for commands and for trying things out."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from programmes.models import Programme
from reporting.catalogue import REPORTS
from reporting.contradictions import contradictions, unanswered
from reporting.document import Document, Numbering
from reporting.documents import noon, period_text, printed_sections
from reporting.models import Edition
from reporting.reckoning import reckon, snapshot
from reporting.scopes import scope_for
from reporting.vintages import vintages_in_use


@dataclass(frozen=True)
class BuiltReport:
    """``warnings`` are sentences: contradictions without an explanation, live figures that name nothing."""

    document: Document
    numbering: Numbering
    data: list[dict]
    vintages: dict[str, str]
    warnings: tuple[str, ...]


def build_report(programme: Programme, report: str, year: int | None, language: str) -> BuiltReport:
    """The sections reckoned now, with the prose and the answers of the newest edition in the language."""
    scope = scope_for(programme, year)
    with snapshot():
        data = reckon(REPORTS[report], scope, language)
        vintages = vintages_in_use(scope.vintage)
        prose, answers = _words(programme, report, year, language)
    frozen_on = max((date.fromisoformat(day) for day in vintages.values()), default=scope.counted_on)
    with override(language):
        title = f"{REPORTS[report].title} {year}" if year else str(REPORTS[report].title)
        document = Document(
            title=title,
            programme=programme.name,
            frozen_at=noon(frozen_on),
            sections=printed_sections(report, data, prose, answers, language),
            language=language,
            period="" if year else period_text(programme, language),
            publisher=_("The secretariat of %(programme)s") % {"programme": programme.name},
            vintages=tuple((source, date.fromisoformat(day)) for source, day in sorted(vintages.items())),
        )
    return BuiltReport(document, Numbering.of(document), data, vintages, _warnings(data, prose, answers, language))


def _words(programme: Programme, report: str, year: int | None, language: str) -> tuple[dict, dict]:
    same = Edition.objects.filter(programme=programme, report=report, year=year, language=language)
    newest = same.without_data().order_by("-number").first()
    if newest is None:
        return {}, {}
    return newest.texts(), newest.explanations()


def _warnings(data: list[dict], prose: dict, answers: dict, language: str) -> tuple[str, ...]:
    return tuple(one.text for _section, one in unanswered(contradictions(data, prose, language), set(answers)))
