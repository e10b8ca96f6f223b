"""The papers of a meeting: a file to keep and a copy to page through, whatever was uploaded."""

from io import BytesIO

import pytest
from django.urls import reverse
from pikepdf import Name, Pdf
from pypdf import PdfReader

from jobs.models import Job
from jobs.run import run_job
from programmes.actions import committees as actions
from programmes.models import Meeting
from tests.factories import ProgrammeFactory, person
from tests.programmes.records_committees import committee_of, item_of, meeting_of, paper_of, pdf_of
from tests.validity import faults_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> Meeting:
    return meeting_of(committee_of(ProgrammeFactory()))


def made(meeting: Meeting) -> Meeting:
    job = run_job(actions.ask_for_papers(meeting, by=person("adviser")).pk)
    assert job.state == Job.State.DONE, job.trouble
    meeting.refresh_from_db()
    return meeting


def copy_of(meeting: Meeting) -> Pdf:
    with made(meeting).reading_copy.open("rb") as file:
        return Pdf.open(BytesIO(file.read()))


def outline(pdf: Pdf) -> list[tuple[int, str, int]]:
    """(level, title, page counted from 1) of each bookmark, in order."""
    place = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    found = []

    def read(items, level):
        for item in items:
            found.append((level, item.title, place[item.destination[0].objgen]))
            read(item.children, level + 1)

    with pdf.open_outline() as bookmarks:
        read(bookmarks.root, 0)
    return found


def sizes(pdf: Pdf) -> list[tuple[int, int]]:
    return [(int(page.mediabox[2]), int(page.mediabox[3])) for page in pdf.pages]


def test_the_pages_of_the_papers_come_after_the_cases_in_the_order_of_the_agenda(meeting):
    first, second = item_of(meeting, 1, title="Opptak"), item_of(meeting, 2, title="Regnskap")
    paper_of(meeting, second, "Tall", content=pdf_of(1, width=302))
    paper_of(meeting, first, "Oversikt", content=pdf_of(2, width=301))
    paper_of(meeting, None, "Innkalling", content=pdf_of(1, width=300))

    pdf = copy_of(meeting)

    own = len(pdf.pages) - 4
    assert sizes(pdf)[own:] == [(300, 500), (301, 500), (301, 501), (302, 500)]
    bookmarks = outline(pdf)
    case = next(one for one in bookmarks if one[1] == "09/1 Opptak")
    at = bookmarks.index(case)
    assert bookmarks[at + 1] == (case[0] + 1, "09/1 Opptak – Oversikt", own + 2)
    assert (case[0] + 1, "09/2 Regnskap – Tall", own + 4) in bookmarks
    assert any(title == "Innkalling" and page == own + 1 for _level, title, page in bookmarks)


def test_the_list_of_papers_tells_the_page_and_leads_there(meeting):
    item = item_of(meeting, 1, title="Opptak", case_text="Avsnitt.\n\n" * 90)
    paper_of(meeting, item, "Oversikt", content=pdf_of(2))
    paper_of(meeting, item, "Vedlegg", content=pdf_of(1))

    pdf = copy_of(meeting)

    own = len(pdf.pages) - 3
    out = BytesIO()
    pdf.save(out)
    text = "".join(page.extract_text() for page in PdfReader(out).pages[:own])
    assert f"Oversikt, side {own + 1}" in text
    assert f"Vedlegg, side {own + 3}" in text
    led = [
        one.Dest[0].objgen
        for page in list(pdf.pages)[:own]
        for one in page.obj.get("/Annots", ())
        if one.Subtype == Name.Link
    ]
    assert led == [pdf.pages[own].obj.objgen, pdf.pages[own + 2].obj.objgen]


def test_what_cannot_be_shown_has_a_page_that_says_so_and_lies_inside(meeting):
    item = item_of(meeting, 1, title="Opptak")
    paper_of(meeting, item, "Ødelagt", content=b"%PDF-1.7 cut off")
    paper_of(meeting, item, "Låst", content=pdf_of(1, password="hemmelig"))
    paper_of(meeting, item, "Regneark", name="tall.xlsx", content=b"PK\x03\x04 tall")
    paper_of(meeting, item, "Hel", content=pdf_of(1, width=321))

    pdf = copy_of(meeting)

    own = len(pdf.pages) - 4
    assert sizes(pdf)[-1] == (321, 500)
    out = BytesIO()
    pdf.save(out)
    read = PdfReader(out)
    told = [page.extract_text() for page in read.pages[own : own + 3]]
    for words, page in zip(("skadet", "låst med passord", "ikke en PDF-fil"), told, strict=True):
        assert words in " ".join(page.split())
    # Under a second name, too, for readers that know only Latin letters.
    assert {"01-Ødelagt.pdf", "02-Låst.pdf", "03-Regneark.xlsx"} <= set(read.attachments)
    assert not any("Hel" in name for name in read.attachments)
    assert read.attachments["03-Regneark.xlsx"] == [b"PK\x03\x04 tall"]
    assert next(title for _level, title, page in outline(pdf) if page > own) == "09/1 Opptak – Ødelagt"


def test_nothing_of_a_foreign_file_runs_or_leads_astray(meeting):
    paper_of(meeting, item_of(meeting), content=pdf_of(2))
    pdf = copy_of(meeting)
    foreign = pdf.pages[-2].obj
    assert "/AA" not in foreign
    assert list(foreign.Annots) == []


def test_the_file_to_keep_stays_archivable_and_the_copy_does_not_claim_to_be(meeting):
    paper_of(meeting, item_of(meeting), content=pdf_of(1))
    pdf = copy_of(meeting)
    assert "/Metadata" not in pdf.Root
    with meeting.papers_pdf.open("rb") as file:
        assert faults_of(file.read()) == []


def test_without_pdf_papers_one_file_has_everything(meeting):
    item = item_of(meeting)
    paper_of(meeting, item, "Regneark", name="tall.xlsx", content=b"PK\x03\x04")
    assert not made(meeting).reading_copy
    pdf = paper_of(meeting, item, content=pdf_of(1))
    assert made(meeting).reading_copy
    pdf.delete()
    assert not made(meeting).reading_copy


def test_the_page_says_which_file_is_which(meeting, client):
    paper_of(meeting, item_of(meeting), content=pdf_of(1))
    made(meeting)
    client.force_login(person("adviser"))
    committee = meeting.committee
    address = reverse("programmes:meeting", args=[committee.programme.slug, committee.slug, meeting.pk])
    page = client.get(address).content.decode()
    assert "Lesekopi (PDF)" in page
    assert "Fil til arkivet (PDF)" in page
    answer = client.get(reverse("programmes:reading_copy", args=[committee.programme.slug, committee.slug, meeting.pk]))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
