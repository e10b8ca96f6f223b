"""A conference in a real browser with a real worker: announced, registered for, the door, the evaluation."""

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from gatherings.models import Gathering
from municipalities.models import User
from tests.end_to_end.reader import Reader
from tests.end_to_end.workers import worker
from tests.gatherings.evaluations import answered, present
from tests.gatherings.worlds import World, another_participant, world

pytestmark = pytest.mark.production

PASSWORD = "en lang og trygg setning"
TITLE = "Nærværskonferansen"
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 800}


@pytest.fixture
def here(transactional_db: None) -> World:
    """A programme with a municipality and its project leader; its one gathering is a draft nobody looks at."""
    return world(state="draft")


@pytest.fixture
def mails(here: World, live_server, tmp_path: Path) -> Iterator[Path]:
    """The worker runs as long as the test; give the folder where the e-mails it sends lie."""
    folder = tmp_path / "mails"
    with worker(folder, live_server.url):
        yield folder


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_a_conference_from_announcement_to_the_table_of_evaluations(
    page: Page, here: World, mails: Path, language: str
) -> None:
    _grue, other_leader = another_participant(here.cohort)
    adviser, leader, other = (
        with_account(user, name, language)
        for user, name in (
            (here.adviser, "Randi Rådgiver"),
            (here.leader, "Petra Leder"),
            (other_leader, "Grete Leder"),
        )
    )
    reader = Reader(page, language)
    page.goto("/")
    if language == "nn":
        reader.choose_language("Nynorsk")
    gathering = the_adviser_announces_it(reader, adviser, here)
    five_are_sent_and_four_are_paid_for(reader, leader, gathering)
    the_next_waits(reader, other, gathering)
    one_cancels_and_the_next_moves_up(reader, leader, gathering, mails)
    the_door(reader, adviser, gathering)
    it_is_evaluated(reader, here, gathering, mails)


def with_account(user: User, name: str, language: str) -> User:
    user.name, user.language = name, language
    user.set_password(PASSWORD)
    user.save()
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return user


def enters(reader: Reader, user: User) -> None:
    reader.sign_in(user.email, PASSWORD)


def the_adviser_announces_it(reader: Reader, adviser: User, here: World) -> Gathering:
    """Written, two parallel sessions put in its programme, announced; the public sees it then."""
    page, first = reader.page, timezone.localdate() + timedelta(days=20)
    enters(reader, adviser)
    page.goto(reverse("gatherings:gatherings", args=[here.programme.slug]))
    reader.follow("Make a gathering")
    page.fill("[name=title_nb]", TITLE)
    page.select_option("[name=kind]", "conference")
    page.fill("[name=starts_on]", first.isoformat())
    page.fill("[name=ends_on]", (first + timedelta(days=1)).isoformat())
    page.fill("[name=place]", "Gardermoen")
    page.check("[name=is_for_all]")
    page.fill("[name=registration_opens_at]", f"{timezone.localdate() - timedelta(days=1)}T08:00")
    page.fill("[name=capacity]", "5")
    page.check("[name=rule][value=anyone]")
    page.fill("[name=paid_per_participant]", "4")
    reader.press("Save the gathering")
    reader.sees(reader.says("The gathering is saved as a draft. Announce it when it is ready."))
    gathering = Gathering.objects.get(kind="conference")
    for title in ("Heltid", "Ledelse"):
        page.goto(reverse("gatherings:sessions", args=[here.programme.slug, gathering.slug]))
        page.fill("[name=title_nb]", title)
        page.select_option("[name=kind]", "parallel")
        page.fill("[name=starts_time]", "13:00")
        reader.press("Add the session")
        reader.sees(reader.says("The session is saved."))
    page.goto(gathering.get_absolute_url())
    reader.press("Announce the gathering")
    reader.sees(reader.says("The gathering is announced. It stands in the calendar now."))
    reader.sign_out(adviser.name)
    page.goto(gathering.get_absolute_url())
    reader.sees("Heltid")
    return gathering


def five_are_sent_and_four_are_paid_for(reader: Reader, leader: User, gathering: Gathering) -> None:
    page = reader.page
    enters(reader, leader)
    page.goto(gathering.get_absolute_url())
    reader.follow("Register people")
    reader.press("Add a row")
    for at, kind in enumerate(("politicians", "management", "unions", "unions", "other")):
        page.fill(f"[name=people-{at}-name]", f"Person {at}")
        page.fill(f"[name=people-{at}-email]", f"person{at}@mandal.example")
        page.select_option(f"[name=people-{at}-delegate]", kind)
    shown = page.locator("#preview")
    expect(shown.get_by_text(reader.says("paid by the programme"))).to_have_count(4)
    expect(shown.get_by_text(reader.says("pays themselves"))).to_have_count(1)
    expect(shown).to_contain_text(reader.says("All parties are represented."))
    reader.press("Register")
    reader.sees(reader.says("You get a receipt by e-mail."))
    reader.sign_out(leader.name)


def the_next_waits(reader: Reader, other: User, gathering: Gathering) -> None:
    page = reader.page
    enters(reader, other)
    page.goto(gathering.get_absolute_url())
    reader.follow("Register people")
    page.fill("[name=people-0-name]", "Gro Grue")
    page.fill("[name=people-0-email]", "gro@grue.example")
    expect(page.locator("#preview")).to_contain_text(position(reader, 1))
    reader.press("Register")
    reader.sees(position(reader, 1))
    reader.sign_out(other.name)


def position(reader: Reader, number: int) -> str:
    return reader.says("number %(n)s on the waiting list") % {"n": number}


