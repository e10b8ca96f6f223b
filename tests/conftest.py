"""What every test stands on: which of the two ways of running is tried, private files, and a real browser.

Without ``DATABASE_URL`` the suite tries the embedded default (SQLite, polling worker); under ``tests/servers.py`` it
tries PostgreSQL and Redis. A test that holds only for one of them says so with a marker and is left out of the other.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connection
from django.utils import translation
from playwright.sync_api import Browser, Page, sync_playwright

AXE_SCRIPT = settings.NODE_MODULES / "axe-core" / "axe.min.js"
QUIET_BROWSER = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SLOW = ("tests/end_to_end/", "tests/config/demo/", "tests/jobs/", "tests/reporting/", "tests/correspondence/")
# Playwright's loop runs in the thread of the tests, where Django would otherwise refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_configure(config: pytest.Config) -> None:
    """Give each of the workers that share one Redis a database of its own."""
    if settings.REDIS_URL:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
        url = f"{settings.REDIS_URL.rpartition('/')[0]}/{worker}"
        settings.REDIS_URL = settings.CELERY_BROKER_URL = settings.CACHES["default"]["LOCATION"] = url


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the other way's tests; the slow ones begin, so that no process has a long way left at the end."""
    other_way = "production" if settings.ON_SQLITE else "embedded"
    left_out = [item for item in items if item.get_closest_marker(other_way)]
    items[:] = [item for item in items if not item.get_closest_marker(other_way)]
    config.hook.pytest_deselected(items=left_out)
    items.sort(key=lambda item: not item.nodeid.startswith(SLOW))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Before the test database goes, so does what threads of the live server and killed workers left open in it."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(autouse=True)
def private_surroundings(settings, tmp_path: Path) -> None:
    """Files go to the test's own folder, passwords are hashed fast instead of well, nobody chose a language."""
    translation.activate(settings.LANGUAGE_CODE)
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=QUIET_BROWSER)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, live_server) -> Iterator[Page]:
    """A fresh browser page whose addresses begin at the test's server; a script error or broken CSP fails the test."""
    context = browser.new_context(base_url=live_server.url, locale="nb-NO", viewport={"width": 1280, "height": 900})
    page, complaints = context.new_page(), []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: "Content Security" in message.text and complaints.append(message.text))
    yield page
    context.close()
    assert complaints == []


@pytest.fixture(scope="session")
def accessibility_faults() -> Callable[[Page], list[str]]:
    """Give a function that lists what axe finds wrong on a page, one line for each rule broken."""
    axe = Axe.from_file(AXE_SCRIPT)

    def faults(page: Page) -> list[str]:
        found = axe.run(page).response["violations"]
        return [f"{fault['id']}: {fault['help']}: {fault['nodes'][0]['html']}" for fault in found]

    return faults
