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
from django.contrib.messages import get_messages
from django.core.cache import caches
from django.db import connection
from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from .models import AuditEvent

SECONDS = 60
LARGEST_KEPT_BYTES = 1_000_000
NEWEST_CHANGES = (
    f"SELECT (SELECT MAX(id) FROM {AuditEvent._meta.db_table}), (SELECT MAX(id) FROM {LogEntry._meta.db_table})"
)


def data_version() -> str:
    """Changes whenever an action or the admin changes anything, and once a minute; one query."""
    with connection.cursor() as cursor:
        cursor.execute(NEWEST_CHANGES)
        event, entry = cursor.fetchone()
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
    """Answer a GET with 304, or from memory, as long as the same reader would be given the same page.

    For pages that change only through actions (lists, the register), not for pages that follow running work.
    """

    @wraps(view)
    def answer(request, *args, **kwargs):
        if not _may_be_kept(request):
            return view(request, *args, **kwargs)
        key = _page_key(request)
        etag = f'"{key}"'
        if unchanged := get_conditional_response(request, etag=etag):
            return unchanged
        response = _kept(key) or _kept_from_now(key, view(request, *args, **kwargs))
        response.headers.setdefault("ETag", etag)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    return answer


def _may_be_kept(request) -> bool:
    """Not a page that shows a message once, nor one whose forms need a cookie that the reader is yet to be given."""
    return request.method in ("GET", "HEAD") and "CSRF_COOKIE" in request.META and not len(get_messages(request))


def _page_key(request) -> str:
    """Everything that the page and the frame round it depend on."""
    return _key(
        request.get_full_path(),
        data_version(),
        scope_of(request.user),
        request.user.pk,
        get_language(),
        request.COOKIES.get("scheme", ""),
        request.COOKIES.get("shortcut", ""),
        getattr(request, "programme_slug", ""),
        # A page holds a token for its forms; it is good only with the cookie it was made for.
        request.META.get("CSRF_COOKIE", ""),
        code_stamp(),
    )


def _kept(key: str) -> HttpResponse | None:
    kept = caches["pages"].get(key)
    return HttpResponse(kept[0], content_type=kept[1]) if kept else None


def _kept_from_now(key: str, response: HttpResponse) -> HttpResponse:
    is_plain = response.status_code == 200 and not response.streaming and not response.cookies
    if is_plain and len(response.content) <= LARGEST_KEPT_BYTES:
        caches["pages"].set(key, (response.content, response.headers["Content-Type"]), SECONDS)
    return response


@cache
def code_stamp() -> float:
    """When the newest template or catalogue was written: a new release has new pages."""
    folders = [settings.BASE_DIR / "templates", *settings.BASE_DIR.glob("*/locale"), settings.BASE_DIR / "locale"]
    files = (file for folder in folders for file in Path(folder).rglob("*.*"))
    return max(file.stat().st_mtime for file in files)


def _key(*parts) -> str:
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()
