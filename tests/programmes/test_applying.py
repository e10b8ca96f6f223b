"""Applying: who writes, what is never lost, what is frozen, who must stand behind it."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from correspondence.models import Message
from municipalities.models import MunicipalityChange, Organisation
from programmes.actions import applying as actions
from programmes.actions import applying_together as together_actions
from programmes.actions import consents
from programmes.actions.admission_rounds import close_now, give_more_time
from programmes.actions.application_steps import StepRefused, take_step
from programmes.calculations.application_content import binding_sha256, content_sha256, step_sha256
from programmes.models import Application, PartyConsent, Submission
from programmes.queries.admission_apply import content_of, standing_of
from tests.counting import queries_of
from tests.factories import MunicipalityFactory, person
from tests.programmes.rounds import PDF, begun, consented, filled, ready, scene, signed_in

pytestmark = pytest.mark.django_db


def base(application, step) -> str:
    application.refresh_from_db()
    return step_sha256(content_of(application), step)


def refusal(act, *args, **kwargs) -> str:
    with pytest.raises(actions.ApplyingRefused) as refused:
        act(*args, **kwargs)
    return refused.value.why


def test_two_of_a_municipality_who_begin_get_the_same_application():
    found = scene()
    second = person("project_leader", municipality=found.municipality)
    assert begun(found) == begun(found, by=second)


def test_a_round_for_the_invited_is_closed_to_others_and_open_to_members_of_an_invited_body():
    found = scene(is_open_to_all=False)
    assert refusal(begun, found) == "not_invited"
    council = Organisation.objects.create(slug="rad", name="Regionråd", kind="regional_council")
    council.members.add(found.municipality)
    found.round.invitations.create(organisation=council)
    assert begun(found).applicants.get().municipality == found.municipality


def test_a_district_applies_in_its_own_name():
    found = scene()
    district = Organisation.objects.create(slug="bydel", name="Bydel Alna", kind="district")
    leader = person("project_leader", organisation=district)
    application = begun(found, place=district, by=leader)
    assert Application.objects.editable_by(leader).get() == application
    assert not Application.objects.visible_to(found.leader).exists()


def test_what_another_has_written_is_never_overwritten_unseen():
    found = scene()
    application = begun(found)
    seen = base(application, "work")
    actions.save_step(application, "work", {"work_organisation": "Min"}, base=seen, by=found.leader)
    with pytest.raises(actions.StepConflict) as conflict:
        actions.save_step(application, "work", {"work_organisation": "Din"}, base=seen, by=found.leader)
    assert conflict.value.content["work_organisation"] == "Min"
    actions.save_step(
        application, "challenges", {"challenges": "x"}, base=base(application, "challenges"), by=found.leader
    )


def test_the_second_sees_both_texts_and_chooses():
    found = scene()
    application, client = begun(found), signed_in(found.leader)
    url, seen = found.url("application_step", application.pk, "work"), base(application, "work")
    client.post(url, {"base": seen, "work_organisation": "Den første teksten"})
    second = client.post(url, {"base": seen, "work_organisation": "Den andre teksten"})
    page = second.content.decode()
    assert second.status_code == 409
    assert "Den første teksten" in page
    assert "Den andre teksten" in page
    now = base(application, "work")
    client.post(url, {"base": now, "work_organisation": "Den andre teksten", "keep-work_organisation": "theirs"})
    application.refresh_from_db()
    assert application.work_organisation == "Den første teksten"
    client.post(url, {"base": now, "work_organisation": "Den andre teksten", "keep-work_organisation": "mine"})
    application.refresh_from_db()
    assert application.work_organisation == "Den andre teksten"


def test_saving_while_one_writes_keeps_what_can_be_read_and_names_the_rest():
    found = scene()
    application = begun(found)
    url = found.url("autosave_step", application.pk, "goal")
    answers = {"base": base(application, "goal"), "absence_baseline_percent": "9,4 %", "absence_target_percent": "åtte"}
    page = signed_in(found.leader).post(url, answers).content.decode()
    application.refresh_from_db()
    assert str(application.absence_baseline_percent) == "9.4"
    assert "Resultatmål, prosent" in page
    assert f'value="{base(application, "goal")}"' in page


def test_a_goal_above_the_baseline_is_told_at_its_field():
    found = scene()
    application = begun(found)
    url = found.url("application_step", application.pk, "goal")
    goal = {"absence_baseline_percent": "8,0", "absence_target_percent": "8,4", "base": base(application, "goal")}
    page = signed_in(found.leader).post(url, goal).content.decode()
    assert 'id="id_absence_target_percent_error"' in page
    assert "Målet må være lavere enn fraværet i dag, 8,0 prosent." in page


@pytest.mark.parametrize("content", [b"MZ not a pdf", b"%PDF-1.7 cut off", b""])
def test_a_file_that_is_no_pdf_is_refused(content):
    found = scene()
    application = begun(found)
    file = SimpleUploadedFile("vedtak.pdf", content)
    answer = signed_in(found.leader).post(found.url("attach_decision", application.pk), {"file": file})
    application.refresh_from_db()
    assert answer.status_code == 200
    assert not application.decision_file


def test_a_file_over_ten_megabytes_is_refused():
    found = scene()
    application = begun(found)
    file = SimpleUploadedFile("vedtak.pdf", PDF + b"x" * 10 * 1024 * 1024 + b"%%EOF")
    signed_in(found.leader).post(found.url("attach_decision", application.pk), {"file": file})
    application.refresh_from_db()
    assert not application.decision_file


def test_a_changed_text_asks_those_who_consented_anew():
    found = scene()
    application = ready(found)
    assert standing_of(application).missing == []
    values = {"contact_name": "Ny"}
    actions.save_step(application, "contact", values, base=base(application, "contact"), by=found.leader)
    application.refresh_from_db()
    assert standing_of(application).missing == []
    values = {"work_organisation": "Noe annet."}
    actions.save_step(application, "work", values, base=base(application, "work"), by=found.leader)
    application.refresh_from_db()
    assert {one.why for one in standing_of(application).missing} == {"earlier"}
    assert refusal(actions.submit, application, by=found.leader) == "incomplete"


def test_what_is_sent_in_is_frozen_with_its_sum_and_receipts_go_out_once():
    found = scene()
    application = ready(found)
    made = actions.submit(application, by=found.leader)
    assert made.sha256 == content_sha256(made.content)
    assert [one["party"] for one in made.content["consents"]] == ["management", "politicians", "unions"]
    assert refusal(actions.submit, application, by=found.leader) == "not_writable"
    receipts = Message.objects.filter(key__startswith="admission-receipt:")
    assert {one.to_email for one in receipts} == {found.leader.email, "kari@kommune.example"}


def closed(found, seconds: int) -> None:
    found.round.closes_at = timezone.now() + timedelta(seconds=seconds)
    found.round.save()


def test_after_the_deadline_it_is_too_late_without_more_time_and_late_with_it():
    found = scene()
    application = ready(found)
    closed(found, -1)
    assert refusal(actions.submit, application, by=found.leader) == "closed"
    until = timezone.now() + timedelta(hours=1)
    give_more_time(found.round, place=found.municipality, until=until, reason="Sykdom", by=found.adviser)
    assert actions.submit(application, by=found.leader).is_late


def test_more_time_that_is_over_is_over():
    found = scene()
    application = ready(found)
    closed(found, -10)
    given = give_more_time(
        found.round,
        place=found.municipality,
        until=timezone.now() + timedelta(hours=1),
        reason="Sykdom",
        by=found.adviser,
    )
    given.until = timezone.now()
    given.save()
    assert refusal(actions.submit, application, by=found.leader) == "closed"


def test_a_round_that_is_closed_at_once_takes_no_more():
    found = scene()
    application = ready(found)
    close_now(found.round, by=found.adviser)
    assert refusal(actions.submit, application, by=found.leader) == "closed"


def test_more_information_is_answered_after_the_deadline_and_compared():
    found = scene()
    application = ready(found)
    actions.submit(application, by=found.leader)
    take_step(application, "more_asked", by=found.adviser, text="Hvem leder?")
    closed(found, -60)
    page = signed_in(found.leader).get(found.url("application", application.pk)).content.decode()
    assert "Hvem leder?" in page
    values = {"work_organisation": "Rådmannen leder."}
    actions.save_step(application, "work", values, base=base(application, "work"), by=found.leader)
    for one in application.consents.filter(replaced_by=None):
        again = consents.ask_again(one, by=found.leader)
        consents.record_answer(again, answer="yes", answered_on=timezone.localdate(), comment="x", by=found.leader)
    application.refresh_from_db()
    assert actions.submit(application, by=found.leader).number == 2
    for reader in (found.leader, found.adviser):
        page = signed_in(reader).get(found.url("application_comparison", application.pk)).content.decode()
        assert "Rådmannen" in page
        assert "<del>" in page


def test_a_draft_is_deleted_and_back_with_undo():
    found = scene()
    application, client = begun(found), signed_in(found.leader)
    url = client.post(found.url("delete_draft", application.pk)).url
    assert found.url("restore_draft", application.pk) in client.get(url).content.decode()
    assert client.get(found.url("application", application.pk)).status_code == 404
    client.post(found.url("restore_draft", application.pk))
    assert client.get(found.url("application", application.pk)).status_code == 200


def test_a_draft_is_not_restored_beside_a_newer_one():
    found = scene()
    application = begun(found)
    actions.delete_draft(application, by=found.leader)
    assert begun(found) != application
    assert refusal(actions.restore_draft, application, by=found.leader) == "stands_elsewhere"


def test_what_is_withdrawn_is_not_withdrawn_twice_and_the_municipality_may_begin_anew():
    found = scene()
    application = ready(found)
    actions.submit(application, by=found.leader)
    actions.withdraw_application(application, reason="Ny ledelse", by=found.leader)
    with pytest.raises(StepRefused):
        actions.withdraw_application(application, reason="igjen", by=found.leader)
    assert begun(found) != application


def together(found):
    """An application of two; the other's project leader."""
    other = MunicipalityFactory()
    application = begun(found)
    added = together_actions.add_applicant(application, place=other, by=found.leader)
    return application, added, person("project_leader", municipality=other)


