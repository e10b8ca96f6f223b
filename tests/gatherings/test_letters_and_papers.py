"""Letters to those of a gathering are sent once to each; lists and badges are lawful PDFs made by a job."""

from datetime import timedelta
from io import BytesIO

import page as validation
import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from pypdf import PdfReader

from correspondence.models import Message
from gatherings.actions.errors import NotPossible
from gatherings.actions.gatherings import ask_for_cleaning
from gatherings.actions.mails import send_mail, write_mail
from gatherings.actions.papers import ask_for_paper
from gatherings.queries.audiences import readers_of
from jobs.models import Job
from jobs.run import run_job
from tests.gatherings.worlds import a_registration, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return world()


@pytest.fixture
def people(here):
    """One present, one absent, one who waits, one who has cancelled."""
    states = {"present": {"attended_at": timezone.now()}, "absent": {}, "waiting": {"state": "waiting"}}
    states["cancelled"] = {"state": "cancelled"}
    return {
        name: a_registration(here.gathering, here.participation, name=name, email=f"{name}@example.no", **values)
        for name, values in states.items()
    }


def run(kind: str) -> Job:
    return run_job(Job.objects.unfinished().get(kind=kind).pk)


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        ("all", ["present", "absent", "waiting"]),
        ("registered", ["present", "absent"]),
        ("waiting", ["waiting"]),
        ("present", ["present"]),
        ("absent", ["absent"]),
    ],
)
def test_a_letter_reaches_those_of_its_audience(here, people, audience, expected):
    assert [one.name for one in readers_of(here.gathering, audience)] == expected


def test_one_address_gets_one_letter_whatever_its_capitals(here, people):
    a_registration(here.gathering, here.participation, name="Also", email="PRESENT@example.no")
    assert len(readers_of(here.gathering, "registered")) == 2


def test_a_letter_is_sent_once(here, people):
    mail = write_mail(here.gathering, audience="all", subject="Velkommen", body="Ta med sko.", by=here.adviser)
    send_mail(mail, by=here.adviser)
    with pytest.raises(NotPossible):
        send_mail(mail, by=here.adviser)
    sent = Message.objects.filter(kind="gatherings.letter")
    assert sorted(one.to_email for one in sent) == ["absent@example.no", "present@example.no", "waiting@example.no"]
    assert {(one.subject, one.reply_to) for one in sent} == {("Velkommen", here.adviser.email)}
    assert "Ta med sko." in sent[0].body


@pytest.mark.parametrize("kind", ["list", "badges"])
def test_a_paper_is_a_lawful_pdf_with_those_who_have_a_place(here, people, kind):
    ask_for_paper(here.gathering, kind, by=here.adviser)
    job = run("gatherings.make_paper")
    assert job.state == "done", job.error_detail
    with here.gathering.papers.get().file.open() as file:
        content = file.read()
    words = " ".join(one.extract_text() for one in PdfReader(BytesIO(content)).pages)
    assert "present" in words
    assert "absent" in words
    assert "cancelled" not in words
    profiles = (validation.ValidationProfile.PDF_A_3A, validation.ValidationProfile.PDF_UA_1)
    faults = [one.message for name in profiles for one in validation.validate_pdf_bytes(content, profile=name).failures]
    assert faults == []


def test_a_new_list_replaces_the_one_before(here, people, django_capture_on_commit_callbacks):
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            ask_for_paper(here.gathering, "list", by=here.adviser)
        with django_capture_on_commit_callbacks(execute=True):
            run("gatherings.make_paper")
    paper = here.gathering.papers.get()
    assert default_storage.listdir("gatherings/papers")[1] == [paper.file.name.rpartition("/")[2]]


def test_needs_are_deleted_three_months_after_the_last_day_and_not_before(here):
    one = a_registration(here.gathering, here.participation, needs="allergi")
    ask_for_cleaning(here.gathering)
    job = Job.objects.get(kind="gatherings.clean")
    assert job.due_at == here.gathering.ends_by + timedelta(days=90)
    here.gathering.ends_on += timedelta(days=5)
    here.gathering.save()
    Job.objects.filter(pk=job.pk).update(due_at=timezone.now())
    run_job(job.pk)
    one.refresh_from_db()
    assert one.needs == "allergi"
    later = Job.objects.unfinished().get(kind="gatherings.clean")
    here.gathering.starts_on = here.gathering.ends_on = timezone.localdate() - timedelta(days=200)
    here.gathering.save()
    Job.objects.filter(pk=later.pk).update(due_at=timezone.now())
    run_job(later.pk)
    one.refresh_from_db()
    assert one.needs == ""
