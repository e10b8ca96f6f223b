"""A mail server for the tests that send."""

from collections.abc import Iterator

import pytest

from municipalities.models import User
from tests.correspondence.mailserver import MailServer
from tests.factories import person


@pytest.fixture
def mail_server(settings) -> Iterator[MailServer]:
    server = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_TIMEOUT, settings.MAIL_A_SECOND = 5, 0
    yield server
    server.stop()


@pytest.fixture
def adviser(db) -> User:
    return person("adviser")
