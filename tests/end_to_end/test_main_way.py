"""The main way, in a real browser with a real worker: a file in, its zero rejected, the reports renewed, published."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from config.demo.appendix import write_appendix
from config.demo.people import PASSWORD
from municipalities.models import User
from reporting.models import Comparison, Edition
from tests.end_to_end.reader import PATIENCE_MS, Reader
from tests.end_to_end.records import draft, load_records
from tests.end_to_end.workers import worker

pytestmark = pytest.mark.production

WHY_REJECTED = "Nullen er en manglende verdi."
WHY_KEPT = "Det trykte snittet regner nullen for Kristiansund med."
FINDINGS = "Fraværet i programmet sto stille."


@pytest.fixture
def adviser(transactional_db: None) -> User:
    return load_records()


@pytest.fixture
def mails(adviser: User, live_server, tmp_path: Path) -> Iterator[Path]:
    """The worker runs as long as the test; give the folder where the e-mails it sends lie."""
    folder = tmp_path / "mails"
    with worker(folder, live_server.url):
        yield folder


def test_from_a_file_to_two_published_reports(page: Page, adviser: User, mails: Path, tmp_path: Path) -> None:
    annual, final = draft("annual", 2008, "nb", adviser), draft("final", None, "nb", adviser)
    reader = Reader(page, "nb")
    reader.sign_in("adviser@pulje.example", PASSWORD)
    reject_the_zero_and_release(reader, tmp_path)
    renew_the_final_report(reader, final)
    renew_the_annual_report(reader, annual)
    for edition in (annual, final):
        publish(reader, edition)
    reader.sign_out("Randi Rådgiver")
    the_steering_group_reads(reader, mails, annual, "Årsrapport 2008")


def test_the_same_way_in_nynorsk(page: Page, adviser: User, mails: Path, tmp_path: Path) -> None:
    User.objects.filter(email="steering.member@pulje.example").update(language="nn")
    annual = draft("annual", 2008, "nn", adviser)
    reader = Reader(page, "nn")
    page.goto("/")
    reader.choose_language("Nynorsk")
    reader.sign_in("adviser@pulje.example", PASSWORD)
    reader.choose_language("Nynorsk")
    reader.sees("Kommunar")
    reject_the_zero_and_release(reader, tmp_path)
    renew_the_annual_report(reader, annual)
    publish(reader, annual)
    reader.sees("Sjukefråvær")
    reader.sign_out("Randi Rådgiver")
    the_steering_group_reads(reader, mails, annual, "Årsrapport 2008")


def reject_the_zero_and_release(reader: Reader, folder: Path) -> None:
    """The zero of Kristiansund and the mean that counts it are held; the answers stand with their reasons."""
    page, (workbook, _text) = reader.page, write_appendix(folder)
    page.goto(reverse("absence:upload"))
    page.set_input_files("input[name=file]", workbook)
    page.fill("input[name=vintage_on]", "2010-05-20")
    reader.press("Read the file")
    zero = page.locator(".suspicion", has_text="Kristiansund")
    expect(zero).to_have_count(1, timeout=PATIENCE_MS)
    expect(zero).to_contain_text("0,0 prosent")
    answer(reader, zero, WHY_REJECTED, "Leave it out")
    mean = page.locator(".suspicion")
    expect(mean).to_contain_text("9,6")
    expect(mean).to_contain_text("10,6")
    answer(reader, mean, WHY_KEPT, "Let the period through")
    expect(mean).to_have_count(0)
    reader.press_of(71, "Release %(n)s figure", "Release %(n)s figures")
    reader.sees(reader.says_of(71, "%(n)s figure is released.", "%(n)s figures are released."))
    for reason in (WHY_REJECTED, WHY_KEPT):
        reader.sees(reason)


def answer(reader: Reader, doubt: Locator, reason: str, msgid: str) -> None:
    doubt.locator("input[name=reason]").first.fill(reason)
    reader.press(msgid, doubt)


def renew_the_final_report(reader: Reader, final: Edition) -> None:
    """The offer comes with the release, and shows cell by cell what would change."""
    page = reader.page
    reader.waits_until(Comparison.objects.filter(edition=final).exists)
    page.goto(reverse("reporting:edition", args=[final.pk]))
    reader.waits_for("link", "See which").click()
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Notodden", exact=True)).first
    expect(row).to_contain_text("12,9")
    reader.press("Renew the report")
    reader.sees(reader.says("The report has the newest figures."))
    reader.sees("10,6")


def renew_the_annual_report(reader: Reader, annual: Edition) -> None:
    """No figure of 2008 changes, but the report stands on a newer vintage."""
    # The release asks for the comparison; a page opened before it was asked for has nothing to wait for.
    reader.waits_until(Comparison.objects.filter(edition=annual).exists)
    reader.page.goto(reverse("reporting:edition", args=[annual.pk]))
    reader.waits_for("button", "Renew the report").click()
    reader.sees(reader.says("The report has the newest figures."))
    reader.sees("20. mai 2010")


def publish(reader: Reader, edition: Edition) -> None:
    """Findings written, contradictions explained, sent for review, approved, printed by the job, published."""
    page = reader.page
    page.goto(reverse("reporting:edition", args=[edition.pk]))
    reader.follow("Write the findings")
    page.locator("textarea[name=findings]").fill(FINDINGS)
    reader.press("Save the findings")
    while (open_ones := page.locator(".contradiction details[open]")).count():
        open_ones.first.locator("textarea").fill(WHY_KEPT)
        reader.press("Save the explanation", open_ones.first)
    reader.press("Send for review")
    reader.press("Approve the report")
    reader.waits_for("button", "Publish the report").click()
    reader.sees(reader.says("The report is published, and the steering group is told by e-mail."))


def the_steering_group_reads(reader: Reader, mails: Path, edition: Edition, title: str) -> None:
    """The e-mail names the page; the page has the report, and the PDF is the report that was published."""
    page, address = reader.page, reverse("reporting:edition", args=[edition.pk])
    mail = reader.waits_until(lambda: mail_about(address, mails))
    assert mail["To"] == "steering.member@pulje.example"
    assert title in mail["Subject"]
    assert FINDINGS in mail.get_content()
    reader.sign_in("steering.member@pulje.example", PASSWORD)
    page.goto(address)
    reader.sees(FINDINGS)
    expect(page.get_by_role("button", name=reader.says("Publish the report"))).to_have_count(0)
    with page.expect_request("**/report.pdf") as asked:
        reader.follow("Open the PDF")
    content = page.request.get(asked.value.url).body()
    assert content.startswith(b"%PDF")
    words = " ".join(one.extract_text() for one in PdfReader(BytesIO(content)).pages)
    assert title in words
    assert "20. mai 2010" in words


def mail_about(address: str, mails: Path) -> EmailMessage | None:
    letters = (message_from_bytes(path.read_bytes(), policy=policy.default) for path in mails.iterdir())
    return next((letter for letter in letters if address in letter.get_content()), None)
