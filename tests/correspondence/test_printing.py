"""Print: archivable and accessible, each letter a page and a bookmark of its own, in its own language."""

import io
from datetime import UTC, datetime

import page
import pypdf
import pytest
from django.utils import timezone

from correspondence import actions
from correspondence.models import LetterBatch
from correspondence.printing import DataFile, print_pdf
from correspondence.queries import print_key
from correspondence.sheets import batch_pdf, letter_pdfs
from jobs.models import Job
from jobs.run import run_job
from tests.correspondence.letters import a_batch, draft

pytestmark = pytest.mark.django_db
TEMPLATE = "correspondence/print/letters.html"
LONG = "Sykefravær og nærvær henger sammen med ledelse, medvirkning og utvikling. " * 60


def faults(pdf: bytes) -> list[str]:
    profiles = (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1)
    return [fault.message for profile in profiles for fault in page.validate_pdf_bytes(pdf, profile=profile).failures]


def opened(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def text_of(one) -> str:
    return " ".join(one.extract_text().split())


def in_order(batch: LetterBatch):
    return list(batch.letters.select_related("batch"))


def bookmarks(reader: pypdf.PdfReader) -> list[tuple[str, int]]:
    """The top level of the outline, with the page (from 1) each leads to."""
    tops = [one for one in reader.outline if not isinstance(one, list)]
    return [(one.title, reader.get_destination_page_number(one) + 1) for one in tops]


def letter_context(**values):
    return {"letters": [], "made_at": datetime(2009, 1, 5, 12, tzinfo=UTC), **values}


def test_any_template_becomes_a_valid_file_with_its_title_and_language(adviser):
    batch = a_batch(by=adviser)
    pdf = print_pdf(TEMPLATE, letter_context(letters=in_order(batch)), title="Referat", language="nn")
    assert faults(pdf) == []
    reader = opened(pdf)
    assert (reader.metadata.title, reader.trailer["/Root"]["/Lang"]) == ("Referat", "nn")
    assert "5. januar 2009" in text_of(reader.pages[0])
    assert reader.metadata.creation_date.isoformat().startswith("2009-01-05T")


def test_the_same_in_gives_the_same_bytes_out(adviser):
    context = letter_context(letters=in_order(a_batch(by=adviser)))
    assert print_pdf(TEMPLATE, context, title="t", language="nb") == print_pdf(
        TEMPLATE, context, title="t", language="nb"
    )


def test_files_lie_inside_and_bookmarks_can_be_left_out(adviser):
    context = letter_context(letters=in_order(a_batch(by=adviser)))
    files = [DataFile(name, "Budsjett", b"a;b", datetime(2009, 1, 5, tzinfo=UTC)) for name in ("b.csv", "a.csv")]
    pdf = print_pdf(TEMPLATE, context, title="t", language="nb", files=files, bookmarks=False)
    assert faults(pdf) == []
    assert sorted(opened(pdf).attachments) == ["a.csv", "b.csv"]
    assert opened(pdf).outline == []


def test_a_batch_is_one_valid_file_in_which_each_letter_begins_a_page_with_its_bookmark(adviser):
    drafts = [draft(number) for number in range(1, 12)]
    drafts[3] = draft(4, body_markdown=LONG + "\n\n## Vidare\n\n" + LONG)
    batch = a_batch(*drafts, by=adviser)
    heard = []
    pdf = batch_pdf(batch, in_order(batch), heard.append)
    assert faults(pdf) == []
    assert heard == [5, 11]
    reader = opened(pdf)
    firsts = [number for _title, number in bookmarks(reader)]
    assert len(firsts) == len(set(firsts)) == 11
    for letter, number in zip(batch.letters.all(), firsts, strict=True):
        assert f"{letter.name} v/ rådmannen" in text_of(reader.pages[number - 1])
    assert len(reader.pages) > 11


def test_a_long_letter_counts_its_own_pages_and_a_first_page_has_no_foot(adviser):
    batch = a_batch(draft(1), draft(2, body_markdown=LONG + "\n\n" + LONG), draft(3), by=adviser)
    reader = opened(batch_pdf(batch, in_order(batch)))
    words = [text_of(one) for one in reader.pages]
    assert len(words) >= 4
    assert words[2].endswith("Tilsagn om tilskudd, Kommune 2 2")
    assert not any(words[number].endswith(("Kommune 1 1", "Kommune 2 1", "2")) for number in (0, 1))
    assert "Kommune 3" in words[-1]


def test_a_letter_in_nynorsk_among_others_says_so(adviser):
    batch = a_batch(by=adviser, letters=3)
    reader = opened(batch_pdf(batch, in_order(batch)))
    articles = [one.get_object() for one in reader.trailer["/Root"]["/StructTreeRoot"]["/K"][0].get_object()["/K"]]
    assert [article.get("/Lang") for article in articles] == ["nb", "nb", "nn"]
    alone = opened(letter_pdfs(in_order(batch)[2:])[0])
    assert alone.trailer["/Root"]["/Lang"] == "nn"
    assert alone.metadata.title == "Tilsegn om tilskot"


def test_a_letter_alone_is_valid(adviser):
    (pdf,) = letter_pdfs(in_order(a_batch(draft(body_markdown=LONG), by=adviser)))
    assert faults(pdf) == []


def run(kind: str) -> Job:
    return run_job(Job.objects.unfinished().get(kind=kind).pk)


def test_the_print_of_a_batch_is_stored_and_grows_old_with_a_letter(adviser):
    batch = a_batch(by=adviser)
    actions.ask_print(batch, by=adviser)
    job = run("correspondence.print_batch")
    batch = LetterBatch.objects.get(pk=batch.pk)
    assert job.result["letters"] == 2
    with batch.pdf.open() as file:
        assert file.read().startswith(b"%PDF")
    assert batch.pdf_of == print_key(batch, in_order(batch))
    letter = batch.letters.first()
    actions.edit_letter(
        letter, addressee="Ny\nadresse", email="", subject="Nytt", body="Ny tekst.", version=1, by=adviser
    )
    assert batch.pdf_of != print_key(batch, in_order(batch))


def test_a_new_print_replaces_the_file_of_the_old(adviser, django_capture_on_commit_callbacks):
    letter = a_batch(by=adviser).letters.first()
    files = []
    for version in (1, 2):
        actions.ask_print_letter(letter, by=adviser)
        with django_capture_on_commit_callbacks(execute=True):
            run("correspondence.print_letter")
        letter.refresh_from_db()
        files.append(letter.pdf.path)
        with letter.pdf.open() as file:
            assert file.read().startswith(b"%PDF")
        actions.edit_letter(
            letter, addressee="Ny", email="", subject="Nytt", body="Ny tekst.", version=version, by=adviser
        )
        letter.refresh_from_db()
    assert files[0] != files[1]
    assert not letter.pdf.storage.exists(files[0])


def test_a_withdrawn_letter_is_not_printed(adviser):
    batch = a_batch(by=adviser)
    actions.withdraw_letter(batch.letters.first(), by=adviser)
    actions.ask_print(batch, by=adviser)
    assert run("correspondence.print_batch").result["letters"] == 1
    assert timezone.localdate() == batch.dated_on
