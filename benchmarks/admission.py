"""The first byte of lists with 430 rows, beside a page with nothing in it.

    .venv/bin/python -m benchmarks.admission

All pages go through the whole stack of middleware, signed in, with the same frame. Each request has an address of its
own, so that none is answered from memory. The target is a ratio under 6 to the empty page (the list of no round).
"""

import itertools
import os
import statistics
import time
from datetime import UTC, date, datetime
from decimal import Decimal

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config.demo.register_records import load_register
from municipalities.models import Municipality, RoleAssignment, User
from programmes.models import (
    AdmissionRound,
    Applicant,
    Application,
    Assessment,
    Cohort,
    CohortMembership,
    Criterion,
    Grant,
    Participation,
    Programme,
    Score,
)

COUNT, CRITERIA, ROUNDS, TARGET = 430, 6, 9, 6


def person(email: str) -> User:
    found = User.objects.create_user(email, name=email.partition("@")[0])
    RoleAssignment.objects.create(user=found, role="adviser", starts_on="2007-01-01")
    return found


def round_with(programme: Programme, slug: str, municipalities, advisers) -> AdmissionRound:
    cohort = Cohort.objects.create(programme=programme, slug=slug, name=slug)
    opened = {"opens_at": datetime(2008, 6, 1, tzinfo=UTC), "closes_at": datetime(2008, 10, 1, tzinfo=UTC)}
    made = AdmissionRound.objects.create(programme=programme, cohort=cohort, slug=slug, **opened)
    criteria = [Criterion.objects.create(round=made, name={"nb": str(at)}) for at in range(CRITERIA)]
    applications = Application.objects.bulk_create(
        Application(round=made, name=one.name, state="submitted", submitted_at=opened["opens_at"])
        for one in municipalities
    )
    pairs = list(zip(applications, municipalities, strict=True))
    Applicant.objects.bulk_create(Applicant(application=one, municipality=place, is_lead=True) for one, place in pairs)
    assessments = Assessment.objects.bulk_create(
        Assessment(application=one, adviser=adviser, advice="admit", handed_in_at=opened["closes_at"])
        for one in applications
        for adviser in advisers
    )
    Score.objects.bulk_create(
        Score(assessment=one, criterion=criterion, value=1 + (one.pk + criterion.pk) % 6)
        for one in assessments
        for criterion in criteria
    )
    return made


def participants(programme: Programme, municipalities) -> None:
    cohort = Cohort.objects.create(programme=programme, slug="all", name="Alle")
    made = Participation.objects.bulk_create(
        Participation(programme=programme, slug=f"d-{one.number}", name=one.name, municipality=one, starts_on=START)
        for one in municipalities
    )
    CohortMembership.objects.bulk_create(
        CohortMembership(participation=one, cohort=cohort, starts_on=START) for one in made
    )
    Grant.objects.bulk_create(
        Grant(participation=one, year=2009, amount_nok=Decimal(50000), reporting_due_on=date(2010, 3, 1))
        for one in made
    )


START = date(2007, 4, 19)


def main() -> None:
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    load_register()
    municipalities = list(Municipality.objects.valid_on("2010-01-01")[:COUNT])
    period = {"starts_on": date(2007, 1, 1), "ends_on": date(2010, 6, 30)}
    programme, bare = (
        Programme.objects.create(slug=slug, name=slug, short_name=slug, **period) for slug in ("full", "bare")
    )
    advisers = [person("one@example.no"), person("two@example.no")]
    full = round_with(programme, "full", municipalities, advisers)
    empty = round_with(bare, "bare", [], [])
    participants(programme, municipalities)
    client = Client()
    client.force_login(advisers[0])
    pages = {
        "empty": reverse("programmes:applications", args=[bare.slug, empty.slug]),
        "applications": reverse("programmes:applications", args=[programme.slug, full.slug]),
        "participants": reverse("programmes:participants", args=[programme.slug]),
        "grants": reverse("programmes:grants", args=[programme.slug]),
    }
    with override_settings(DEBUG=False):
        measure(client, pages)


def measure(client: Client, pages: dict[str, str]) -> None:
    number, times, queries = itertools.count(), {name: [] for name in pages}, {}
    for name, url in list(pages.items()) * 2:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url, {"n": next(number)}).status_code == 200
        queries[name] = len(captured)
    # In turns, so that what else the machine does meets all of them alike.
    for name, url in list(pages.items()) * ROUNDS:
        start = time.perf_counter()
        client.get(url, {"n": next(number)})
        times[name].append(time.perf_counter() - start)
    usual = {name: statistics.median(seconds) for name, seconds in times.items()}
    print(f"{COUNT} rows, {connection.vendor}; the target is under {TARGET}")
    print(f"{'page':14}{'ms':>8}{'ratio':>8}{'queries':>9}")
    for name, seconds in usual.items():
        print(f"{name:14}{seconds * 1000:8.0f}{seconds / usual['empty']:8.1f}{queries[name]:9}")


if __name__ == "__main__":
    main()