def test_the_others_read_and_confirm_but_do_not_write():
    found = scene()
    application, added, colleague = together(found)
    client = signed_in(colleague)
    assert client.get(found.url("application", application.pk)).status_code == 200
    posted = client.post(found.url("application_step", application.pk, "work"), {"base": "", "work_organisation": "x"})
    assert posted.status_code == 403
    assert client.post(found.url("confirm_applicant", application.pk, added.pk)).status_code == 302
    added.refresh_from_db()
    assert added.confirmed_by == colleague
    lead = application.applicants.get(is_lead=True)
    assert client.post(found.url("confirm_applicant", application.pk, lead.pk)).status_code == 403


def test_one_who_stands_in_an_application_cannot_be_added_to_another():
    found = scene()
    _application, added, _colleague = together(found)
    third = MunicipalityFactory()
    own = begun(found, place=third, by=person("project_leader", municipality=third))
    assert refusal(together_actions.add_applicant, own, place=added.municipality, by=found.leader) == "stands_elsewhere"


def test_applying_together_asks_the_parties_of_both():
    found = scene()
    application, added, colleague = together(found)
    together_actions.confirm_applicant(added, by=colleague)
    filled(application)
    consented(application, found.leader)
    application.consents.filter(applicant__is_lead=False, party="unions").delete()
    lacking = standing_of(application).missing
    assert [(one.party, one.why) for one in lacking] == [("unions", "nobody")]


