"""Django's admin is reached through the portal's own sign-in, or not at all."""

import pytest
from django.urls import reverse

from tests.factories import person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["admin:index", "admin:login", "admin:municipalities_municipality_changelist"])
def test_whoever_is_not_signed_in_is_sent_to_the_portals_own_sign_in(client, name):
    response = client.get(reverse(name), follow=True)
    assert response.redirect_chain[-1][0].startswith(reverse("account_login"))
    assert "admin/login.html" not in [template.name for template in response.templates]


def test_a_password_sent_to_the_admins_own_door_opens_nothing(client):
    administrator = person("administrator")
    client.post(reverse("admin:login"), {"username": administrator.email, "password": "a long enough password"})
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("role", [None, "project_leader", "adviser"])
def test_whoever_has_no_right_there_is_refused(client, role):
    client.force_login(person(role))
    assert client.get(reverse("admin:index"), follow=True).status_code == 403


def test_an_administrator_comes_in(client):
    client.force_login(person("administrator"))
    assert client.get(reverse("admin:index")).status_code == 200
