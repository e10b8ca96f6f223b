"""Writing a message: at once, in the reader's language, once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from correspondence.actions import MessageDraft, write, write_many
from correspondence.models import Message, Paper
from jobs.models import Job
from municipalities.models import AuditEvent, User
from tests.correspondence.letters import a_message
from tests.factories import person

pytestmark = pytest.mark.django_db
LETTER = {"subject_text": "Tilsagn", "text": "Hei.", "batch": {"sender": "Programmet"}}
TEMPLATE = "correspondence/email/letter.txt"


def test_a_message_is_written_with_its_text_and_a_job_to_send_it(adviser):
    message = a_message(by=adviser, about=adviser)
    assert message.subject == "Tilsagn på æ, ø og å"
    assert message.body == "Hei.\n.prikk\n\nProgrammet\n\nBrevet ligger ved som PDF.\n"
    assert (message.state, message.kind) == ("queued", "correspondence.letter")
    assert message.about == f"municipalities.user:{adviser.pk}"
    job = Job.objects.get(kind="correspondence.send")
    assert job.subject == f"correspondence.message:{message.pk}"
    assert AuditEvent.objects.get(action="correspondence.write").by == adviser


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", "Brevet ligger ved som PDF."),
        ("nn", "Brevet ligg ved som PDF."),
        ("en", "The letter is attached as a PDF."),
    ],
)
def test_a_person_is_written_to_in_the_persons_language(language, words):
    reader = person()
    User.objects.filter(pk=reader.pk).update(language=language)
    reader.refresh_from_db()
    message = a_message(to=reader, language="nb")
    assert (message.language, message.to, message.to_email) == (language, reader, reader.email)
    assert words in message.body


def test_an_address_is_written_to_in_the_language_asked_for_else_in_bokmaal():
    assert "ligg ved" in a_message(language="nn").body
    assert "ligger ved" in a_message().body


def test_the_same_key_writes_once():
    first = a_message(key="letter:1")
    again = a_message(key="letter:1", to="other@kommune.no")
    assert again == first
    assert again.to_email == "kari@kommune.no"
    assert Job.objects.filter(kind="correspondence.send").count() == 1


@pytest.mark.parametrize(
    "address",
    ["", "kari", "kari@kommune.no\nBcc: alle@kommune.no", "kari@kommune.no, ola@kommune.no", "k@k.no\r\n\r\nHei"],
)
def test_an_address_that_is_none_is_shown_as_not_sent_with_what_to_do(address):
    message = a_message(to=address)
    assert message.state == "failed"
    assert "send på nytt" in message.trouble
    assert "\n" not in message.to_email
    assert not Job.objects.filter(kind="correspondence.send").exists()


def test_what_people_wrote_cannot_make_a_header():
    letter = LETTER | {"subject_text": "Tilsagn\r\nBcc: alle@kommune.no"}
    message = write("k", to="kari@kommune.no", template=TEMPLATE, context={"letter": letter})
    assert message.subject == "Tilsagn"
    assert message.body.startswith("Bcc: alle@kommune.no")  # the text after the first line, and no header


def test_a_text_is_not_escaped_as_html():
    letter = LETTER | {"subject_text": "Vern & tilsyn", "text": "5 < 6 og «6» > 5"}
    message = write("k", to="kari@kommune.no", template=TEMPLATE, context={"letter": letter})
    assert message.subject == "Vern & tilsyn"
    assert "5 < 6 og «6» > 5" in message.body


def test_a_template_that_is_no_email_is_refused():
    with pytest.raises(ValueError, match=r"print/letters\.html"):
        write("k", to="kari@kommune.no", template="correspondence/print/letters.html", context={"letters": []})


def drafts(count: int, papers=()) -> list[MessageDraft]:
    return [
        MessageDraft(f"m:{number}", f"post{number}@kommune.no", TEMPLATE, {"letter": LETTER}, papers=papers)
        for number in range(count)
    ]


def queries_for(count: int) -> int:
    Message.objects.all().delete()
    with CaptureQueriesContext(connection) as captured:
        write_many(drafts(count, papers=[("a.txt", b"hei", "text/plain")]), title="Til alle")
    return len(captured)


def test_many_are_written_in_as_many_queries_as_few():
    assert queries_for(1) == queries_for(30)


def test_many_get_one_job_and_a_file_they_share_is_kept_once(adviser):
    mailing = write_many(drafts(3, papers=[("program.pdf", b"%PDF", "application/pdf")]), title="Program", by=adviser)
    assert mailing.messages.count() == 3
    assert Paper.objects.count() == 1
    assert {message.papers.get().name for message in mailing.messages.all()} == {"program.pdf"}
    assert Job.objects.get(kind="correspondence.send_mailing").subject == f"correspondence.mailing:{mailing.pk}"
    assert AuditEvent.objects.get(action="correspondence.write_many").detail == {"messages": 3}


def test_those_known_already_are_left_out_of_a_mailing():
    write_many(drafts(2), title="Første")
    later = write_many(drafts(3), title="Andre")
    assert [message.key for message in later.messages.all()] == ["m:2"]