def test_after_a_merger_the_successors_people_go_on_and_the_parties_are_asked_anew():
    found = scene()
    application = ready(found)
    today = timezone.localdate()
    successor = MunicipalityFactory(valid_from=today)
    found.municipality.valid_to = today - timedelta(days=1)
    found.municipality.save()
    heir = person("project_leader", municipality=successor)
    assert not Application.objects.visible_to(heir).exists()
    MunicipalityChange.objects.create(
        kind="merge", happened_on=today, predecessor=found.municipality, successor=successor
    )
    heir = type(heir).objects.get(pk=heir.pk)
    assert Application.objects.editable_by(heir).get() == application
    applicant = application.applicants.get()
    assert signed_in(heir).post(found.url("carry_on_applicant", application.pk, applicant.pk)).status_code == 302
    application.refresh_from_db()
    assert str(application.applicants.get()) == application.name == str(successor)
    assert {one.why for one in standing_of(application).missing} == {"earlier"}


# The link of one of the parties


def asked(found, application=None) -> PartyConsent:
    application = application or filled(begun(found))
    return consents.add_consent(
        application.applicants.get(),
        party="politicians",
        person_name="Ola Ordfører",
        email="ola@kommune.example",
        by=found.leader,
        send=True,
    )


def link(consent) -> str:
    return f"/programmes/consents/{consent.token}/"


