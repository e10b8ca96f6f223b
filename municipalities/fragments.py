"""Pages and pieces of pages that need not be made again while what they show is unchanged.

The version of the data is the number of the newest audit event (every action writes one in its own transaction) and of
the newest change in Django's admin. Two transactions may end in another order than their events were numbered, and a
bulk load may write no event at all: therefore nothing made here lives longer than a minute.
"""

import hashlib
import html
import time
from collections.abc import Callable, Iterable
from functools import cache, wraps
from pathlib import Path

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import connection
from django.http import HttpResponse
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from .models import AuditEvent

SECONDS = 60
LARGEST_KEPT_BYTES = 1_000_000
NEWEST_CHANGES = f"(SELECT MAX(id) FROM {AuditEvent._meta.db_table}), (SELECT MAX(id) FROM {LogEntry._meta.db_table})"
SESSION_AND_CHANGES = f"SELECT session_data, {NEWEST_CHANGES} FROM {Session._meta.db_table}"
SESSION_AND_CHANGES += " WHERE session_key = %s AND expire_date > %s"


def data_version() -> str:
    """Changes whenever an action or the admin changes anything, and once a minute; one query."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {NEWEST_CHANGES}")
        return _version(*cursor.fetchone())


def _version(event: int | None, entry: int | None) -> str:
    return f"{event or 0}.{entry or 0}.{int(time.time() // SECONDS)}"


def scope_of(user) -> str:
    """The same for two people exactly when they are shown the same rows: the secretariat's, else one's own."""
    if not user.is_authenticated:
        return "anonymous"
    if user.may("municipalities.view_all") and user.may("programmes.view_all"):
        return ",".join(sorted(user.permissions))
    return f"user {user.pk}"


def cached_fragment(request, name: str, version: str, render: Callable[[], str]) -> SafeString:
    """``render()``, or what it gave when it was last asked for the same.

    The same is: name, version (as from ``data_version()``), query string, language, and what the reader may see.
    The fragment must hold no CSRF token, and nothing that belongs to one person of several with the same scope.
    """
    parts = (name, version, request.META.get("QUERY_STRING", ""), get_language(), scope_of(request.user))
    key, pages = _key("fragment", *parts), caches["pages"]
    html = pages.get(key)
    if html is None:
        html = str(render())
        pages.set(key, html, SECONDS)
    return mark_safe(html)


def rows_html(row: str, values: Iterable[tuple]) -> SafeString:
    """Every tuple of values, escaped, in the ``%s`` places of ``row``: a fraction of the time of a template loop."""
    escape = html.escape  # Django's own does the same, and looks for lazy translations at each call.
    return mark_safe("".join([row % tuple([escape(str(value)) for value in one]) for one in values]))


def quick_when_unchanged(view):
    """Let the middleware answer a GET of this view from memory as long as the same reader would be given the same page.

    For pages that change only through actions (lists, the register), not for pages that follow running work.
    """

    @wraps(view)
    def answer(*args, **kwargs):
        return view(*args, **kwargs)

    answer.quick_when_unchanged = True
    return answer


class KeptPagesMiddleware:
    """Stands before the session and the person are looked up: one query tells that all of it is as it was.

    A person, their roles and all they see change by actions, so that the version of the data answers for them too. What
    is the reader's own is in the cookies and in the session, and both are part of what a page is kept under.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        key = _page_key(request) if _may_be_kept(request) else None
        if key is None:
            return self.get_response(request)
        etag = f'"{key}"'
        if unchanged := get_conditional_response(request, etag=etag):
            return unchanged
        response = _kept(key) or _kept_from_now(key, request, self.get_response(request))
        if response.status_code == 200:
            response.headers.setdefault("ETag", etag)
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


def _may_be_kept(request) -> bool:
    """Not a page whose forms need a cookie that the reader is yet to be given."""
    cookies = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    if request.method not in ("GET", "HEAD") or not cookies <= set(request.COOKIES):
        return False
    try:
        return getattr(resolve(request.path_info).func, "quick_when_unchanged", False)
    except Resolver404:
        return False


def _page_key(request) -> str | None:
    """Everything that the page and the frame round it depend on; None when the session has ended."""
    with connection.cursor() as cursor:
        cursor.execute(SESSION_AND_CHANGES, [request.COOKIES[settings.SESSION_COOKIE_NAME], timezone.now()])
        found = cursor.fetchone()
    if found is None:
        return None
    session, event, entry = found
    cookies = sorted(request.COOKIES.items())
    accepted = request.headers.get("Accept-Language", "")
    return _key(request.get_full_path(), session, cookies, accepted, _version(event, entry), code_stamp())


def _kept(key: str) -> HttpResponse | None:
    kept = caches["pages"].get(key)
    return HttpResponse(kept[0], headers=kept[1]) if kept else None


def _kept_from_now(key: str, request, response: HttpResponse) -> HttpResponse:
    """A page that gives a new cookie, as one does that shows a message once, is the reader's for this time only."""
    given = {name for name, cookie in response.cookies.items() if request.COOKIES.get(name) != cookie.value}
    is_plain = response.status_code == 200 and not response.streaming and not given
    if is_plain and len(response.content) <= LARGEST_KEPT_BYTES:
        caches["pages"].set(key, (response.content, dict(response.headers)), SECONDS)
    return response


@cache
def code_stamp() -> float:
    """When the newest template or catalogue was written: a new release has new pages."""
    folders = [settings.BASE_DIR / "templates", *settings.BASE_DIR.glob("*/locale"), settings.BASE_DIR / "locale"]
    files = (file for folder in folders for file in Path(folder).rglob("*.*"))
    return max(file.stat().st_mtime for file in files)


def _key(*parts) -> str:
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()
