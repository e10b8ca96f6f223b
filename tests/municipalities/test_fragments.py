"""What is kept is shown only to those who would be given the same, and only while it is still true."""

from datetime import date

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from municipalities.actions.people import close_account, end_role
from municipalities.fragments import cached_fragment, data_version, scope_of
from municipalities.models import AuditEvent
from tests.factories import MunicipalityFactory, person

pytestmark = pytest.mark.django_db

LIST = "municipalities:municipalities"


@pytest.fixture(autouse=True)
def nothing_kept():
    caches["pages"].clear()


@pytest.fixture
def browser_of():
    """A signed-in client that has been given the cookie for its forms, as a browser has."""

    def client(user) -> Client:
        client = Client()
        client.get(reverse("account_login"))
        client.force_login(user)
        return client

    return client


def shown(user, text: str, name: str = "list", query: str = "") -> str:
    """What the reader is shown by a fragment that would now say ``text``."""
    request = RequestFactory().get(f"/?{query}")
    request.user = user
    return cached_fragment(request, name, data_version(), lambda: text)


def test_a_fragment_is_made_once_for_all_who_see_the_same():
    assert shown(person("adviser"), "first") == "first"
    assert shown(person("adviser"), "second") == "first"


def test_a_fragment_is_made_again_after_an_action():
    adviser = person("adviser")
    shown(adviser, "before")
    AuditEvent.record("people.profile_changed", adviser)
    assert shown(adviser, "after") == "after"


@pytest.mark.parametrize("other", ["administrator", "project_leader", "steering_member"])
def test_what_the_adviser_is_shown_is_not_kept_for_others(other):
    shown(person("adviser"), "all of it")
    assert shown(person(other), "theirs") == "theirs"


def test_two_project_leaders_are_never_shown_the_same_piece():
    first, second = (person("project_leader", municipality=MunicipalityFactory()) for _one in range(2))
    assert scope_of(first) != scope_of(second)
    shown(first, "first's")
    assert shown(second, "second's") == "second's"


def test_another_filter_another_fragment_another_language_are_other_pieces():
    adviser = person("adviser")
    shown(adviser, "kept")
    assert shown(adviser, "filtered", query="q=mandal") == "filtered"
    assert shown(adviser, "another", name="other") == "another"
    with translation.override("nn"):
        assert shown(adviser, "nynorsk") == "nynorsk"


def test_an_unchanged_page_is_not_sent_again(browser_of):
    client = browser_of(person("adviser"))
    first = client.get(reverse(LIST))
    again = client.get(reverse(LIST), headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_page_is_sent_again_after_an_action(browser_of):
    adviser = person("adviser")
    client = browser_of(adviser)
    first = client.get(reverse(LIST))
    MunicipalityFactory(name="Nykommune")
    AuditEvent.record("municipalities.import_register", adviser)
    again = client.get(reverse(LIST), headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    assert "Nykommune" in again.content.decode()


def test_a_page_kept_for_one_person_is_not_shown_to_another(browser_of):
    first, second = person("adviser"), person("adviser")
    browser_of(first).get(reverse(LIST))
    page = browser_of(second).get(reverse(LIST)).content.decode()
    assert second.name in page
    assert first.name not in page


def test_a_kept_page_holds_a_token_that_is_good_for_its_own_browser():
    adviser = person("adviser")
    clients = [Client(enforce_csrf_checks=True) for _one in range(2)]
    for client in clients:
        client.get(reverse("account_login"))
        client.force_login(adviser)
        client.get(reverse(LIST))
        token = client.get(reverse(LIST)).content.decode().split('name="csrfmiddlewaretoken" value="')[1][:64]
        answer = client.post(reverse("set_appearance"), {"csrfmiddlewaretoken": token, "scheme": "dark"})
        assert answer.status_code == 302


def test_a_message_is_shown_once_and_not_kept(browser_of):
    client = browser_of(person("administrator"))
    client.post(reverse("people:invite"), {"name": "N", "email": "n@x.no", "role": "adviser", "language": "nb"})
    first, second = (client.get(reverse(LIST)).content.decode() for _time in range(2))
    assert "n@x.no" in first
    assert "n@x.no" not in second


def test_a_page_that_fails_is_not_kept(browser_of):
    client = browser_of(person())
    for _time in range(2):
        response = client.get(reverse(LIST))
        assert (response.status_code, "ETag" in response.headers) == (403, False)


def test_a_kept_page_asks_one_question(browser_of, django_assert_num_queries):
    client = browser_of(person("adviser"))
    client.get(reverse(LIST))
    with django_assert_num_queries(1):
        assert client.get(reverse(LIST)).status_code == 200


def test_a_kept_page_has_the_headers_of_a_fresh_one(browser_of):
    client = browser_of(person("adviser"))
    first, second = (client.get(reverse(LIST)).headers for _time in range(2))
    assert second == first
    assert "Content-Security-Policy" in second
    assert second["X-Frame-Options"] == "DENY"


def test_a_kept_page_is_gone_with_the_session(browser_of):
    client = browser_of(person("adviser"))
    client.get(reverse(LIST))
    Session.objects.all().delete()
    assert client.get(reverse(LIST)).status_code == 302


def test_a_kept_page_is_gone_with_the_role(browser_of):
    adviser = person("adviser")
    client = browser_of(adviser)
    client.get(reverse(LIST))
    end_role(adviser.role_assignments.get(), last_day=date(2010, 1, 1), by=adviser)
    assert client.get(reverse(LIST)).status_code == 403


def test_a_kept_page_is_gone_with_the_account(browser_of):
    adviser = person("adviser")
    client = browser_of(adviser)
    client.get(reverse(LIST))
    close_account(adviser, by=adviser)
    assert client.get(reverse(LIST)).status_code == 302
