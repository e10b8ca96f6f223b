"""Committees, a meeting, a case, a paper and books for tests."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from pikepdf import Dictionary, Encryption, Name, Pdf

from municipalities.models import User
from programmes.models import (
    AccountLine,
    AgendaItem,
    Committee,
    CommitteeSeat,
    Meeting,
    MeetingPaper,
    Programme,
    StaffPeriod,
    StaffPost,
)


def committee_of(programme: Programme, kind: str = "political") -> Committee:
    return Committee.objects.create(
        programme=programme, slug=kind, kind=kind, name={"nb": "Politisk kontaktmøte", "nn": "Politisk kontaktmøte"}
    )


def meeting_of(committee: Committee, held_on: date = date(2009, 5, 12), **values) -> Meeting:
    return Meeting.objects.create(committee=committee, held_on=held_on, **values)


def item_of(meeting: Meeting, number: int = 1, **values) -> AgendaItem:
    values = {"title": f"Sak {number}"} | values
    return AgendaItem.objects.create(
        meeting=meeting,
        committee=meeting.committee,
        year=meeting.held_on.year,
        number=number,
        position=number,
        **values,
    )


def paper_of(
    meeting: Meeting,
    item: AgendaItem | None = None,
    title: str = "Innstilling",
    *,
    name: str = "innstilling.pdf",
    content: bytes = b"%PDF-1.7 ",
) -> MeetingPaper:
    return MeetingPaper.objects.create(meeting=meeting, item=item, title=title, file=SimpleUploadedFile(name, content))


def pdf_of(pages: int, *, password: str = "", width: int = 400) -> bytes:
    """A PDF with so many pages, each of its own height: the first 500 points, the next 501, …

    The first page has a link within the file and a script, as foreign files may.
    """
    out = BytesIO()
    with Pdf.new() as made:
        for at in range(pages):
            made.add_blank_page(page_size=(width, 500 + at))
        first = made.pages[0]
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], Dest=[first.obj, Name.Fit])
        first.obj.Annots = made.make_indirect([made.make_indirect(link)])
        first.obj.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS="app.alert(1)"))
        made.save(out, encryption=Encryption(owner=password, user=password) if password else None)
    return out.getvalue()


def member_of(committee: Committee, user: User, **values) -> CommitteeSeat:
    return CommitteeSeat.objects.create(committee=committee, user=user, starts_on=date(2007, 1, 1), **values)


@dataclass
class Books:
    """What one programme's committee and books consist of."""

    committee: Committee
    seat: CommitteeSeat
    meeting: Meeting
    item: AgendaItem
    paper: MeetingPaper
    post: StaffPost
    line: AccountLine


def books_of(programme: Programme) -> Books:
    committee = committee_of(programme, "council")
    files = {name: SimpleUploadedFile("papers.pdf", b"%PDF-") for name in ("papers_pdf", "reading_copy")}
    meeting = meeting_of(committee, **files)
    item = item_of(meeting)
    post = StaffPost.objects.create(programme=programme, title="Rådgiver")
    StaffPeriod.objects.create(post=post, starts_on=date(2009, 1, 1), release_percent=Decimal(50))
    line = AccountLine.objects.create(
        programme=programme, year=2009, kind="budget", slug="secretariat", name={"nb": "Sekretariat"}, amount_nok=7000
    )
    seat = CommitteeSeat.objects.create(committee=committee, holder="Statssekretær")
    return Books(committee, seat, meeting, item, paper_of(meeting, item), post, line)
