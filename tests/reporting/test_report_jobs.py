"""The jobs: the PDF that is stored is the one that was made, and what fails leaves the edition as it was."""

import hashlib
from io import BytesIO

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import TestCase
from django.urls import reverse
from pypdf import PdfReader

from correspondence.models import Message
from jobs.models import Job
from jobs.run import run_job
from municipalities.models import User
from programmes.models import CommitteeSeat
from reporting import actions
from reporting.models import Edition
from reporting.queries import content_checksum, edition_life, last_job
from tests.factories import ProgrammeFactory, person, steering_member
from tests.reporting.editions import draft, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def adviser():
    return person("adviser")


def run(kind: str) -> Job:
    return run_job(Job.objects.unfinished().get(kind=kind).pk)


def test_the_pdf_is_stored_with_its_checksum_and_what_it_was_made_from(adviser):
    edition = draft(adviser)
    actions.ask_pdf(edition, by=adviser)
    job = run("reporting.make_pdf")
    edition.refresh_from_db()
    with edition.pdf.open() as file:
        content = file.read()
    assert content.startswith(b"%PDF")
    assert hashlib.sha256(content).hexdigest() == edition.pdf_sha256 == job.result["sha256"]
    assert edition.pdf_of == content_checksum(edition)
    assert edition.page_count == len(PdfReader(BytesIO(content)).pages)
    assert "Årsrapport 2008" in PdfReader(BytesIO(content)).pages[0].extract_text()


def test_only_the_newest_pdf_of_an_edition_is_kept_and_none_that_a_killed_worker_left(adviser):
    edition, other = draft(adviser), draft(adviser, programme=ProgrammeFactory())
    for one in (other, edition):
        actions.ask_pdf(one, by=adviser)
        run("reporting.make_pdf")
    left_behind = f"reports/annual-{edition.pk}-{content_checksum(edition)[:16]}_x.pdf"
    default_storage.save(left_behind, ContentFile(b"%PDF of a worker that was killed before it committed"))
    actions.write_prose(edition, section="introduction", text="Nytt", version=0, by=adviser)
    actions.ask_pdf(Edition.objects.get(pk=edition.pk), by=adviser)
    with TestCase.captureOnCommitCallbacks(execute=True):
        run("reporting.make_pdf")
    kept = {f"reports/{name}" for name in default_storage.listdir("reports")[1]}
    assert kept == set(Edition.objects.values_list("pdf", flat=True))


def test_a_changed_word_makes_the_pdf_old(adviser):
    edition = draft(adviser)
    actions.ask_pdf(edition, by=adviser)
    run("reporting.make_pdf")
    edition = Edition.objects.get(pk=edition.pk)
    assert edition_life(edition, adviser).pdf_is_current
    actions.write_prose(edition, section="introduction", text="Nytt", version=0, by=adviser)
    assert edition_life(Edition.objects.get(pk=edition.pk), adviser).pdf_is_old


def test_a_job_that_fails_leaves_the_edition_untouched_and_is_seen_on_its_page(adviser):
    edition = draft(adviser)
    before = Edition.objects.values().get(pk=edition.pk)
    Edition.objects.filter(pk=edition.pk).update(data=[{"slug": "comparison", "title": "x", "data": {"tables": [{}]}}])
    broken = Edition.objects.values().get(pk=edition.pk)
    actions.ask_pdf(Edition.objects.get(pk=edition.pk), by=adviser)
    job = run("reporting.make_pdf")
    assert job.state != "done"
    assert Edition.objects.values().get(pk=edition.pk) == broken
    assert broken | {"data": before["data"]} == before
    assert last_job(edition).pk == job.pk


def test_figures_reckoned_too_late_do_not_reach_an_approved_edition(adviser):
    edition = draft(adviser)
    actions.move(edition, "submit", by=adviser)
    actions.move(edition, "approve", by=adviser)
    before = Edition.objects.values("data", "sha256").get(pk=edition.pk)
    job = run_job(Job.objects.get(kind="reporting.reckon").pk)  # asked for when the draft was made
    assert job.state == "failed"
    assert "Lag en ny utgave" in job.trouble
    assert Edition.objects.values("data", "sha256").get(pk=edition.pk) == before


@pytest.mark.parametrize(
    ("language", "subject", "greeting"),
    [
        ("nb", "Årsrapport 2008 for Programmet er publisert", "Hei, Stein!"),
        ("nn", "Årsrapport 2008 for Programmet er publisert", "Hei, Stein!"),
        ("en", "Annual report 2008 for Programmet is published", "Hello Stein"),
    ],
)
def test_a_member_hears_of_a_report_in_the_members_own_language(adviser, settings, language, subject, greeting):
    settings.BASE_URL = "https://pulje.example"
    programme = ProgrammeFactory(name="Programmet")
    member = steering_member(programme)
    User.objects.filter(pk=member.pk).update(language=language, name="Stein")
    edition = published(adviser, programme=programme)
    run("correspondence.send")
    (letter,) = mail.outbox
    assert letter.to == [member.email]
    assert letter.subject == subject
    assert greeting in letter.body
    assert "https://pulje.example" + reverse("reporting:edition", args=[edition.pk]) in letter.body


def test_only_members_of_today_are_told(adviser):
    programme = ProgrammeFactory()
    steering_member(programme)
    CommitteeSeat.objects.filter(committee__programme=programme).update(ends_on="2009-01-01")
    published(adviser, programme=programme)
    assert not Message.objects.exists()
