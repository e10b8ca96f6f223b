"""Every page holds what WCAG asks and a machine can see, on a desk in light colours and on a phone in dark ones.

The pages are those of the access table. Colours do not depend on the width nor the layout on the colours, so two looks
cover the four.
"""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from tests import access_table
from tests.access_world import World, world
from tests.correspondence import access_letters
from tests.gatherings import access_evaluations, access_gatherings
from tests.programmes import access_admission, access_assessment, access_committees

pytestmark = pytest.mark.django_db(transaction=True)

LOOKS = [({"width": 1280, "height": 900}, "light"), ({"width": 320, "height": 700}, "dark")]
TABLES = {
    "front": access_table.FRONT,
    "people": access_table.PEOPLE,
    "register": access_table.REGISTER,
    "programmes": access_table.PROGRAMMES,
    "follow-up": access_table.FOLLOW_UP,
    "committees": access_committees.TABLE,
    "assessment": access_assessment.TABLE,
    "admission": access_admission.TABLE,
    "gatherings": access_gatherings.TABLE,
    "evaluations": access_evaluations.TABLE,
    "absence": access_table.ABSENCE,
    "reports": access_table.REPORTS,
    "jobs": access_table.JOBS,
    "account": access_table.ACCOUNT,
    "mail": access_letters.MAIL,
    "letters": access_letters.LETTERS,
}


def signed_in(page: Page, live_server, user) -> Client:
    """A client for the user, whose session the browser shares."""
    client = Client()
    if user:
        client.force_login(user)
        cookie = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    return client


def pages_of(table: str, everything: World, client: Client) -> list[str]:
    """The addresses that give this reader a whole page: a refusal is one, a download or a fragment is not."""
    found = []
    for method, name, _answers in access_table.rows(table):
        if method == "GET":
            arguments = access_table.ARGUMENTS.get(name, lambda world: [])(everything)
            url = reverse(name.partition("/")[0], args=arguments)
            if is_a_page(client.get(url)):
                found.append(url)
    return list(dict.fromkeys(found))


def is_a_page(response) -> bool:
    body = b"".join(response)
    response.close()
    return body.lstrip()[:15].lower() == b"<!doctype html>"


def faults_of(page: Page, urls: list[str], accessibility_faults) -> list[str]:
    found = []
    for size, scheme in LOOKS:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for url in urls:
            page.goto(url)
            look = f"{url} at {size['width']} px, {scheme}"
            found += [f"{look}: {fault}" for fault in accessibility_faults(page)]
            width = page.evaluate("document.documentElement.scrollWidth")
            if width > size["width"]:
                found.append(f"{look}: {width} px wide")
    return found


@pytest.mark.parametrize("table", TABLES)
def test_every_page_of_an_administrator_is_accessible(page, live_server, accessibility_faults, table):
    everything = world()
    client = signed_in(page, live_server, everything.users["administrator"])
    urls = pages_of(TABLES[table], everything, client)
    assert urls
    assert faults_of(page, urls, accessibility_faults) == []


@pytest.mark.parametrize("role", ["anonymous", "public", "project_leader", "network_leader", "steering_member"])
def test_the_front_page_of_every_other_role_is_accessible(page, live_server, accessibility_faults, role):
    signed_in(page, live_server, world().users[role])
    assert faults_of(page, [reverse("home")], accessibility_faults) == []


def test_signing_in_is_accessible(page, accessibility_faults):
    urls = [reverse(name) for name in ("account_login", "account_reset_password", "account_signup")]
    everything = world()
    urls.append(reverse("people:accept_invitation", args=[everything.invitation.token]))
    assert faults_of(page, urls, accessibility_faults) == []


def test_every_page_of_one_who_applies_is_accessible(page, live_server, accessibility_faults):
    everything = world()
    client = signed_in(page, live_server, everything.users["project_leader"])
    urls = pages_of(access_admission.TABLE, everything, client)
    own = [url for url in urls if "/own/" in url]
    assert own
    assert faults_of(page, own, accessibility_faults) == []
