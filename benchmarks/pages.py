"""Requests per second of the list of 430 municipalities, beside the same list by plain ORM and template.

    .venv/bin/python -m benchmarks.pages

All ways go through the whole stack of middleware, signed in, with the same frame round the list. "fresh" is made anew
for every request, "unchanged" is asked for again while nothing has changed, "304" by a browser that has it already.
"""

import itertools
import os
import statistics
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.db.models import OuterRef, Subquery
from django.shortcuts import render
from django.test import Client, override_settings
from django.urls import path, reverse

from config.demo.register_records import load_register
from config.urls import urlpatterns as portal
from municipalities.models import Municipality, Population, RoleAssignment, User

SECONDS = 3
DAY = "2010-01-01"
PLAIN_ROW = """
{% for one in municipalities %}<tr>
  <td>{{ one.number }}</td>
  <th scope="row"><a href="{% url 'municipalities:municipality' one.number %}">{{ one.distinct_name }}</a></th>
  <td>{{ one.county }}</td>
  <td class="number">{% if one.inhabitants is None %}–{% else %}{{ one.inhabitants|floatformat:"0g" }}{% endif %}</td>
  <td>{% if one.valid_from %}{{ one.valid_from|date:"DATE_FORMAT" }}{% endif %}</td>
  <td>{% if one.valid_to %}{{ one.valid_to|date:"DATE_FORMAT" }}{% endif %}</td>
</tr>{% endfor %}
"""
PLAIN_PAGE = "{% extends 'base.html' %}{% block content %}<table>" + PLAIN_ROW + "</table>{% endblock %}"


def plain_list(request):
    """What one writes first: model instances to a template that formats them row by row."""
    newest = Population.objects.filter(municipality=OuterRef("pk"), counted_on__lte=DAY).order_by("-counted_on")
    found = Municipality.objects.visible_to(request.user).valid_on(DAY).select_related("county")
    found = found.annotate(inhabitants=Subquery(newest.values("inhabitants_count")[:1]))
    return render(request, "plain_list.html", {"municipalities": found})


urlpatterns = [*portal, path("plain/", plain_list)]


def with_plain_page() -> list[dict]:
    """The portal's template settings, with the plain page beside its own templates."""
    engine = settings.TEMPLATES[0]
    loaders = [
        ("django.template.loaders.locmem.Loader", {"plain_list.html": PLAIN_PAGE}),
        "django.template.loaders.filesystem.Loader",
        "django.template.loaders.app_directories.Loader",
    ]
    cached = [("django.template.loaders.cached.Loader", loaders)]
    return [{**engine, "APP_DIRS": False, "OPTIONS": {**engine["OPTIONS"], "loaders": cached}}]


def signed_in() -> Client:
    adviser = User.objects.create_user("adviser@example.no", name="Adviser")
    RoleAssignment.objects.create(user=adviser, role="adviser", starts_on="2007-01-01")
    client = Client()
    client.get(reverse("account_login"))
    client.force_login(adviser)
    return client


def measured(ask) -> tuple[float, float]:
    """(requests a second, 95th percentile in ms) of asking for ``SECONDS``, after some rounds to warm up."""
    for _round in range(3):
        ask()
    times, until = [], time.perf_counter() + SECONDS
    while time.perf_counter() < until:
        start = time.perf_counter()
        ask()
        times.append(time.perf_counter() - start)
    return len(times) / sum(times), statistics.quantiles(times, n=20)[-1] * 1000


def ways(client: Client) -> dict:
    address = f"{reverse('municipalities:municipalities')}?on={DAY}"
    number = itertools.count()

    def plain():
        assert client.get("/plain/").status_code == 200

    def fresh():
        caches["pages"].clear()
        assert client.get(f"{address}&n={next(number)}").status_code == 200

    def unchanged():
        assert client.get(address).status_code == 200

    def known():
        etag = client.get(address).headers["ETag"]
        answer = client.get(address, headers={"If-None-Match": etag})
        assert answer.status_code == 304

    return {"plain": plain, "fresh": fresh, "unchanged": unchanged, "304, after a look": known}


def main() -> None:
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    with override_settings(ROOT_URLCONF="benchmarks.pages", TEMPLATES=with_plain_page(), DEBUG=False):
        load_register()
        client = signed_in()
        rates = {name: measured(ask) for name, ask in ways(client).items()}
    rows = Municipality.objects.valid_on(DAY).count()
    print(f"{rows} municipalities, {connection.vendor}")
    print(f"{'way':20}{'requests/s':>12}{'ratio':>8}{'p95 ms':>9}")
    for name, (rate, slowest) in rates.items():
        print(f"{name:20}{rate:12.0f}{rate / rates['plain'][0]:8.1f}{slowest:9.1f}")


if __name__ == "__main__":
    main()
