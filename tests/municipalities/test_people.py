"""People have roles with dates; a successor has everything the predecessor had."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from municipalities.actions import people as actions
from municipalities.models import AuditEvent, Invitation, Municipality, RoleAssignment, User
from municipalities.queries import people as queries
from tests.factories import MunicipalityFactory, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return person("administrator")


@pytest.fixture
def signed_in(client, administrator):
    client.force_login(administrator)
    return client


def again(user: User) -> User:
    """The same person as the next request knows them."""
    return User.objects.get(pk=user.pk)


def test_a_role_holds_to_the_end_of_its_last_day(administrator):
    leader = person("project_leader", municipality=MunicipalityFactory())
    role, today = leader.role_assignments.get(), timezone.localdate()
    actions.end_role(role, last_day=today, by=administrator)
    assert again(leader).roles == {"project_leader"}
    actions.end_role(role, last_day=today - timedelta(days=1), by=administrator)
    assert again(leader).roles == set()


def test_a_successor_with_an_account_sees_what_the_predecessor_saw(administrator):
    leader, successor = person("project_leader", municipality=MunicipalityFactory()), person()
    actions.replace(
        leader.role_assignments.get(),
        last_day=timezone.localdate() - timedelta(days=1),
        email=successor.email.upper(),
        name=successor.name,
        language="nb",
        by=administrator,
    )
    seen = [set(Municipality.objects.visible_to(again(user))) for user in (leader, successor)]
    assert seen == [set(), set(Municipality.objects.all())]


def test_a_successor_without_an_account_is_invited_to_the_same_role_and_place(signed_in):
    leader = person("project_leader", municipality=MunicipalityFactory())
    answers = {"last_day": "2010-06-30", "name": "Nora", "email": "nora@kommune.no", "language": "nn"}
    signed_in.post(reverse("people:replace", args=[leader.role_assignments.get().pk]), answers)
    invitation = Invitation.objects.get()
    assert (invitation.role, invitation.municipality) == ("project_leader", leader.role_assignments.get().municipality)
    assert leader.role_assignments.get().ends_on == date(2010, 6, 30)


def test_a_closed_account_is_signed_out_and_cannot_sign_in(client, administrator):
    adviser = person("adviser")
    client.force_login(adviser)
    actions.close_account(adviser, by=administrator)
    assert client.get(reverse("people:profile")).status_code == 302
    answers = {"login": adviser.email, "password": "a long enough password"}
    client.post(reverse("account_login"), answers)
    assert client.get(reverse("people:profile")).status_code == 302


def test_a_reopened_account_has_its_roles_again(administrator):
    adviser = person("adviser")
    actions.close_account(adviser, by=administrator)
    assert again(adviser).permissions == frozenset()
    actions.reopen_account(adviser, by=administrator)
    assert again(adviser).roles == {"adviser"}


def test_an_administrator_cannot_close_the_account_they_are_signed_in_with(signed_in, administrator):
    assert signed_in.post(reverse("people:close_account", args=[administrator.pk])).status_code == 404
    assert again(administrator).is_active


def test_a_role_is_given_and_written_down(signed_in, administrator):
    somebody = person()
    signed_in.post(reverse("people:give_role", args=[somebody.pk]), {"role": "steering_member"})
    assert again(somebody).roles == {"steering_member"}
    assert AuditEvent.objects.get(action="people.role_given").by == administrator


@pytest.mark.parametrize("text", ["hansen", "HANSEN@", "mandal"])
def test_people_are_found_by_name_by_address_and_by_place(text):
    hansen = person("project_leader", municipality=MunicipalityFactory(name="Mandal"))
    User.objects.filter(pk=hansen.pk).update(name="Ida Hansen", email="hansen@kommune.no")
    person("adviser")
    assert list(queries.people(text=text)) == [hansen]


@pytest.mark.parametrize("text", ["ÅSE", "åse", "ørland", "ØRLAND"])
def test_people_are_found_in_small_letters_and_in_capitals_also_by_norwegian_ones(text):
    found = person("project_leader", municipality=MunicipalityFactory(name="Ørland"))
    User.objects.filter(pk=found.pk).update(name="Åse Hansen")
    assert list(queries.people(text=text)) == [found]


@pytest.mark.parametrize("text", ["ÅSE", "åse"])
def test_events_are_found_by_norwegian_letters_too(text):
    someone = person()
    User.objects.filter(pk=someone.pk).update(name="Åse Hansen")
    AuditEvent.record("people.profile_changed", someone, by=User.objects.get(pk=someone.pk))
    assert queries.events(text=text).count() == 1


def test_people_are_filtered_by_the_roles_they_have_today():
    adviser, former = person("adviser"), person("adviser")
    former.role_assignments.update(ends_on=date(2010, 1, 1))
    assert list(queries.people(role="adviser")) == [adviser]


def test_closed_accounts_are_listed_only_when_searched_for(signed_in):
    User.objects.filter(pk=person().pk).update(is_active=False, name="Gone Away")
    assert "Gone Away" not in signed_in.get(reverse("people:people")).content.decode()
    assert "Gone Away" in signed_in.get(reverse("people:people"), {"q": "gone"}).content.decode()


@pytest.mark.parametrize("url", ["people:people", "people:audit_trail"])
def test_a_longer_list_asks_no_more_questions(signed_in, administrator, django_assert_max_num_queries, url):
    def one_more():
        place = MunicipalityFactory()
        person("project_leader", municipality=place)
        actions.invite(
            email=f"{place.number}@x.no", name="N", role="project_leader", municipality=place, by=administrator
        )

    one_more()
    signed_in.get(reverse(url))
    with django_assert_max_num_queries(12) as few:
        signed_in.get(reverse(url))
    one_more()
    one_more()
    with django_assert_max_num_queries(len(few)):
        signed_in.get(reverse(url))


def test_a_profile_is_changed_by_its_owner_and_read_in_the_new_language(client):
    somebody = person("adviser")
    client.force_login(somebody)
    response = client.post(
        reverse("people:profile"), {"name": "Ny Namn", "phone": "1", "language": "nn", "email": "x@y.no"}, follow=True
    )
    assert (again(somebody).name, again(somebody).language) == ("Ny Namn", "nn")
    assert again(somebody).email == somebody.email
    assert "Profilen din er lagra." in response.content.decode()


def test_a_form_takes_nothing_but_what_it_asks_for(client):
    somebody = person()
    client.force_login(somebody)
    everything = {field.name: "1" for field in User._meta.get_fields() if field.concrete}
    client.post(reverse("people:profile"), {**everything, "language": "nb"})
    changed = again(somebody)
    assert (changed.name, changed.phone) == ("1", "1")
    assert (changed.is_superuser, changed.email) == (False, somebody.email)
    assert not RoleAssignment.objects.exists()
