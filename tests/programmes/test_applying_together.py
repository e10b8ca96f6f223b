"""Nobody is applied for without having said so: each of those who apply together confirms, or it is recorded."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from correspondence.kinds import kind_in_words
from correspondence.models import Message
from programmes.actions import applying, applying_together
from programmes.models import Submission
from programmes.queries.admission_apply import standing_of
from programmes.tasks.admission import context_of
from tests.factories import MunicipalityFactory, person
from tests.programmes.rounds import begun, consented, filled, scene, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def found():
    return scene()


@pytest.fixture
def other(found):
    """The second of two who apply together; everything else is there."""
    application = filled(begun(found))
    place = MunicipalityFactory(name="Lindesnes", distinct_name="Lindesnes")
    added = applying_together.add_applicant(application, place=place, by=found.leader)
    consented(application, found.leader)
    return added


def test_it_is_not_sent_in_before_the_other_has_confirmed(found, other):
    with pytest.raises(applying.ApplyingRefused) as refused:
        applying.submit(other.application, by=found.leader)
    assert refused.value.why == "incomplete"
    assert not Submission.objects.exists()
    applying_together.confirm_applicant(other, by=person("project_leader", municipality=other.municipality))
    assert applying.submit(other.application, by=found.leader).number == 1


def test_the_page_names_who_is_missing_and_leads_to_the_remedy(found, other):
    client = signed_in(found.leader)
    summary = client.get(found.url("application_step", other.application_id, "summary")).content.decode()
    assert "Lindesnes har ikke bekreftet" in summary
    assert f"applicants/#applicant-{other.pk}" in summary
    applicants = client.get(found.url("application_step", other.application_id, "applicants")).content.decode()
    assert f'id="applicant-{other.pk}"' in applicants
    assert found.url("record_confirmation", other.application_id, other.pk) in applicants
    # A step that lacks only what others are to say is saved as any other.
    answers = {"name": "Oss to", "base": standing_base(other.application)}
    saved = client.post(found.url("application_step", other.application_id, "applicants"), answers)
    assert saved.status_code == 302


def standing_base(application) -> str:
    return applying.step_sha256(standing_of(application).content, "applicants")


def test_the_leader_records_who_confirmed_when_and_how(found, other):
    client = signed_in(found.leader)
    address = found.url("record_confirmation", other.application_id, other.pk)
    answers = {"name": "Ola Ordfører", "confirmed_on": "2009-01-12", "how": "i formannskapet, sak 4/09"}
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert client.post(address, answers | {"confirmed_on": tomorrow}).status_code == 200
    assert client.post(address, answers | {"how": ""}).status_code == 200
    assert standing_of(other.application).missing
    assert client.post(address, answers).status_code == 302
    other.refresh_from_db()
    assert (other.confirmed_by, other.confirmed_name) == (found.leader, "Ola Ordfører")
    assert timezone.localtime(other.confirmed_at).date() == date(2009, 1, 12)
    page = client.get(found.url("application_step", other.application_id, "applicants")).content.decode()
    assert "Ola Ordfører" in page
    assert "sak 4/09" in page
    made = applying.submit(other.application, by=found.leader)
    assert [one["name"] for one in context_of(made)["confirmed"]] == ["Ola Ordfører"]


def test_the_other_is_asked_to_confirm_on_its_front_page_and_nobody_else_is(found, other):
    colleague = person("project_leader", municipality=other.municipality)
    asks = "Søknaden: bekreft at dere søker sammen med de andre"
    assert asks in signed_in(colleague).get(reverse("home")).content.decode()
    assert asks not in signed_in(found.leader).get(reverse("home")).content.decode()
    assert signed_in(colleague).post(found.url("confirm_applicant", other.application_id, other.pk)).status_code == 302
    assert asks not in signed_in(colleague).get(reverse("home")).content.decode()


def test_only_those_who_write_record_and_only_once(found, other):
    colleague = person("project_leader", municipality=other.municipality)
    address = found.url("record_confirmation", other.application_id, other.pk)
    assert signed_in(colleague).get(address).status_code == 403
    applying_together.confirm_applicant(other, by=colleague)
    with pytest.raises(applying.ApplyingRefused):
        applying_together.record_confirmation(
            other, name="En annen", confirmed_on=date(2009, 1, 1), how="x", by=found.leader
        )
    other.refresh_from_db()
    assert other.confirmed_by == colleague


def test_the_people_of_the_one_added_get_one_e_mail_that_asks_them_to_confirm(found):
    application, place = begun(found), MunicipalityFactory(name="Lindesnes", distinct_name="Lindesnes")
    colleague = person("project_leader", municipality=place)
    person("steering_member", municipality=place)
    added = applying_together.add_applicant(application, place=place, by=found.leader)
    message = Message.objects.get()
    assert (message.to, message.kind) == (colleague, "programmes.asked_to_confirm")
    assert kind_in_words(message.kind) == "Spørsmål om dere søker sammen med andre"
    assert "Lindesnes" in message.subject
    assert found.url("application", application.pk) in message.body
    applying_together.remove_applicant(added, by=found.leader)
    applying_together.add_applicant(application, place=place, by=found.leader)
    assert Message.objects.count() == 1
