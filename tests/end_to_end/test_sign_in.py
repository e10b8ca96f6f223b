"""From a letter to a signed-in person, and the safer ways of signing in, in a real browser under the strict policy."""

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.urls import reverse
from playwright.sync_api import Page, expect

from jobs.models import Job
from jobs.run import run_job
from municipalities.actions.people import invite
from municipalities.models import User
from tests.factories import MunicipalityFactory, ProgrammeFactory, person

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "en lang og trygg setning"


@pytest.fixture
def adviser():
    """An adviser with a confirmed address and a known password."""
    adviser = person("adviser")
    adviser.set_password(PASSWORD)
    adviser.save()
    adviser.emailaddress_set.create(email=adviser.email, verified=True, primary=True)
    return adviser


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    page.goto(reverse("account_login"))
    page.get_by_label("E-post").fill(email)
    page.get_by_label("Passord").fill(password)
    page.get_by_role("button", name="Logg inn", exact=True).click()


def enter(page: Page, adviser: User) -> None:
    """Sign in, and wait until that is done."""
    sign_in(page, adviser.email)
    expect(page.get_by_role("banner").get_by_text(adviser.name).first).to_be_visible()


def open_guarded(page: Page, name: str) -> None:
    """A page that changes how one signs in asks for the password once more."""
    page.goto(reverse(name))
    page.get_by_label("Passord").fill(PASSWORD)
    page.get_by_role("button", name="Bekreft").click()
    page.wait_for_url(f"**{reverse(name)}")


def sign_out(page: Page, name: str) -> None:
    page.get_by_role("banner").get_by_text(name).first.click()
    page.get_by_role("button", name="Logg ut").first.click()
    expect(page.get_by_role("banner").get_by_role("link", name="Logg inn")).to_be_visible()


def code_of(secret: str) -> str:
    """What an authenticator app would show now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def path_in(letter: str) -> str:
    """The path of the address in a letter."""
    return re.search(r"https?://[^/\s]+(/\S+)", letter)[1]


def test_a_letter_becomes_an_account_that_signs_in(page):
    ProgrammeFactory()
    invite(
        email="nora@kommune.no",
        name="Nora Ny",
        role="project_leader",
        municipality=MunicipalityFactory(name="Mandal"),
        by=person("administrator"),
    )
    run_job(Job.objects.get().pk)
    page.goto(path_in(mail.outbox[0].body))
    expect(page.get_by_text("Du er invitert som prosjektleder for Mandal.")).to_be_visible()
    page.get_by_label("Passord", exact=False).first.fill(PASSWORD)
    page.get_by_label("Passordet en gang til").fill(PASSWORD)
    page.get_by_role("button", name="Lag kontoen min").click()
    sign_out(page, "Nora Ny")
    sign_in(page, "nora@kommune.no")
    expect(page.get_by_role("banner").get_by_text("Nora Ny").first).to_be_visible()


def test_a_wrong_password_is_explained_and_leads_to_the_fields(page, adviser):
    sign_in(page, adviser.email, "noe helt annet her")
    expect(page.get_by_role("alert")).to_contain_text("E-postadressen og/eller passordet du oppgav er feil.")


def test_a_forgotten_password_is_replaced_by_letter(page, adviser):
    page.goto(reverse("account_reset_password"))
    page.get_by_label("E-post").fill(adviser.email)
    page.get_by_role("button", name="Tilbakestill passord").click()
    page.wait_for_url("**/password/reset/done/")
    page.goto(path_in(mail.outbox[0].body))
    for label in ("Nytt passord", "Nytt passord (igjen)"):
        page.get_by_label(label, exact=True).fill("en helt ny og lang setning")
    page.get_by_role("button", name="Endre Passord").click()
    page.wait_for_url("**/password/reset/key/done/")
    assert User.objects.get(pk=adviser.pk).check_password("en helt ny og lang setning")


def test_an_app_makes_a_second_step(page, adviser):
    enter(page, adviser)
    open_guarded(page, "mfa_activate_totp")
    secret = page.locator("#authenticator_secret").input_value()
    page.locator("#id_code").fill(code_of(secret))
    page.get_by_role("button", name="Aktiver").click()
    page.wait_for_url("**/recovery-codes/**")
    sign_out(page, adviser.name)
    sign_in(page, adviser.email)
    page.wait_for_url("**/2fa/authenticate/**")
    expect(page.get_by_text("Kontoen din er beskyttet av tofaktorautentisering.")).to_be_visible()


def test_a_passkey_is_made_and_signs_in_without_a_password(page, live_server, adviser):
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    devices.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": key | {"isUserVerified": True, "automaticPresenceSimulation": True}},
    )
    enter(page, adviser)
    open_guarded(page, "mfa_add_webauthn")
    page.get_by_label("Passordløs").check()
    page.get_by_role("button", name="Legg til").click()
    page.wait_for_url(re.compile("/(webauthn|recovery-codes)/(?!add)"))
    sign_out(page, adviser.name)
    page.goto(reverse("account_login"))
    page.get_by_role("button", name="Logg inn med passnøkkel").click()
    expect(page.get_by_role("banner").get_by_text(adviser.name).first).to_be_visible()
