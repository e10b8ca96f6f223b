"""The whole way of a municipality: invitation, form, consent by link, sending in, receipt."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from correspondence.models import Message
from jobs.models import Job
from jobs.run import run_job
from programmes.models import Application, PartyConsent
from tests.programmes.rounds import ANSWERS, PARTIES, PDF, scene, signed_in
from tests.validity import faults_of

pytestmark = pytest.mark.django_db(transaction=True)
STEPS = {
    "focus": ("focus_areas", "themes"),
    "challenges": ("challenges", "wanted_results"),
    "goal": ("absence_baseline_percent", "absence_baseline_on", "absence_target_percent", "absence_target_on"),
    "work": ("work_organisation",),
    "decision": ("decision_body", "decision_on", "decision_case"),
    "contact": ("contact_name", "contact_email"),
}


def run_jobs():
    for job in Job.objects.filter(state="queued"):
        run_job(job.pk)


def base_of(response) -> str:
    return re.search(r'name="base" id="id_base" value="(\w+)"', response.content.decode()).group(1)


def test_from_the_public_page_to_the_receipt():
    found = scene()
    everyone, leader = signed_in(None), signed_in(found.leader)
    assert "Bli med" in everyone.get(found.url("admission_round")).content.decode()
    begun = leader.post(found.url("apply"), {"place": f"municipality:{found.municipality.pk}"})
    application = Application.objects.get()
    assert begun.url == found.url("application_step", application.pk, "applicants")
    for step, names in STEPS.items():
        url = found.url("application_step", application.pk, step)
        answers = {name: ANSWERS[name] for name in names} | {"base": base_of(leader.get(url))}
        saved = leader.post(url, answers)
        assert saved.status_code == 302, saved.content.decode()
    file = SimpleUploadedFile("vedtak.pdf", PDF)
    assert leader.post(found.url("attach_decision", application.pk), {"file": file}).status_code == 302
    applicant = application.applicants.get()
    for party, union in PARTIES:
        who = {"party": party, "union_name": union, "person_name": f"Person {party}", "email": f"{party}@example.no"}
        asked = leader.post(found.url("add_consent", application.pk), {"applicant": applicant.pk, "send": "1", **who})
        assert asked.status_code == 302, asked.content.decode()
    for consent in PartyConsent.objects.all():
        letter = Message.objects.get(to_email=consent.email)
        page = everyone.get(re.search(r"(/programmes/consents/\S+)", letter.body).group(1))
        seen = re.search(r'name="seen" value="(\w+)"', page.content.decode()).group(1)
        given = everyone.post(page.wsgi_request.path, {"seen": seen, "answer": "yes", "is_me": "on"})
        assert given.status_code == 200
    summary = leader.get(found.url("application_step", application.pk, "summary")).content.decode()
    assert "submit/" in summary, summary
    assert leader.post(found.url("submit_application", application.pk)).url == found.url("application", application.pk)
    run_jobs()
    application.refresh_from_db()
    made = application.submissions.get()
    assert (application.state, made.number, len(made.sha256)) == ("submitted", 1, 64)
    receipts = Message.objects.filter(key__startswith="admission-receipt:").values_list("to_email", flat=True)
    assert set(receipts) == {found.leader.email, "kari@kommune.example"}
    pdf = leader.get(found.url("application_receipt", application.pk, 1))
    assert faults_of(b"".join(pdf)) == []
    assert leader.get(found.url("application", application.pk)).status_code == 200
    assert made.submitted_at <= timezone.now()
