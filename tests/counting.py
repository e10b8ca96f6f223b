"""How many queries a page takes, frame included."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def queries_of(user, url: str) -> int:
    """Of the second request: what a process learns once is learnt by then. A kept page is not what is counted."""
    client = Client()
    if user:
        client.force_login(user)
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)
