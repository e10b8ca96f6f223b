"""The bar moves, the answer comes, and all of it can be read and reached by everyone."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from jobs.actions import ask, fail, renew, take
from jobs.models import Job
from jobs.registry import handler
from jobs.run import Run
from municipalities.models import User
from tests.factories import person


@handler("browser.read", title="Lese en fil")
def read(run: Run) -> None:
    return None


@pytest.fixture
def signed_in_page(page: Page, live_server) -> Page:
    client = Client()
    client.force_login(person("adviser"))
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    return page


def progress_of(job: Job, done: int) -> None:
    renew(job, progress_done=done, progress_total=26000, progress_text="Leser rad %(done)s av %(total)s")


def test_the_bar_moves_and_the_end_is_told_without_reloading(signed_in_page: Page) -> None:
    page, job = signed_in_page, take(ask("browser.read").pk)
    progress_of(job, 2600)
    page.goto(reverse("jobs:job", args=[job.pk]))
    bar = page.get_by_role("progressbar", name="Framdrift: Lese en fil")
    expect(bar).to_have_attribute("value", "10")
    page.evaluate("window.notReloaded = true")
    progress_of(job, 12400)
    expect(page.get_by_text("Leser rad 12\xa0400 av 26\xa0000")).to_be_visible()
    expect(bar).to_have_attribute("value", "47")
    fail(job, "The disk is full. Nothing was saved. Ask those who run the portal to make room, then try again.")
    expect(page.get_by_role("alert")).to_contain_text("Disken er full. Ingenting er lagret.")
    expect(page.get_by_role("button", name="Prøv igjen")).to_be_visible()
    assert page.evaluate("window.notReloaded")


def test_a_button_keeps_the_focus_while_the_list_moves(signed_in_page: Page) -> None:
    page, job = signed_in_page, take(ask("browser.read").pk)
    progress_of(job, 2600)
    page.goto(reverse("jobs:jobs"))
    button = page.get_by_role("button", name="Avbryt")
    button.focus()
    progress_of(job, 12400)
    expect(page.get_by_text("Leser rad 12\xa0400 av 26\xa0000")).to_be_visible()
    expect(button).to_be_focused()


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    signed_in_page: Page, accessibility_faults: Callable[[Page], list[str]], width: int
) -> None:
    page = signed_in_page
    page.set_viewport_size({"width": width, "height": 900})
    asker = User.objects.get()
    moving = take(ask("browser.read", by=asker).pk)
    progress_of(moving, 12400)
    broken = take(ask("browser.read", by=asker).pk)
    fail(
        broken, "The database did not answer. Nothing was saved.", detail="OperationalError\njobs/run.py:12 in perform"
    )
    ask("browser.read")
    for address in (reverse("jobs:jobs"), moving.get_absolute_url(), broken.get_absolute_url()):
        page.goto(address)
        for details in page.locator("main details").all():
            details.evaluate("element => element.open = true")
        assert accessibility_faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
