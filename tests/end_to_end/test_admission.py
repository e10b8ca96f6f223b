"""A round in a real browser with a real worker: announced, applied to, consented to by link, sent in, receipt."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from playwright.sync_api import Page, expect

from programmes.models import AdmissionRound, Application
from tests.end_to_end.reader import Reader
from tests.end_to_end.workers import worker
from tests.programmes.rounds import ANSWERS, PDF, Scene, scene

pytestmark = pytest.mark.production
PASSWORD = "a long enough password"
PARTIES = {"politicians": "", "management": "", "unions": "Fagforbundet"}


@pytest.fixture
def found(transactional_db: None) -> Scene:
    """A round in preparation, with people who can sign in."""
    made = scene(announced_at=None)
    for user in (made.leader, made.adviser):
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return made


@pytest.fixture
def mails(found: Scene, live_server, settings, tmp_path: Path) -> Iterator[Path]:
    """Letters are written by the portal itself, and sent by the worker, into this folder."""
    settings.BASE_URL = live_server.url
    folder = tmp_path / "mails"
    with worker(folder, live_server.url):
        yield folder


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_from_the_invitation_to_the_receipt(page: Page, found: Scene, mails: Path, tmp_path: Path, language) -> None:
    type(found.leader).objects.update(language=language)
    reader = Reader(page, language)
    if language == "nn":
        page.goto("/")
        reader.choose_language("Nynorsk")
    announce_and_invite(reader, found)
    invitation = reader.waits_until(lambda: mail_to("post@kommune.example", mails))
    assert found.url("admission_round") in invitation.get_content()
    apply(reader, found, tmp_path)
    application = Application.objects.get()
    Application.objects.update(language=language)
    ask_the_parties(reader, found, application)
    reader.sign_out(found.leader.name)
    for party in PARTIES:
        answer(reader, reader.waits_until(lambda party=party: mail_to(f"{party}@kommune.example", mails)))
    send_in(reader, found, application, mails)


def announce_and_invite(reader: Reader, found: Scene) -> None:
    """The adviser chooses whom to invite, announces, and sends."""
    page = reader.page
    reader.sign_in(found.adviser.email, PASSWORD)
    page.goto(found.url("choose_invited"))
    page.locator("summary", has_text=str(found.municipality.county)).click()
    page.get_by_label(str(found.municipality), exact=True).check()
    reader.press("Put them on the list")
    page.locator("input[type=email]").fill("post@kommune.example")
    reader.press("Save the list")
    page.goto(found.url("admission_round"))
    reader.follow("Announce the round")
    reader.press("Announce the round")
    reader.sees(reader.says("The round is announced. Its page is open to everyone."))
    page.goto(found.url("invited_to_apply"))
    reader.press_of(1, "Send %(n)s invitation", "Send %(n)s invitations")
    reader.sees(reader.says_of(1, "%(n)s letter is on its way.", "%(n)s letters are on their way."))
    reader.sign_out(found.adviser.name)


def apply(reader: Reader, found: Scene, folder: Path) -> None:
    """The project leader fills in step by step; what is written is saved before any button is pressed."""
    page = reader.page
    reader.sign_in(found.leader.email, PASSWORD)
    page.goto(found.url("admission_round"))
    reader.press("Apply to take part")
    reader.press("Save and go on")
    for name in ("focus_areas", "themes"):
        page.locator(f"input[name={name}]").first.check()
    reader.press("Save and go on")
    page.fill("[name=challenges]", ANSWERS["challenges"])
    expect(page.locator("#saved")).to_contain_text(reader.says("Saved %(at)s") % {"at": ""})
    page.reload()
    expect(page.locator("[name=challenges]")).to_have_value(ANSWERS["challenges"])
    for names in (
        ("wanted_results",),
        ("absence_baseline_percent", "absence_baseline_on", "absence_target_percent", "absence_target_on"),
        ("work_organisation",),
    ):
        for name in names:
            page.fill(f"[name={name}]", ANSWERS[name])
        reader.press("Save and go on")
    file = folder / "vedtak.pdf"
    file.write_bytes(PDF)
    page.set_input_files("input[name=file]", file)
    reader.press("Save the file")
    for name in ("decision_body", "decision_on", "decision_case"):
        page.fill(f"[name={name}]", ANSWERS[name])
    reader.press("Save and go on")
    page.fill("[name=contact_email]", "kari@kommune.example")
    reader.press("Save and go on")


def ask_the_parties(reader: Reader, found: Scene, application: Application) -> None:
    page = reader.page
    for party, union in PARTIES.items():
        page.goto(found.url("application_step", application.pk, "consents"))
        page.select_option("[name=party]", party)
        page.fill("[name=union_name]", union)
        page.fill("[name=person_name]", f"Person {party}")
        page.fill("[name=email]", f"{party}@kommune.example")
        page.locator("button[name=send]").click()
        reader.sees(f"{party}@kommune.example")
    page.goto(found.url("application_step", application.pk, "summary"))
    expect(page.get_by_role("button", name=reader.says("Send in the application"))).to_have_count(0)


def answer(reader: Reader, mail: EmailMessage) -> None:
    """One who is not signed in reads the application and answers; the link then tells that it is used."""
    page = reader.page
    address = re.search(r"https?://\S+/programmes/consents/\S+", mail.get_content()).group()
    page.goto(address)
    page.locator("input[name=answer][value=yes]").check()
    page.locator("input[name=is_me]").check()
    reader.press("Send the answer")
    reader.sees(reader.says("Thank you, the answer is received"))
    page.goto(address)
    reader.sees(reader.says("The link can no longer be used"))


def send_in(reader: Reader, found: Scene, application: Application, mails: Path) -> None:
    page = reader.page
    reader.sign_in(found.leader.email, PASSWORD)
    page.goto(reverse("home"))
    reader.follow("Go on where you left off")
    page.goto(found.url("application_step", application.pk, "summary"))
    reader.press("Send in the application")
    reader.sees(reader.says("The application is sent in. The receipt comes by e-mail."))
    receipt = reader.waits_for("link", "Receipt (PDF)")
    content = page.request.get(receipt.get_attribute("href")).body()
    assert content.startswith(b"%PDF")
    mail = reader.waits_until(lambda: mail_to("kari@kommune.example", mails))
    assert application.submissions.get().sha256 in mail.get_content()
    assert AdmissionRound.objects.get().applications.get().state == "submitted"


def mail_to(email: str, mails: Path) -> EmailMessage | None:
    letters = (message_from_bytes(path.read_bytes(), policy=policy.default) for path in mails.iterdir())
    return next((letter for letter in letters if letter["To"] == email), None)
