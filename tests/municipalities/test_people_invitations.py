"""An invitation is a letter that is sent once, opens once, and lapses."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from jobs.models import Job
from jobs.run import run_job
from municipalities.actions import people as actions
from municipalities.models import AuditEvent, Invitation, User
from tests.factories import MunicipalityFactory, ParticipationFactory, person

pytestmark = pytest.mark.django_db

PASSWORD = "en lang og trygg setning"
ANSWERS = {"name": "Nora Ny", "phone": "900 00 000", "password": PASSWORD, "password_again": PASSWORD}


@pytest.fixture
def administrator():
    return person("administrator")


@pytest.fixture
def invitation(administrator):
    return actions.invite(
        email="Nora@Kommune.no",
        name="Nora Ny",
        role="project_leader",
        municipality=MunicipalityFactory(name="Mandal"),
        language="nn",
        by=administrator,
    )


def accept_url(invitation) -> str:
    return reverse("people:accept_invitation", args=[invitation.token])


def test_the_letter_is_in_the_language_of_the_invited_and_holds_the_address(invitation):
    run_job(Job.objects.get().pk)
    letter = mail.outbox[0]
    assert letter.to == ["nora@kommune.no"]
    assert letter.subject == "Du er invitert til Pulje"
    assert "prosjektleiar" in letter.body
    assert "Mandal" in letter.body
    assert f"http://localhost:8000{accept_url(invitation)}\n" in letter.body


def test_the_letter_is_sent_once_however_often_the_job_is_rung_for(invitation):
    job = Job.objects.get()
    run_job(job.pk)
    run_job(job.pk)
    assert len(mail.outbox) == 1


def test_no_letter_goes_out_for_an_invitation_that_was_withdrawn_meanwhile(invitation, administrator):
    actions.withdraw_invitation(invitation, by=administrator)
    run_job(Job.objects.get().pk)
    assert mail.outbox == []


def test_the_invited_chooses_a_password_and_is_signed_in_with_the_role(client, invitation):
    response = client.post(accept_url(invitation), ANSWERS, follow=True)
    user = User.objects.get(email="nora@kommune.no")
    assert response.wsgi_request.user == user
    assert user.roles == {"project_leader"}
    assert user.municipality_ids == {invitation.municipality_id}
    assert user.language == "nn"
    assert user.check_password(PASSWORD)
    assert user.emailaddress_set.get().verified


def test_an_invitation_opens_once(client, invitation):
    client.post(accept_url(invitation), ANSWERS)
    client.logout()
    response = client.post(accept_url(invitation), {**ANSWERS, "name": "Somebody Else"})
    assert response.status_code == 410
    assert User.objects.get(email="nora@kommune.no").name == "Nora Ny"


def test_a_lapsed_invitation_opens_nothing_and_says_so(client, invitation):
    Invitation.objects.update(lapses_on=timezone.localdate() - timedelta(days=1))
    response = client.post(accept_url(invitation), ANSWERS)
    assert response.status_code == 410
    assert not User.objects.filter(email="nora@kommune.no").exists()


def test_an_invitation_is_good_on_its_last_day(client, invitation):
    Invitation.objects.update(lapses_on=timezone.localdate())
    assert client.get(accept_url(invitation)).status_code == 200


def test_sending_again_makes_the_old_address_useless_and_the_lapsed_good(client, invitation, administrator):
    Invitation.objects.update(lapses_on=timezone.localdate() - timedelta(days=1))
    old = accept_url(invitation)
    client.force_login(administrator)
    client.post(reverse("people:resend_invitation", args=[invitation.pk]))
    client.logout()
    invitation.refresh_from_db()
    assert client.get(old).status_code == 404
    assert client.get(accept_url(invitation)).status_code == 200


def test_an_accepted_invitation_can_be_neither_withdrawn_nor_sent_again(client, invitation, administrator):
    actions.accept_invitation(invitation, name="Nora Ny", phone="", password=PASSWORD)
    for act in (actions.withdraw_invitation, actions.resend_invitation):
        with pytest.raises(actions.InvitationClosed):
            act(invitation, by=administrator)


def test_two_who_open_the_same_letter_make_one_account(invitation):
    same = Invitation.objects.get(pk=invitation.pk)
    actions.accept_invitation(invitation, name="Nora Ny", phone="", password=PASSWORD)
    with pytest.raises(actions.InvitationClosed):
        actions.accept_invitation(same, name="Somebody Else", phone="", password=PASSWORD)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"password_again": "en annen setning her"}, "password_again"),
        ({"password": "kort", "password_again": "kort"}, "password"),
        ({"password": "123456789012345", "password_again": "123456789012345"}, "password"),
        ({"name": ""}, "name"),
    ],
)
def test_a_weak_or_mistyped_password_makes_no_account(client, invitation, change, field):
    response = client.post(accept_url(invitation), {**ANSWERS, **change})
    assert field in response.context["form"].errors
    assert not User.objects.filter(email="nora@kommune.no").exists()


def test_a_project_leader_is_invited_for_a_municipality_or_an_organisation(client, administrator):
    client.force_login(administrator)
    answers = {"name": "Nora", "email": "nora@kommune.no", "role": "project_leader", "language": "nb"}
    response = client.post(reverse("people:invite"), answers)
    assert "municipality" in response.context["form"].errors
    client.post(reverse("people:invite"), {**answers, "municipality": MunicipalityFactory().pk})
    assert Invitation.objects.get().email == "nora@kommune.no"


def test_one_who_has_an_account_is_not_invited_again(client, administrator):
    client.force_login(administrator)
    answers = {"name": "Per", "email": person("adviser").email.upper(), "role": "adviser", "language": "nb"}
    response = client.post(reverse("people:invite"), answers)
    assert "email" in response.context["form"].errors
    assert not Invitation.objects.exists()


def test_nobody_signs_up_without_an_invitation(client):
    client.post(reverse("account_signup"), {"email": "a@b.no", "password1": PASSWORD, "password2": PASSWORD})
    assert not User.objects.exists()


def test_the_life_of_an_invitation_stands_in_the_audit_trail(invitation, administrator):
    actions.resend_invitation(invitation, by=administrator)
    user = actions.accept_invitation(invitation, name="Nora Ny", phone="", password=PASSWORD)
    trail = AuditEvent.objects.order_by("pk").values_list("action", "by")
    assert list(trail) == [
        ("people.invited", administrator.pk),
        ("people.invitation_resent", administrator.pk),
        ("people.invitation_accepted", user.pk),
    ]


def test_a_role_is_for_a_municipality_of_today_or_one_with_a_part_in_a_programme(client, administrator):
    old = MunicipalityFactory(name="Ringerike", number="0605", valid_to=date(2019, 12, 31))
    MunicipalityFactory(name="Ringerike", number="3007", valid_from=date(2020, 1, 1), valid_to=date(2023, 12, 31))
    MunicipalityFactory(name="Ringerike", number="3305", valid_from=date(2024, 1, 1))
    ParticipationFactory(municipality=old)
    client.force_login(administrator)
    for url in (reverse("people:invite"), reverse("people:give_role", args=[person().pk])):
        page = client.get(url).content.decode()
        assert "Ringerike (0605, til 2019)</option>" in page
        assert "Ringerike (3305)</option>" in page
        assert "3007" not in page


def test_a_missing_municipality_is_asked_for_at_the_field(client, administrator):
    client.force_login(administrator)
    answers = {"name": "N", "email": "n@x.no", "role": "project_leader", "language": "nb"}
    page = client.post(reverse("people:invite"), answers).content.decode()
    at_the_field = page.partition('id="id_municipality_error"')[2].partition("</div>")[0]
    assert "Velg kommunen eller organisasjonen" in at_the_field
    assert 'aria-invalid="true"' in page.partition('name="municipality"')[2].partition(">")[0]
