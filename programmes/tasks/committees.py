"""The papers of a meeting as one PDF: the agenda, each case under its bookmark, and the files themselves inside."""

from django.core.files.base import ContentFile
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence.printing import DataFile, print_pdf
from jobs.registry import handler
from municipalities.markdown import safe_html

from ..models import Meeting, MeetingPaper

# The papers are written in bokmål or nynorsk by the secretariat; what the portal adds follows the asker's language.
LANGUAGE = "nb"


@handler("programmes.meeting_papers", title=gettext_lazy("Make the papers of a meeting"), memory_mb=1500)
def meeting_papers(run, *, meeting_id: int):
    meeting = Meeting.objects.select_related("committee__programme").get(pk=meeting_id)
    language = run.job.asked_by.language if run.job.asked_by else LANGUAGE
    run.progress(0, 2, gettext_lazy("Reads the files"))
    papers = list(meeting.papers.select_related("item").order_by("position"))
    files = _files(papers)
    run.progress(1, 2, gettext_lazy("Sets the pages"))
    with translation.override(language):
        title = _("%(committee)s %(day)s: agenda and papers") % {
            "committee": meeting.committee,
            "day": date_format(meeting.held_on),
        }
        pdf = print_pdf(
            "programmes/print/meeting.html",
            _context(meeting, papers, files),
            title=title,
            language=language,
            files=files.values(),
        )
    with run.finish() as result:
        meeting = Meeting.objects.select_for_update().get(pk=meeting_id)
        meeting.papers_pdf.save(f"{meeting.committee.slug}-{meeting.held_on}.pdf", ContentFile(pdf), save=False)
        meeting.papers_made_at = timezone.now()
        meeting.save(update_fields=["papers_pdf", "papers_made_at"])
        result.update(bytes=len(pdf))


def _files(papers: list[MeetingPaper]) -> dict[int, DataFile]:
    """Each uploaded file as it will lie inside the PDF, under a number so that no two have one name."""
    return {
        paper.pk: DataFile(
            f"{number:02d}-{paper.title[:60]}.{paper.file.name.rpartition('.')[2]}".replace("/", "-"),
            paper.title,
            _content(paper),
            paper.added_at,
        )
        for number, paper in enumerate(papers, 1)
    }


def _content(paper: MeetingPaper) -> bytes:
    with paper.file.open("rb") as file:
        return file.read()


def _context(meeting: Meeting, papers: list[MeetingPaper], files: dict[int, DataFile]) -> dict:
    def named(item) -> list[tuple[str, str]]:
        return [(one.title, files[one.pk].name) for one in papers if one.item_id == (item.pk if item else None)]

    return {
        "sender": meeting.committee.programme.name,
        "meeting": meeting,
        "committee": meeting.committee,
        "papers": named(None),
        "cases": [(item, safe_html(item.case_text, top_level=3), named(item)) for item in meeting.items.all()],
    }