def one_cancels_and_the_next_moves_up(reader: Reader, leader: User, gathering: Gathering, mails: Path) -> None:
    """The one who has waited longest gets the place, and an e-mail with the address of the own registration."""
    page = reader.page
    enters(reader, leader)
    page.goto(gathering.get_absolute_url())
    page.get_by_role("link", name="Person 4").click()
    page.locator("main details.more summary").click()
    reader.press("Cancel the registration")
    reader.sees(reader.says("%(name)s is no longer registered.") % {"name": "Person 4"})
    reader.sign_out(leader.name)
    subject = reader.says("There is a place for you at %(title)s") % {"title": TITLE}
    mail = reader.waits_until(lambda: mail_to("gro@grue.example", subject, mails))
    own = next(line for line in mail.get_content().splitlines() if "/registrations/" in line)
    page.goto(urlsplit(own).path)
    reader.sees(reader.says("%(name)s is registered.") % {"name": "Gro Grue"})


def the_door(reader: Reader, adviser: User, gathering: Gathering) -> None:
    """On a telephone: a part of the name, one tap, undone, tapped again; nothing is loaded anew."""
    page = reader.page
    enters(reader, adviser)
    page.set_viewport_size(PHONE)
    page.goto(reverse("gatherings:door", args=[gathering.programme.slug, gathering.slug]))
    page.evaluate("window.opened = 1")
    page.fill("#door-search", "gro")
    rows = page.locator(".door > li")
    expect(rows).to_have_count(1)
    rows.get_by_role("button").click()
    expect(page.locator("#door-count")).to_contain_text(here_of(reader, 1, 5))
    page.locator(".door").get_by_role("button").click()
    expect(page.locator("#door-count")).to_contain_text(here_of(reader, 0, 5))
    rows.get_by_role("button").click()
    expect(page.locator("#door-count")).to_contain_text(here_of(reader, 1, 5))
    assert page.evaluate("window.opened") == 1
    page.set_viewport_size(DESK)
    page.goto(reverse("gatherings:registrations", args=[gathering.programme.slug, gathering.slug]) + "?state=present")
    expect(page.locator("tbody tr")).to_have_count(1)


def here_of(reader: Reader, present: int, registered: int) -> str:
    return reader.says("%(present)s of %(registered)s are here") % {"present": present, "registered": registered}


def mail_to(address: str, subject: str, mails: Path) -> EmailMessage | None:
    """What one connection sends lies in one file, a line of hyphens after each letter."""
    parts = (part.lstrip() for path in mails.iterdir() for part in path.read_bytes().split(b"-" * 79))
    letters = (message_from_bytes(part, policy=policy.default) for part in parts)
    return next((one for one in letters if one["To"] == address and one["Subject"].strip() == subject), None)


def it_is_evaluated(reader: Reader, here: World, gathering: Gathering, mails: Path) -> None:
    """Those who were there get a link; two answer in the browser, four more are answered for; then it is closed."""
    page = reader.page
    present(here, 5, Gathering.objects.get(pk=gathering.pk))
    gathering.registrations.filter(registered_by=None).update(registered_by=here.adviser)
    page.goto(gathering.get_absolute_url())
    reader.follow("Evaluation")
    page.fill("[name=intro_nb]", "Si hva du mener.")
    reader.press("Save the evaluation")
    reader.press("Open the evaluation and send the links")
    reader.sees(reader.says_of(6, "The evaluation is open. %(n)d link is on its way.", OPENED))
    two_answer(reader, gathering, mails)
    answered(gathering.evaluation, *({"relevance": score} for score in (3, 4, 6, 6)))
    page.goto(gathering.evaluation.get_absolute_url())
    reader.sees(reader.says("%(answered)s of %(sent)s have answered.") % {"answered": 6, "sent": 6})
    reader.press("Close the evaluation for good")
    row = page.locator("#answers tbody tr").nth(1)
    expect(row.locator("td")).to_have_text(["6", "4,8", "83,3", "–"])
    page.goto(reverse("gatherings:evaluations", args=[gathering.programme.slug]))
    row = page.locator("#evaluations tbody tr", has_text=TITLE)
    expect(row.locator("td.number")).to_have_text(["100,0", "4,8", "4,0", "6"])


OPENED = "The evaluation is open. %(n)d links are on their way."


def two_answer(reader: Reader, gathering: Gathering, mails: Path) -> None:
    """The link from the e-mail, on a telephone and without signing in."""
    subject = reader.says("How was %(title)s?") % {"title": TITLE}
    for address in ("gro@grue.example", "deltaker7@example.no"):
        mail = reader.waits_until(lambda address=address: mail_to(address, subject, mails))
        link = next(line for line in mail.get_content().splitlines() if "/evaluations/" in line)
        phone = reader.page.context.browser.new_context(viewport=PHONE, base_url=reader.page.url, locale="nb-NO")
        answer_by(Reader(phone.new_page(), reader.language), urlsplit(link).path)
        phone.close()


def answer_by(reader: Reader, link: str) -> None:
    page = reader.page
    page.goto(link)
    labels = ("Did the gathering meet your expectations?", "How relevant were the themes to you?")
    expectations, relevance = (page.get_by_role("group", name=reader.says(label)) for label in labels)
    relevance.get_by_label("5").check()
    page.get_by_role("group", name=reader.says("Did you gain new knowledge?")).get_by_label("4").check()
    reader.press("Send the answer")
    reader.sees(reader.says("Choose an answer."))
    expect(relevance.get_by_label("5")).to_be_checked()
    expectations.get_by_label(reader.says("Yes")).check()
    reader.press("Send the answer")
    reader.sees(reader.says("Thank you for the answer"))
    page.goto(link)
    reader.sees(reader.says("The evaluation is answered already"))
