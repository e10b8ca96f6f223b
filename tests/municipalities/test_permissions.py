"""One table says what each role may do."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory

from municipalities.context import Permissions
from municipalities.permissions import GRANTS, PUBLIC, SIGNED_IN, Role, granted, may, requires
from tests.factories import person


def test_one_without_an_account_may_do_what_is_public():
    assert {name for name in SIGNED_IN if may(AnonymousUser(), name)} == PUBLIC


def test_roles_add_up():
    both = granted([Role.STEERING_MEMBER, Role.PROJECT_LEADER], signed_in=True)
    assert both == GRANTS[Role.STEERING_MEMBER] | GRANTS[Role.PROJECT_LEADER]


def test_only_administrators_look_after_people():
    assert [role for role, grants in GRANTS.items() if "people.edit" in grants] == [Role.ADMINISTRATOR]


def test_every_role_may_at_least_what_everyone_signed_in_may():
    assert all(grants >= SIGNED_IN for grants in GRANTS.values())


def test_a_view_that_requires_a_permission_refuses_those_without():
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    with pytest.raises(PermissionDenied):
        requires("people.view")(lambda request: "seen")(request)
    assert requires("programmes.view")(lambda request: "seen")(request) == "seen"


def test_templates_ask_with_an_underscore_for_the_dot():
    asked = Permissions(frozenset({"people.view", "jobs.view_all"}))
    assert asked["people_view"]
    assert asked["jobs_view_all"]
    assert not asked["people_edit"]


@pytest.mark.django_db
def test_a_role_that_has_ended_gives_nothing():
    somebody = person("administrator")
    somebody.role_assignments.update(ends_on="2010-01-01")
    assert not somebody.may("people.view")
    assert not somebody.is_staff
