"""From applications that are sent in to a participant on the list, in a real browser with a real worker.

Two advisers assess, one recommends, the committee's decision is recorded for all at once, the letters are read through
and sent, and the municipality stands among the participants.
"""

from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from municipalities.models import User
from programmes.models import AdmissionRound, Application
from tests.end_to_end.reader import Reader
from tests.end_to_end.workers import worker
from tests.factories import MunicipalityFactory, person
from tests.programmes.records_assessment import political_case, recommended, sent_application, sent_round

pytestmark = pytest.mark.production

PASSWORD = "en lang og trygg setning"


def adviser(name: str, language: str) -> User:
    user = person("adviser")
    user.name, user.language = name, language
    user.set_password(PASSWORD)
    user.save()
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def mails(transactional_db: None, live_server, tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "mails"
    with worker(folder, live_server.url):
        yield folder


@pytest.mark.parametrize(("language", "admitted"), [("nb", "er tatt opp i"), ("nn", "er teken opp i")])
def test_from_assessment_to_the_letter(page: Page, mails: Path, language: str, admitted: str) -> None:
    round, advisers = sent_round(), [adviser(name, language) for name in ("Kari Rådgiver", "Ola Rådgiver")]
    political_case(round.programme)
    mandal = sent_application(round, MunicipalityFactory(name="Mandal", distinct_name="Mandal"), language=language)
    recommended(round, MunicipalityFactory(name="Tana", distinct_name="Tana"), admit=False, language=language)
    reader = Reader(page, language)
    page.goto("/")
    if language != "nb":
        reader.choose_language("Nynorsk")
    assess(reader, mandal, advisers[0], (3, 2))
    reader.sign_out("Kari Rådgiver")
    assess(reader, mandal, advisers[1], (4, 5))
    reader.sees(reader.says("disagreement"))
    recommend(reader)
    decide(reader, round)
    send_letters(reader)
    letter = reader.waits_until(lambda: mail_with(admitted, mails))
    assert letter["To"] == mandal.contact_email
    assert "08/5" in letter.get_body(("plain",)).get_content()
    assert [part.get_content_type() for part in letter.iter_attachments()] == ["application/pdf"]
    page.goto(reverse("programmes:participants", args=[round.programme.slug]))
    reader.sees("Mandal")
    expect(page.locator("main")).not_to_contain_text("Tana")
    page.get_by_role("link", name="Mandal").click()
    reader.sees("08/5")


def assess(reader: Reader, application: Application, user: User, scores: tuple[int, ...]) -> None:
    page, round = reader.page, application.round
    reader.sign_in(user.email, PASSWORD)
    page.goto(reverse("programmes:applications", args=[round.programme.slug, round.slug]))
    page.get_by_role("link", name="Mandal").click()
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


def mail_with(text: str, mails: Path):
    for file in mails.glob("*"):
        found = message_from_bytes(file.read_bytes(), policy=policy.default)
        if text in str(found["Subject"]):
            return found
    return None
