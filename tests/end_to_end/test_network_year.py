"""A network's year, in a real browser with a real worker: a handover, a visit from plan to shared note, a task done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from municipalities.models import User
from networks.models import Handover, Network, NetworkPost, Visit
from programmes.models import Participation, Programme
from tests.end_to_end.reader import Reader
from tests.end_to_end.workers import worker
from tests.factories import MunicipalityFactory, ParticipationFactory, ProgrammeFactory, person
from tests.networks.records import a_network, a_task, a_visit

pytestmark = pytest.mark.production

PASSWORD = "en lang og trygg setning"
FINDINGS = "Ledelsen og tillitsvalgte møtes hver måned. Nærværet øker i hjemmetjenesten."
OPEN, NOTE = "Sende eksempler på planer", "Ring ordføreren i Tana før sommeren."
TASK = "Lage en plan for oppfølging av sykmeldte"


@dataclass
class Year:
    """A running programme with one network of two members, its adviser, a successor and one member's project leader."""

    programme: Programme
    network: Network
    visited: Participation
    leaver: User
    adviser: User
    leader: User


def named(role: str, name: str, language: str, **scope) -> User:
    user = person(role, **scope)
    user.name, user.language = name, language
    user.set_password(PASSWORD)
    user.save()
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return user


def a_year(language: str) -> Year:
    today = timezone.localdate()
    programme = ProgrammeFactory(
        name="Læringsprogrammet", short_name="Læring", themes=["sickness_absence"], ends_on=date(today.year + 1, 12, 31)
    )
    mandal = MunicipalityFactory(name="Mandal")
    visited = ParticipationFactory(programme=programme, municipality=mandal, name="Mandal")
    other = ParticipationFactory(programme=programme, name="Tana")
    network = a_network(programme, "Nettverk Sør", visited, other, themes=["sickness_absence"])
    leaver, adviser = (named("adviser", name, language) for name in ("Lars Sluttar", "Randi Rådgiver"))
    leader = named("project_leader", "Petra Prosjektleder", language, municipality=mandal)
    NetworkPost.objects.create(network=network, user=leaver, kind="adviser")
    a_task(a_visit(other, by=leaver), OPEN, "secretariat", network=network, post="adviser")
    return Year(programme, network, visited, leaver, adviser, leader)


@pytest.fixture
def mails(transactional_db: None, live_server, tmp_path: Path) -> Iterator[Path]:
    """The worker runs as long as the test; give the folder where the e-mails it sends lie."""
    folder = tmp_path / "mails"
    with worker(folder, live_server.url):
        yield folder


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_a_network_s_year(page: Page, mails: Path, language: str) -> None:
    year = a_year(language)
    reader = enter(page, year.leaver, language)
    hand_over(reader, year)
    reader.sign_out("Lars Sluttar")
    take_over(reader, year, mails)
    plan(reader, year)
    write_up(reader)
    reader.press("Share with the municipality")
    reader.sees("Petra Prosjektleder")
    reader.sign_out("Randi Rådgiver")
    the_municipality_does_its_task(reader, year, mails)


def enter(page: Page, user: User, language: str) -> Reader:
    reader = Reader(page, language)
    page.goto("/")
    if language != "nb":
        reader.choose_language({"nn": "Nynorsk"}[language])
    reader.sign_in(user.email, PASSWORD)
    return reader


def hand_over(reader: Reader, year: Year) -> None:
    page = reader.page
    page.goto(reverse("networks:network", args=[year.programme.slug, year.network.slug]))
    page.get_by_role("link", name=reader.says("Hand over the post of %(name)s") % {"name": "Lars Sluttar"}).click()
    page.select_option("select[name=successor]", label="Randi Rådgiver")
    page.fill("textarea[name=note]", NOTE)
    reader.press("Hand over the post")
    reader.sees(reader.says("The post is handed over."))


def take_over(reader: Reader, year: Year, mails: Path) -> None:
    """The successor is written to, finds it waiting, and sees everything that goes along."""
    address = reverse("networks:handover", args=[year.programme.slug, Handover.objects.get().pk])
    letter = reader.waits_until(lambda: mail_about(address, mails))
    assert letter["To"] == year.adviser.email
    reader.sign_in(year.adviser.email, PASSWORD)
    reader.sees(reader.says("Handover"))
    reader.page.locator(f"main a[href='{address}']").click()
    for text in (OPEN, NOTE, "Tana"):
        reader.sees(text)
    reader.press("Mark as read")
    reader.sees(reader.says("The handover is marked as read."))


def plan(reader: Reader, year: Year) -> None:
    page = reader.page
    page.goto(reverse("networks:visits", args=[year.programme.slug]))
    reader.follow("Plan a visit")
    page.select_option("select[name=participation]", label="Mandal")
    page.fill("input[name=planned_on]", timezone.localdate().isoformat())
    page.fill("input[name=place]", "Rådhuset")
    reader.press("Plan the visit")
    reader.sees("Mandal")
    reader.follow("The visit is made")
    reader.press("Save and write the note")


def write_up(reader: Reader) -> None:
    """What is typed is kept as one goes; the note is finished with a task for the municipality."""
    page = reader.page
    page.fill("input[name=met-0-who]", "Ordføreren")
    page.get_by_role("textbox", name=reader.says("What did you find?")).fill(FINDINGS)
    expect(page.locator("#saved")).to_contain_text(reader.says("Saved %(at)s") % {"at": ""})
    page.reload()
    expect(page.locator("textarea[name=findings]")).to_have_value(FINDINGS)
    expect(page.locator("input[name=met-0-who]")).to_have_value("Ordføreren")
    page.fill("input[name=agreed-0-text]", TASK)
    page.fill("input[name=agreed-0-owner_text]", "Prosjektlederen")
    page.fill("input[name=agreed-0-due_on]", timezone.localdate().isoformat())
    reader.press("Finish the note")
    reader.sees("Ordføreren")
    reader.sees(TASK)


def the_municipality_does_its_task(reader: Reader, year: Year, mails: Path) -> None:
    page, visit = reader.page, Visit.objects.get(participation=year.visited)
    address = reverse("networks:visit", args=[year.programme.slug, visit.pk])
    letter = reader.waits_until(lambda: mail_about(address, mails))
    assert letter["To"] == year.leader.email
    assert TASK in letter.get_content()
    reader.sign_in(year.leader.email, PASSWORD)
    page.goto(address)
    reader.sees(FINDINGS)
    page.get_by_role("link", name=reader.says("Report as done: %(task)s") % {"task": TASK}).click()
    page.fill("textarea[name=note]", "Planen er vedtatt.")
    reader.press("The task is done")
    reader.sees("Planen er vedtatt.")
    page.goto(reverse("networks:tasks", args=[year.programme.slug]))
    reader.sees("Planen er vedtatt.")


def mail_about(address: str, mails: Path) -> EmailMessage | None:
    letters = (message_from_bytes(path.read_bytes(), policy=policy.default) for path in mails.iterdir())
    return next((letter for letter in letters if address in letter.get_content()), None)
