"""The papers of a meeting: one file to keep, with the papers inside it, and one to page through, with them after it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence import foreign
from correspondence.merging import Paper, print_with_papers
from correspondence.printing import DataFile, document_html, print_pdf
from correspondence.typesetting import typeset
from jobs.registry import handler
from municipalities.markdown import safe_html

from ..models import AgendaItem, Meeting, MeetingPaper

# The papers are written in bokmål or nynorsk by the secretariat; what the portal adds follows the asker's language.
LANGUAGE = "nb"
TEMPLATE = "programmes/print/meeting.html"
NO_PDF = "no_pdf"


@dataclass(frozen=True)
class Sheet:
    """An uploaded paper; ``name`` is what it is called inside the PDF, so that no two have one name.

    ``pages`` are those that can be shown; where there are none ``why`` tells: ``no_pdf``, or a word of
    ``correspondence.foreign``.
    """

    paper: MeetingPaper
    name: str
    content: bytes
    pages: int = 0
    why: str = ""

    @property
    def anchor(self) -> str:
        return f"paper-{self.paper.pk}"

    @property
    def is_pdf(self) -> bool:
        return self.why != NO_PDF

    @property
    def title(self) -> str:
        """As its bookmark says: with the case it belongs to."""
        item = self.paper.item
        return f"{item} – {self.paper.title}" if item else self.paper.title

    def as_file(self) -> DataFile:
        return DataFile(self.name, self.paper.title, self.content, self.paper.added_at)


@handler("programmes.meeting_papers", title=gettext_lazy("Make the papers of a meeting"), memory_mb=1500)
def meeting_papers(run, *, meeting_id: int):
    """The reading copy is made where there are PDF papers; else the file to keep has everything that can be paged."""
    meeting = Meeting.objects.select_related("committee__programme").get(pk=meeting_id)
    language = run.job.asked_by.language if run.job.asked_by else LANGUAGE
    items, papers = list(meeting.items.all()), in_order(meeting)
    steps, sheets = len(papers) + 2, []
    for sheet in _sheets(papers):
        sheets.append(sheet)
        run.progress(len(sheets), steps, gettext_lazy("Reads the files"))
    run.progress(steps - 2, steps, gettext_lazy("Sets the pages"))
    with translation.override(language):
        title = _title(meeting)
        files = [one.as_file() for one in sheets]
        pdf = print_pdf(TEMPLATE, _context(meeting, items, sheets), title=title, language=language, files=files)
        run.progress(steps - 1, steps, gettext_lazy("Puts the pages of the papers after the agenda"))
        is_worth_a_copy = any(one.is_pdf for one in sheets)
        copy = _reading_copy(meeting, items, sheets, title, language) if is_worth_a_copy else None
    with run.finish() as result:
        meeting = Meeting.objects.select_for_update().select_related("committee").get(pk=meeting_id)
        name = f"{meeting.committee.slug}-{meeting.held_on}"
        meeting.papers_pdf.save(f"{name}.pdf", ContentFile(pdf), save=False)
        meeting.reading_copy = ""
        if copy:
            meeting.reading_copy.save(f"{name}-reading-copy.pdf", ContentFile(copy), save=False)
        meeting.papers_made_at = timezone.now()
        meeting.save(update_fields=["papers_pdf", "reading_copy", "papers_made_at"])
        result.update(bytes=len(pdf), papers=len(sheets), shown=sum(bool(one.pages) for one in sheets))


def in_order(meeting: Meeting) -> list[MeetingPaper]:
    """Those of the meeting as a whole, then as the cases stand on the agenda."""
    papers = meeting.papers.select_related("item").order_by("position", "pk")
    return sorted(papers, key=lambda one: (one.item.position, one.item.number) if one.item else (-1, 0))


def _sheets(papers: list[MeetingPaper]) -> Iterator[Sheet]:
    for number, paper in enumerate(papers, 1):
        kind = paper.file.name.rpartition(".")[2].lower()
        name = f"{number:02d}-{paper.title[:60]}.{kind}".replace("/", "-")
        with paper.file.open("rb") as file:
            content = file.read()
        if kind != "pdf":
            yield Sheet(paper, name, content, why=NO_PDF)
            continue
        try:
            yield Sheet(paper, name, content, pages=foreign.page_count(content))
        except foreign.UnreadablePdf as fault:
            yield Sheet(paper, name, content, why=fault.why)


def _title(meeting: Meeting) -> str:
    values = {"committee": meeting.committee, "day": date_format(meeting.held_on)}
    return _("%(committee)s %(day)s: agenda and papers") % values


def _context(meeting: Meeting, items: list[AgendaItem], sheets: list[Sheet], page_of: dict | None = None) -> dict:
    """``page_of``: where the papers come after the agenda, the page each begins on; None where they lie inside."""

    def of(item) -> list[dict]:
        return [
            {
                "title": one.paper.title,
                "name": one.name,
                "anchor": "" if page_of is None else one.anchor,
                "page": (page_of or {}).get(one.anchor),
            }
            for one in sheets
            if one.paper.item_id == (item.pk if item else None)
        ]

    return {
        "sender": meeting.committee.programme.name,
        "meeting": meeting,
        "committee": meeting.committee,
        "are_inside": page_of is None,
        "papers": of(None),
        "cases": [(item, safe_html(item.case_text, top_level=3), of(item)) for item in items],
    }


def _reading_copy(meeting: Meeting, items: list[AgendaItem], sheets: list[Sheet], title: str, language: str) -> bytes:
    """What cannot be shown has a page that says so, and lies inside as it came."""
    hidden = [one for one in sheets if not one.pages]
    pages = None
    if hidden:
        html = document_html("programmes/print/hidden_papers.html", {"sheets": hidden}, title=title, language=language)
        pages = typeset(html, tagged=False)
    papers = [
        Paper(
            one.anchor,
            str(one.paper.item) if one.paper.item else _("Agenda"),
            one.title,
            one.content if one.pages else pages.pdf,
            one.pages or 1,
            0 if one.pages else pages.anchors[one.anchor].page,
        )
        for one in sheets
    ]
    files = [one.as_file() for one in hidden]
    return print_with_papers(
        TEMPLATE,
        lambda page_of: _context(meeting, items, sheets, page_of),
        title=title,
        language=language,
        papers=papers,
        files=files,
    )