def answer(consent, **changes):
    seen = binding_sha256(content_of(consent.application))
    return signed_in(None).post(link(consent), {"seen": seen, "answer": "yes", "is_me": "on", **changes})


def test_a_link_is_answered_once_and_then_says_by_whom_and_when():
    found = scene()
    one = asked(found)
    assert answer(one).status_code == 200
    again = signed_in(None).get(link(one))
    assert again.status_code == 410
    assert "Ola Ordfører" in again.content.decode()
    assert answer(one, answer="no").status_code == 410
    one.refresh_from_db()
    assert (one.answer, one.how) == ("yes", "link")


def test_the_page_names_whom_it_is_for_and_saves_nothing_until_that_is_confirmed():
    found = scene()
    one = asked(found)
    assert "Er du ikke Ola Ordfører?" in signed_in(None).get(link(one)).content.decode()
    assert answer(one, is_me="").status_code == 200
    one.refresh_from_db()
    assert one.answer == ""


def test_a_text_that_changes_while_it_is_read_is_read_again():
    found = scene()
    one = asked(found)
    page = answer(one, seen="0" * 64)
    assert "endret mens du leste" in page.content.decode()
    one.refresh_from_db()
    assert one.answer == ""


def test_a_replaced_link_and_a_withdrawn_one_say_so():
    found = scene()
    one = asked(found)
    new = consents.ask_again(one, by=found.leader)
    assert "nyere lenke" in signed_in(None).get(link(one)).content.decode()
    assert signed_in(None).get(link(new)).status_code == 200
    consents.withdraw_request(new, by=found.leader)
    assert "trukket spørsmålet" in signed_in(None).get(link(new)).content.decode()
    assert answer(new).status_code == 410


def test_a_guessed_link_opens_nothing_and_a_link_opens_no_other_page():
    found = scene()
    one = asked(found)
    client = signed_in(None)
    assert client.get("/programmes/consents/gjettet/").status_code == 404
    client.get(link(one))
    assert client.get(found.url("application", one.application_id)).status_code == 302


def test_the_link_opens_the_decision_it_names_until_it_is_answered():
    found = scene()
    one = asked(found)
    file = link(one) + "decision/"
    assert f'href="{file}"' in signed_in(None).get(link(one)).content.decode()
    assert b"".join(signed_in(None).get(file).streaming_content) == PDF
    consents.withdraw_request(one, by=found.leader)
    assert signed_in(None).get(file).status_code == 404
    assert signed_in(None).get("/programmes/consents/gjettet/decision/").status_code == 404


def test_a_link_is_in_the_language_of_the_letters():
    found = scene()
    one = asked(found, filled(begun(found), language="nn"))
    assert "Lenkja er berre di" in signed_in(None).get(link(one)).content.decode()
    assert Message.objects.get().language == "nn"


def test_a_no_stands_in_the_way():
    found = scene()
    application = filled(begun(found))
    consented(application, found.leader, answer="no")
    assert {one.why for one in standing_of(application).missing} == {"no"}


def test_the_page_takes_as_many_queries_with_four_applicants_as_with_two():
    found = scene()
    application = filled(begun(found))
    together_actions.add_applicant(application, place=MunicipalityFactory(), by=found.leader)
    consented(application, found.leader)
    url = found.url("application_step", application.pk, "consents")
    one = queries_of(found.leader, url)
    for _n in range(2):
        together_actions.add_applicant(application, place=MunicipalityFactory(), by=found.leader)
    consented(application, found.leader)
    assert queries_of(found.leader, url) == one


def test_a_submission_stands_when_the_application_changes():
    found = scene()
    application = ready(found)
    made = actions.submit(application, by=found.leader)
    take_step(application, "more_asked", by=found.adviser, text="?")
    values = {"work_organisation": "Nytt"}
    actions.save_step(application, "work", values, base=base(application, "work"), by=found.leader)
    assert Submission.objects.get(pk=made.pk).content["work_organisation"] != "Nytt"
