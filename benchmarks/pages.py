"""Requests per second of the list of 430 municipalities, beside the same list by plain ORM and template.

    .venv/bin/python -m benchmarks.pages

All ways go through the whole stack of middleware, signed in, with the same frame and filters round the list. "fresh" is
made anew for every request, "unchanged" is asked for again while nothing has changed, "304" by a browser that has it
already. Requests a second are those of the median request.
"""

import functools
import itertools
import os
import statistics
import time
from io import BytesIO, StringIO

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.db.models import OuterRef, Subquery
from django.shortcuts import render
from django.test import Client, override_settings
from django.urls import path, reverse
from django.utils import timezone

from config.demo.register_records import load_register
from config.urls import urlpatterns as portal
from municipalities.forms.register import MunicipalityFilterForm
from municipalities.models import Municipality, Population, RoleAssignment, User
from municipalities.queries import register
from municipalities.views.register import with_day

ROUNDS = 10
REQUESTS = {"plain": 5, "fresh": 10, "unchanged": 40, "304": 40}
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
PLAIN_PAGE = """{% extends "base.html" %}
{% block content %}{% include "components/filters.html" %}<table>ROWS</table>{% endblock %}
""".replace("ROWS", PLAIN_ROW)


def plain_list(request):
    """What one writes first: model instances to a template that formats them row by row."""
    newest = Population.objects.filter(municipality=OuterRef("pk"), counted_on__lte=DAY).order_by("-counted_on")
    found = Municipality.objects.visible_to(request.user).valid_on(DAY).select_related("county")
    found = found.annotate(inhabitants=Subquery(newest.values("inhabitants_count")[:1]))
    counties = register.counties_with_municipalities()
    usual_day = register.counted_on(request.user, timezone.localdate())
    form = MunicipalityFilterForm(with_day(request.GET, usual_day), counties=counties)
    form.is_valid()
    return render(request, "plain_list.html", {"municipalities": found, "form": form})


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


def asker(client: Client):
    """Ask as a server would: straight through the WSGI application, with the client's cookies."""
    application = get_wsgi_application()
    fixed = {
        "REQUEST_METHOD": "GET",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_COOKIE": "; ".join(f"{name}={cookie.value}" for name, cookie in client.cookies.items()),
        "wsgi.url_scheme": "http",
    }

    def ask(path: str, query: str = "", **headers: str) -> tuple[str, dict]:
        told = {}
        streams = {"wsgi.input": BytesIO(), "wsgi.errors": StringIO()}
        environment = {**fixed, **streams, "PATH_INFO": path, "QUERY_STRING": query, **headers}
        answer = application(environment, lambda status, sent: told.update(status=status, headers=dict(sent)))
        b"".join(answer)
        answer.close()
        return told["status"], told["headers"]

    return ask


def ways(ask) -> dict:
    path, query = reverse("municipalities:municipalities"), f"on={DAY}"
    number = itertools.count()

    def plain():
        assert ask("/plain/")[0] == "200 OK"

    def fresh():
        assert ask(path, f"{query}&n={next(number)}")[0] == "200 OK"

    def unchanged():
        assert ask(path, query)[0] == "200 OK"

    def known():
        assert ask(path, query, HTTP_IF_NONE_MATCH=etag())[0] == "304 Not Modified"

    @functools.lru_cache
    def etag_of(minute: int) -> str:
        return ask(path, query)[1]["ETag"]

    def etag() -> str:
        return etag_of(int(time.time() // 60))

    return {"plain": plain, "fresh": fresh, "unchanged": unchanged, "304": known}


def main() -> None:
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    times: dict[str, list[float]] = {}
    with override_settings(ROOT_URLCONF="benchmarks.pages", TEMPLATES=with_plain_page(), DEBUG=False):
        load_register()
        ask = asker(signed_in())
        # In turns, so that what else the machine does meets all of them alike.
        for name, one in list(ways(ask).items()) * ROUNDS:
            one()
            times.setdefault(name, []).extend(timed(one) for _time in range(REQUESTS[name]))
    print(f"{Municipality.objects.valid_on(DAY).count()} municipalities, {connection.vendor}")
    print(f"{'way':12}{'requests/s':>12}{'ratio':>8}{'p95 ms':>9}")
    usual = {name: statistics.median(seconds) for name, seconds in times.items()}
    for name, seconds in times.items():
        slowest = statistics.quantiles(seconds, n=20)[-1] * 1000
        print(f"{name:12}{1 / usual[name]:12.0f}{usual['plain'] / usual[name]:8.1f}{slowest:9.1f}")


def timed(one) -> float:
    start = time.perf_counter()
    one()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
