"""First byte of the list of 800 registrations and of the calendar of 430 gatherings, against an empty page.

    .venv/bin/python -m benchmarks.gatherings

Both are made anew for every request, signed in, through the whole stack of middleware; the empty page is the portal's
help. The median of many requests, in turns; the ratio should stay under 6.
"""

import os
import statistics
import time
from datetime import date, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gatherings.calculations.delegation import DELEGATES, SEVEN
from gatherings.models import Gathering, Registration
from municipalities.models import RoleAssignment, User
from programmes.models import Participation, Programme

PEOPLE, PARTICIPANTS, GATHERINGS = 800, 115, 430
ROUNDS = 40


def a_conference() -> Gathering:
    programme = Programme.objects.create(
        slug="program", name="Programmet", short_name="Program", starts_on=date(2007, 1, 1), ends_on=date(2010, 6, 30)
    )
    places = Participation.objects.bulk_create(
        Participation(programme=programme, slug=f"deltaker-{n}", name=f"Deltaker {n}") for n in range(PARTICIPANTS)
    )
    gatherings = Gathering.objects.bulk_create(
        Gathering(
            programme=programme,
            slug=f"samling-{n}",
            kind="local_network",
            state="announced",
            title={"nb": f"Samling {n}"},
            starts_on=date(2009, 1, 1) + timedelta(days=n),
            ends_on=date(2009, 1, 2) + timedelta(days=n),
            quota=dict(SEVEN),
        )
        for n in range(GATHERINGS)
    )
    Registration.objects.bulk_create(
        Registration(
            gathering=gatherings[0],
            participation=places[n % PARTICIPANTS],
            number=n + 1,
            name=f"Person {n}",
            email=f"person{n}@example.no",
            delegate=DELEGATES[n % len(DELEGATES)],
            seated_at=timezone.now(),
        )
        for n in range(PEOPLE)
    )
    return gatherings[0]


def adviser() -> Client:
    user = User.objects.create_user("adviser@example.no", name="Adviser")
    RoleAssignment.objects.create(user=user, role="adviser", starts_on="2007-01-01")
    client = Client()
    client.force_login(user)
    return client


def main() -> None:
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    gathering, client = a_conference(), adviser()
    slug = gathering.programme.slug
    pages = {
        "empty": reverse("help"),
        "registrations": reverse("gatherings:registrations", args=[slug, gathering.slug]),
        "calendar": reverse("gatherings:gatherings", args=[slug]),
    }
    times: dict[str, list[float]] = {name: [] for name in pages}
    for _round in range(ROUNDS):
        for name, address in pages.items():
            start = time.perf_counter()
            assert client.get(address).status_code == 200
            times[name].append(time.perf_counter() - start)
    usual = {name: statistics.median(seconds) * 1000 for name, seconds in times.items()}
    print(f"{PEOPLE} registrations, {GATHERINGS} gatherings, {connection.vendor}")
    print(f"{'page':15}{'ms':>8}{'ratio':>8}")
    for name, milliseconds in usual.items():
        print(f"{name:15}{milliseconds:8.1f}{milliseconds / usual['empty']:8.1f}")


if __name__ == "__main__":
    main()
