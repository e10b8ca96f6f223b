"""A round in a real browser with a real worker: from the invitation through the consents to the letter of admission.

Announced, applied to, consented to by link, sent in; two advisers assess, one recommends, the committee's decision is
recorded for all at once, the letters are read through and sent, and the municipality has its letter and takes part.
"""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from municipalities.models import User
from programmes.models import AdmissionRound, Application, Criterion
from programmes.models.application_labels import APPLICANT_LABELS
from tests.end_to_end.reader import Reader
from tests.end_to_end.workers import worker
from tests.factories import MunicipalityFactory, person
from tests.programmes.records_assessment import political_case, recommended
from tests.programmes.rounds import ANSWERS, PDF, Scene, scene

pytestmark = pytest.mark.production
PASSWORD = "a long enough password"
PARTIES = {"politicians": "", "management": "", "unions": "Fagforbundet"}
CONTACT = "kari@kommune.example"


@pytest.fixture
def second(transactional_db: None) -> User:
    """The other adviser who assesses."""
    return person("adviser")


@pytest.fixture
def found(second: User) -> Scene:
    """A round in preparation with two criteria, people who can sign in, and a case to decide in."""
    made = scene(announced_at=None)
    for at in range(2):
        Criterion.objects.create(round=made.round, position=at, name={"nb": f"Kriterium {at}", "nn": f"Kriterium {at}"})
    political_case(made.programme)
    for user in (made.leader, made.adviser, second):
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return made


@pytest.fixture
def mails(found: Scene, live_server, settings, tmp_path: Path) -> Iterator[Path]:
    """Letters are written by the portal itself, and sent by the worker, into this folder."""
    settings.BASE_URL = live_server.url
    folder = tmp_path / "mails"
    with worker(folder, live_server.url):
        yield folder


@pytest.mark.parametrize(("language", "admitted"), [("nb", "er tatt opp i"), ("nn", "er teken opp i")])
def test_from_the_invitation_to_the_letter_of_admission(
    page: Page, found: Scene, second: User, mails: Path, tmp_path: Path, language: str, admitted: str
) -> None:
    User.objects.update(language=language)
    reader = Reader(page, language)
    if language == "nn":
        page.goto("/")
        reader.choose_language("Nynorsk")
    announce_and_invite(reader, found)
    invitation = reader.waits_until(lambda: mail_to("post@kommune.example", mails))
    assert found.url("admission_round") in invitation.get_content()
    apply(reader, found, tmp_path)
    application = Application.objects.get()
    ask_the_parties(reader, found, application)
    reader.sign_out(found.leader.name)
    for party in PARTIES:
        answer(reader, reader.waits_until(lambda party=party: mail_to(f"{party}@kommune.example", mails)))
    send_in(reader, found, application, mails)
    reader.sign_out(found.leader.name)

    declined = recommended(found.round, MunicipalityFactory(), admit=False, by=second, language=language)
    assess(reader, application, found.adviser, (3, 2))
    reader.sign_out(found.adviser.name)
    assess(reader, application, second, (4, 5))
    reader.sees(reader.says("disagreement"))
    recommend(reader)
    decide(reader, found.round)
    send_letters(reader)
    letter = reader.waits_until(lambda: mail_to(CONTACT, mails, admitted))
    reads_the_letter(letter, found)
    takes_part(reader, found, declined)
    reader.sign_out(second.name)
    knows_the_outcome(reader, found, application)


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
    page.fill("[name=contact_email]", CONTACT)
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
    mail = reader.waits_until(lambda: mail_to(CONTACT, mails))
    assert application.submissions.get().sha256 in mail.get_content()
    assert AdmissionRound.objects.get().applications.get().state == "submitted"


def assess(reader: Reader, application: Application, user: User, scores: tuple[int, ...]) -> None:
    page, round = reader.page, application.round
    reader.sign_in(user.email, PASSWORD)
    page.goto(reverse("programmes:applications", args=[round.programme.slug, round.slug]))
    page.get_by_role("link", name=application.name, exact=True).click()
    reader.follow("Assess the application")
    for criterion, score in zip(round.criteria.all(), scores, strict=True):
        page.check(f"input[name=score_{criterion.pk}][value='{score}']")
        page.fill(f"textarea[name=comment_{criterion.pk}]", "God forankring.")
    expect(page.locator("#saved")).not_to_be_empty()
    page.check("input[name=advice][value=admit]")
    reader.press("Hand in the assessment")
    reader.sees(reader.says("The assessment is handed in. You now see what the others gave."))


def recommend(reader: Reader) -> None:
    reader.press("Mark as assessed")
    reader.follow("Recommend")
    reader.page.check("input[name=admit][value=yes]")
    reader.page.fill("textarea[name=reason]", "Alle partene står bak.")
    reader.press("Save the recommendation")
    reader.sees(reader.says("The recommendation is saved. The committee can decide."))


def decide(reader: Reader, round: AdmissionRound) -> None:
    reader.follow("To the decision")
    reader.press("See what will happen")
    reader.sees(reader.says("begins in %(cohort)s") % {"cohort": round.cohort})
    reader.press("Record the decision")
    reader.sees(reader.says_of(2, "%(n)s application is decided.", "%(n)s applications are decided."))


def send_letters(reader: Reader) -> None:
    reader.follow("Make the letters")
    reader.press_of(2, "Make %(n)s letter", "Make %(n)s letters")
    reader.follow("Read the letters through")
    for _letter in range(2):
        reader.press("Mark the letter as read")
    reader.press("Send the letters")


def reads_the_letter(letter: EmailMessage, found: Scene) -> None:
    """What the municipality receives: an e-mail with the letter as a PDF."""
    assert "08/5" in letter.get_body(("plain",)).get_content()
    (paper,) = letter.iter_attachments()
    assert paper.get_content_type() == "application/pdf"
    text = " ".join(PdfReader(BytesIO(paper.get_content())).pages[0].extract_text().split())
    assert str(found.municipality) in text
    assert "08/5" in text


def takes_part(reader: Reader, found: Scene, declined: Application) -> None:
    page = reader.page
    page.goto(reverse("programmes:participants", args=[found.programme.slug]))
    expect(page.get_by_role("link", name=declined.name, exact=True)).to_have_count(0)
    page.get_by_role("link", name=str(found.municipality), exact=True).click()
    reader.sees("08/5")


def knows_the_outcome(reader: Reader, found: Scene, application: Application) -> None:
    """Once the letter is sent, the municipality's own page says it too."""
    reader.sign_in(found.leader.email, PASSWORD)
    reader.page.goto(found.url("application", application.pk))
    with override(reader.language):
        reader.sees(str(APPLICANT_LABELS["admitted"]))


def mail_to(email: str, mails: Path, subject: str = "") -> EmailMessage | None:
    letters = (message_from_bytes(path.read_bytes(), policy=policy.default) for path in mails.iterdir())
    return next((one for one in letters if one["To"] == email and subject in str(one["Subject"])), None)
