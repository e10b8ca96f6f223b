"""A person in front of a browser: presses what has a name, in the language the portal is read in."""

import time
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext, ngettext, override
from playwright.sync_api import Locator, Page, expect

# A file is read and a PDF set within this also on a busy machine.
PATIENCE_MS = 60_000


class Reader:
    """``says`` is what the catalogues make of an English msgid; the tests are written in those."""

    def __init__(self, page: Page, language: str) -> None:
        self.page, self.language = page, language

    def says(self, msgid: str) -> str:
        with override(self.language):
            return gettext(msgid)

    def says_of(self, n: int, singular: str, plural: str) -> str:
        with override(self.language):
            return ngettext(singular, plural, n) % {"n": n}

    def choose_language(self, name: str) -> None:
        top = self.page.locator(".top-wide")
        top.locator("summary", has_text="Bokmål").or_(top.locator("summary", has_text="Nynorsk")).click()
        top.get_by_role("button", name=name).click()
        expect(self.page.locator("html")).to_have_attribute("lang", self.language)

    def sign_in(self, email: str, password: str) -> None:
        self.page.goto("/")
        entrance = self.page.locator(".top-wide").get_by_role("link", name=self.says("Sign in"))
        entrance.click()
        self.page.fill("input[name=login]", email)
        self.page.fill("input[name=password]", password)
        self.press("Sign in")
        expect(entrance).to_have_count(0)

    def sign_out(self, name: str) -> None:
        self.page.locator(".top-wide summary", has_text=name).click()
        self.page.locator(".top-wide").get_by_role("button", name=self.says("Sign out")).click()
        expect(self.page.locator(".top-wide summary", has_text=name)).to_have_count(0)

    def press(self, msgid: str, within: Locator | None = None) -> None:
        (within or self.page.locator("main")).get_by_role("button", name=self.says(msgid), exact=True).click()

    def press_of(self, n: int, singular: str, plural: str) -> None:
        name = self.says_of(n, singular, plural)
        self.page.locator("main").get_by_role("button", name=name, exact=True).click()

    def follow(self, msgid: str) -> None:
        self.page.locator("main").get_by_role("link", name=self.says(msgid), exact=True).first.click()

    def sees(self, text: str) -> None:
        expect(self.page.locator("body")).to_contain_text(text)

    def waits_for(self, role: str, msgid: str) -> Locator:
        """Something that a job brings about; the page shows it without being loaded again by hand."""
        found = self.page.locator("main").get_by_role(role, name=self.says(msgid), exact=True).first
        expect(found).to_be_enabled(timeout=PATIENCE_MS)
        return found

    def waits_until(self, ready: Callable[[], Any]) -> Any:
        """What is brought about outside of the page."""
        deadline = time.monotonic() + PATIENCE_MS / 1000
        while not (answer := ready()):
            assert time.monotonic() < deadline
            time.sleep(0.1)
        return answer
