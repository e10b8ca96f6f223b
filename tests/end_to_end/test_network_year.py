"""A network's year, in a real browser with a real worker: a visit planned, made, written up, shared; a task done."""

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
from networks.models import Network, NetworkPost, Visit
from programmes.models import Participation, Programme
from tests.end_to_end.reader import Reader
from tests.end_to_end.workers import worker
from tests.factories import MunicipalityFactory, ParticipationFactory, ProgrammeFactory, person
from tests.networks.records import a_network

pytestmark = pytest.mark.production

PASSWORD = "en lang og trygg setning"
FINDINGS = "Ledelsen og tillitsvalgte møtes hver måned. Nærværet øker i hjemmetjenesten."
TASK = "Lage en plan for oppfølging av sykmeldte"


@dataclass
class Year:
    """A running programme with one network of two members, its adviser and one member's project leader."""

    programme: Programme
    network: Network
    visited: Participation
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
    adviser = named("adviser", "Randi Rådgiver", language)
    leader = named("project_leader", "Petra Prosjektleder", language, municipality=mandal)
    NetworkPost.objects.create(network=network, user=adviser, kind="adviser")
    return Year(programme, network, visited, adviser, leader)


@pytest.fixture
def mails(transactional_db: None, live_server, tmp_path: Path) -> Iterator[Path]:
    """The worker runs as long as the test; give the folder where the e-mails it sends lie."""
    folder = tmp_path / "mails"
    with worker(folder, live_server.url):
        yield folder


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_a_visit_becomes_a_task_that_the_municipality_does(page: Page, mails: Path, language: str) -> None:
    year = a_year(language)
    reader = enter(page, year.adviser, language)
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
    page, visit = reader.page, Visit.objects.get()
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
