"""Pages in the states that the access table does not show: a report on its way, failed work, a search with hits."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jobs.models import Job
from municipalities.models import MunicipalityChange
from reporting import actions
from tests import access_table
from tests.end_to_end.test_axe import TABLES, faults_of, signed_in
from tests.factories import MunicipalityFactory, ProgrammeFactory, person
from tests.reporting.editions import CONTRADICTION, draft

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_part_of_the_access_table_is_looked_at():
    assert set(TABLES.values()) == set(access_table.TABLES)


def test_a_report_in_review_with_a_contradiction_and_an_approved_one(page, live_server, accessibility_faults):
    adviser = person("adviser")
    in_review = draft(adviser, CONTRADICTION, programme=ProgrammeFactory())
    actions.move(in_review, "submit", by=adviser)
    approved = draft(adviser, programme=ProgrammeFactory())
    for act in ("submit", "approve"):
        approved = actions.move(approved, act, by=adviser)
    renewed = draft(adviser, programme=ProgrammeFactory(), rate="10.24")
    signed_in(page, live_server, adviser)
    urls = [reverse("reporting:edition", args=[one.pk]) for one in (in_review, approved)]
    urls.append(reverse("reporting:prose", args=[in_review.pk, "comparison"]))
    urls.append(reverse("reporting:changes", args=[renewed.pk]))
    assert faults_of(page, urls, accessibility_faults) == []


def test_work_that_failed_and_work_that_waits(page, live_server, accessibility_faults):
    administrator = person("administrator")
    at = timezone.now() - timedelta(hours=1)
    failed = Job.objects.create(kind="reporting.make_pdf", state="failed", finished_at=at, error="The disk was full.")
    waiting = Job.objects.create(kind="reporting.make_pdf", due_at=timezone.now() + timedelta(hours=1))
    signed_in(page, live_server, administrator)
    urls = [reverse("jobs:jobs"), *(one.get_absolute_url() for one in (failed, waiting))]
    assert faults_of(page, urls, accessibility_faults) == []


def test_a_search_with_hits_and_a_municipality_that_merged(page, live_server, accessibility_faults):
    old, beside, new = (MunicipalityFactory(name=name) for name in ("Kristiansund", "Frei", "Kristiansund"))
    for before in (old, beside):
        MunicipalityChange.objects.create(kind="merge", happened_on=date(2008, 1, 1), predecessor=before, successor=new)
    signed_in(page, live_server, person("adviser"))
    urls = [reverse("search") + "?q=kri", reverse("search") + "?q=xyz"]
    urls += [reverse("municipalities:municipality", args=[one.number]) for one in (new, beside)]
    assert faults_of(page, urls, accessibility_faults) == []
