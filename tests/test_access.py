"""Access is denied by default: every address stands in the table, and does what the table says."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from tests.access_table import ARGUMENTS, ROLES, rows
from tests.access_world import world

pytestmark = pytest.mark.django_db

ROWS = rows()


def names(resolver: URLResolver, prefix: str = ""):
    """Every URL name of the portal; an address without a name is given as its pattern."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        else:
            yield prefix + (pattern.name or str(pattern.pattern))


def test_every_address_stands_in_the_table():
    known = {name.partition("/")[0] for _method, name, _answers in ROWS}
    missing = {name for name in names(get_resolver()) if not name.startswith("admin:")} - known
    assert not missing, f"in no row of tests/access_table.py: {sorted(missing)}"


def test_every_row_is_of_an_address_that_exists():
    assert {name.partition("/")[0] for _method, name, _answers in ROWS} <= set(names(get_resolver()))


@pytest.mark.parametrize(("method", "name", "answers"), ROWS, ids=[f"{method} {name}" for method, name, _ in ROWS])
def test_the_address_does_what_the_table_says(method, name, answers):
    everything = world()
    url = reverse(name.partition("/")[0], args=ARGUMENTS.get(name, lambda world: [])(everything))
    got = {role: outcome(method, url, everything.users[role]) for role in ROLES}
    assert got == answers


def outcome(method: str, url: str, user) -> str:
    """What happens to the reader, in the words of the table; what a POST changes is undone."""
    with transaction.atomic():
        client = Client()
        if user:
            client.force_login(user)
        response = client.generic(method, url)
        if response.streaming:
            response.getvalue()  # a file is closed when it has been read to its end
        transaction.set_rollback(True)
    if response.status_code == 302 and response.url.startswith(reverse("account_login")):
        return "in"
    return str(response.status_code) if response.status_code in (401, 403, 404, 500) else "yes"


def test_the_admin_is_for_administrators():
    everything = world()
    for name in ("index", "municipalities_user_changelist", "municipalities_municipality_changelist"):
        url = reverse(f"admin:{name}")
        got = {role: Client() for role in ROLES}
        for role, client in got.items():
            if user := everything.users[role]:
                client.force_login(user)
        answers = {role: client.get(url).status_code for role, client in got.items()}
        assert answers.pop("administrator") == 200
        assert set(answers.values()) == {302}
