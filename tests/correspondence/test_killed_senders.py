"""kill -9 while letters and e-mails go out: nothing is lost, nothing goes out twice, and what is unsure says so."""

import random
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.correspondence.mailserver import MailServer
from tests.jobs.portal import Portal

pytestmark = pytest.mark.embedded
KILLS = 6
MAILING = """
from correspondence.actions import MessageDraft, write_many
letter = {"subject_text": "Program", "text": "Hei.", "batch": {"sender": "Pulje"}}
write_many([MessageDraft(f"m:{n}", f"post{n}@kommune.no", "correspondence/email/letter.txt", {"letter": letter})
            for n in range(120)], title="Program")
"""
LETTERS = """
from correspondence.actions import make_letters, send_letters
from correspondence.letters import LetterDraft, LetterKind
from municipalities.models import User
adviser = User.objects.create_user("adviser@pulje.example", name="Kari")
drafts = [LetterDraft(None, f"Kommune {n}", f"post{n}@kommune.no", "nb", "Tilsagn", "Dere får tilskudd.")
          for n in range(30)]
batch = make_letters(LetterKind("grant", "Tilsagn"), programme_slug="", title="Tilsagn", drafts=drafts, by=adviser)
batch.letters.update(read_at="2026-11-01T12:00Z")
send_letters(batch, by=adviser)
"""


@pytest.fixture
def server() -> Iterator[MailServer]:
    server = MailServer()
    yield server
    server.stop()


@pytest.fixture
def portal(tmp_path: Path, server: MailServer) -> Portal:
    """A portal of its own on SQLite, whose mail goes to our server at forty a second."""
    file = tmp_path / "portal.sqlite3"

    def query(sql: str) -> list[tuple]:
        connection = sqlite3.connect(file, timeout=20)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    portal = Portal(
        tmp_path,
        query,
        DATABASE_URL=f"sqlite:///{file}",
        MEDIA_ROOT=str(tmp_path / "media"),
        DJANGO_SETTINGS_MODULE="tests.correspondence.settings",
        EMAIL_URL=server.url,
        MAIL_A_SECOND="40",
    )
    portal.manage("migrate", "--run-syncdb", "--verbosity=0")
    portal.manage("createcachetable")
    return portal


@pytest.mark.parametrize(("what", "count"), [(MAILING, 120), (LETTERS, 30)], ids=["mailing", "letters"])
def test_a_worker_killed_again_and_again_sends_each_message_once(portal: Portal, server: MailServer, what, count):
    portal.python(what)
    chance = random.Random(2010)
    with portal.worker() as worker:
        for _ in range(KILLS):
            seen = len(server.raw)
            portal.wait_for(lambda seen=seen: len(server.raw) > seen or not portal.unfinished())
            time.sleep(chance.uniform(0.0, 0.3))
            chance.choice((worker.kill, worker.kill_leader))()
            worker.start()
        portal.wait_for(lambda: not portal.unfinished())
    states = dict(portal.query("SELECT state, count(*) FROM correspondence_message GROUP BY state"))
    assert states.get("sent", 0) + states.get("unsure", 0) == count
    assert states.get("unsure", 0) <= KILLS  # a kill in the instant of handing over, and no other
    assert set(server.times.values()) == {1}
    assert states["sent"] <= len(server.times) <= count


def test_letters_go_out_when_the_mail_server_comes_back(portal: Portal, server: MailServer):
    server.stop()
    portal.python(LETTERS)
    with portal.worker():
        portal.wait_for(lambda: portal.query("SELECT 1 FROM jobs_job WHERE error LIKE '%mail server%'"))
        assert server.raw == []
        server.start()
        portal.wait_for(lambda: not portal.unfinished())
    assert portal.states() == {"done": 1}
    assert (len(server.times), set(server.times.values())) == (30, {1})
    assert portal.query("SELECT count(*) FROM correspondence_letter WHERE sent_at IS NOT NULL") == [(30,)]
