"""Sending: once, when the mail server is there, and with doubt only where nobody can know."""

from datetime import timedelta

import pytest
from django.utils import timezone

from correspondence import states
from correspondence.actions import MessageDraft, confirm_sent, send_again, write_many
from correspondence.actions.sending import claim, mark_sent
from correspondence.errors import NotPossible, Taken
from correspondence.kinds import AFTER_SENDING
from correspondence.models import Message
from correspondence.post import Post, email_of, message_id
from correspondence.tasks import A_WEEK, PAUSES
from jobs.models import Job
from jobs.run import run_job
from tests.correspondence.letters import a_message

pytestmark = pytest.mark.django_db


def run(kind: str = "correspondence.send") -> Job:
    """The next attempt, whenever it was to be made."""
    job = Job.objects.unfinished().filter(kind=kind).latest("pk")
    Job.objects.filter(pk=job.pk).update(due_at=timezone.now())
    return run_job(job.pk)


def fresh(message: Message) -> Message:
    return Message.objects.get(pk=message.pk)


def test_a_message_arrives_whole_with_norwegian_letters_headers_and_papers(mail_server, settings, adviser):
    settings.DEFAULT_FROM_EMAIL = "Sekretariatet på Øya <post@pulje.example>"
    message = a_message(by=adviser, reply_to="raadgiver@pulje.example", language="nn")
    assert run().state == "done"
    (got,) = mail_server.messages
    assert got["Subject"] == "Tilsagn på æ, ø og å"
    assert got["From"] == "Sekretariatet på Øya <post@pulje.example>"
    assert (got["To"], got["Reply-To"]) == ("kari@kommune.no", "raadgiver@pulje.example")
    assert (got["Auto-Submitted"], got["Content-Language"]) == ("auto-generated", "nn")
    assert got["Message-ID"] == message_id(message.key)
    assert got["Message-ID"].endswith("@pulje.example>")
    text, paper = got.iter_parts()
    assert text.get_content().replace("\r\n", "\n") == message.body
    assert "\n.prikk\n" in message.body  # a line that begins with a dot is not the end of the message
    assert (paper.get_filename(), paper.get_content()) == ("brev på nynorsk.pdf", b"%PDF-1.7")
    assert mail_server.raw[0][1].isascii()
    assert fresh(message).sent_at
    assert [event.what for event in message.events.all()] == ["sent"]


def test_a_mail_server_that_is_away_is_waited_for_and_then_gets_the_message_once(mail_server):
    message = a_message()
    mail_server.stop()
    for _ in range(6):
        job = run()
        assert (job.state, fresh(message).state) == ("queued", states.QUEUED)
    assert "E-posttjeneren svarer ikke" in job.trouble
    assert "E-posttjeneren svarer ikke" in fresh(message).trouble
    assert [event.what for event in message.events.all()] == ["waits"]  # said once, not six times
    assert fresh(message).attempts == 6
    mail_server.start()
    assert run().state == "done"
    assert list(mail_server.times.values()) == [1]
    assert (fresh(message).state, fresh(message).trouble) == (states.SENT, "")


def test_the_pauses_grow_and_last_for_a_week():
    assert list(PAUSES) == sorted(PAUSES)
    assert sum(PAUSES) + (A_WEEK - len(PAUSES)) * PAUSES[-1] >= timedelta(days=7).total_seconds()


def test_after_a_week_a_person_is_told_and_can_send_it_again(mail_server, adviser):
    message = a_message()
    mail_server.stop()
    Job.objects.update(attempts=A_WEEK - 1)
    assert run().state == "failed"
    assert fresh(message).state == states.FAILED
    assert "på en uke" in fresh(message).trouble
    mail_server.start()
    send_again(fresh(message), by=adviser)
    assert run().state == "done"
    assert fresh(message).state == states.SENT


def test_a_refused_address_is_shown_with_what_to_do_and_can_be_corrected(mail_server, adviser):
    message = a_message()
    mail_server.refuse["kari@kommune.no"] = "550 5.1.1 no such user"
    assert run().state == "done"
    message = fresh(message)
    assert message.state == states.FAILED
    assert "550 5.1.1 no such user" in message.trouble
    send_again(message, to_email="kari@ny.kommune.no", by=adviser)
    run()
    assert [to for to, _ in mail_server.raw] == ["kari@ny.kommune.no"]
    assert [event.what for event in message.events.all()] == ["failed", "again", "sent"]


def test_a_receiver_that_is_busy_is_tried_again(mail_server):
    message = a_message()
    mail_server.refuse["kari@kommune.no"] = "450 4.2.1 try later"
    assert run().state == "queued"
    assert "450 4.2.1 try later" in fresh(message).trouble
    mail_server.refuse.clear()
    assert run().state == "done"
    assert list(mail_server.times.values()) == [1]


@pytest.mark.parametrize(("last_word", "state"), [("554 spam", states.FAILED), ("451 busy", states.QUEUED)])
def test_a_no_to_the_whole_message_is_a_no(mail_server, last_word, state):
    message = a_message()
    mail_server.last_word = last_word
    run()
    assert fresh(message).state == state
    assert mail_server.raw == []


def test_a_server_that_takes_the_message_and_never_answers_leaves_it_unsure_and_unsent_again(mail_server):
    message = a_message()
    mail_server.last_word = None
    assert run().state == "done"
    assert fresh(message).state == states.UNSURE
    assert "Spør mottakeren" in fresh(message).trouble
    assert not Job.objects.unfinished().exists()
    assert list(mail_server.times.values()) == [1]


def test_a_crash_after_the_servers_yes_leaves_it_unsure_and_unsent_again(mail_server):
    message = a_message()
    with Post() as post:
        post.deliver(email_of(message), lambda: claim(message))
    assert fresh(message).state == states.SENDING  # here the worker died
    assert run().state == "done"
    assert fresh(message).state == states.UNSURE
    assert list(mail_server.times.values()) == [1]


def test_a_crash_before_the_last_dot_is_no_sending(mail_server):
    message = a_message()

    def die():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), Post() as post:
        post.deliver(email_of(message), die)
    assert fresh(message).state == states.QUEUED
    assert run().state == "done"
    assert list(mail_server.times.values()) == [1]


def test_a_message_is_claimed_once(mail_server):
    message = a_message()
    claim(message)
    with pytest.raises(Taken):
        claim(message)


def test_a_worker_that_was_taken_for_dead_settles_the_doubt_with_the_servers_yes(mail_server):
    message = a_message()
    claim(message)
    run()
    assert fresh(message).state == states.UNSURE
    assert mark_sent(message)
    assert fresh(message).state == states.SENT
    assert not mark_sent(message)


def test_an_unsure_message_is_confirmed_or_sent_again_by_a_person_only(mail_server, adviser):
    one, other = a_message(), a_message()
    for message in (one, other):
        claim(message)
        run_job(Job.objects.get(subject=f"correspondence.message:{message.pk}").pk)
    confirm_sent(fresh(one), by=adviser)
    assert (fresh(one).state, mail_server.raw) == (states.SENT, [])
    send_again(fresh(other), by=adviser)
    run()
    assert list(mail_server.times) == [message_id(other.key)]


def test_what_is_sent_is_not_sent_again(mail_server, adviser):
    message = a_message()
    run()
    with pytest.raises(NotPossible, match="sendt"):
        send_again(fresh(message), by=adviser)
    with pytest.raises(NotPossible, match="sendt"):
        confirm_sent(fresh(message), by=adviser)


def test_a_message_whose_job_was_cancelled_can_be_sent_again(mail_server, adviser):
    message = a_message()
    with pytest.raises(NotPossible):
        send_again(message, by=adviser)
    Job.objects.update(state="cancelled", finished_at=timezone.now())
    send_again(message, by=adviser)
    run()
    assert fresh(message).state == states.SENT


def test_a_fault_in_what_follows_does_not_make_a_message_look_unsent(mail_server):
    def fault(message):
        raise RuntimeError("Kari Nordmann")

    message = a_message()
    AFTER_SENDING.append(fault)
    try:
        assert run().state == "done"
    finally:
        AFTER_SENDING.remove(fault)
    assert fresh(message).state == states.SENT
    assert [event.what for event in message.events.all()] == ["sent", "hook"]


def mailing(count: int):
    letter = {"subject_text": "Program", "text": "Hei.", "batch": {"sender": "Programmet"}}
    drafts = [
        MessageDraft(f"m:{one}", f"post{one}@kommune.no", "correspondence/email/letter.txt", {"letter": letter})
        for one in range(count)
    ]
    return write_many(drafts, title="Program")


def test_a_mailing_goes_to_all_and_a_bad_address_does_not_stop_the_others(mail_server):
    letters = mailing(5)
    mail_server.refuse["post2@kommune.no"] = "550 no such user"
    job = run("correspondence.send_mailing")
    assert (job.state, job.result) == ("done", {"sent": 4, "not_sent": 1})
    assert sorted(to for to, _ in mail_server.raw) == [f"post{one}@kommune.no" for one in (0, 1, 3, 4)]
    assert letters.messages.get(state=states.FAILED).to_email == "post2@kommune.no"


def test_a_mailing_goes_on_where_the_server_left_it(mail_server):
    letters = mailing(4)
    mail_server.refuse["post2@kommune.no"] = "421 closing"
    assert run("correspondence.send_mailing").state == "queued"
    assert letters.messages.filter(state=states.SENT).count() == 2
    mail_server.refuse.clear()
    assert run("correspondence.send_mailing").state == "done"
    assert sorted(mail_server.times.values()) == [1, 1, 1, 1]


def test_a_mailing_that_nobody_takes_for_a_week_says_so_of_every_message(mail_server):
    letters = mailing(3)
    mail_server.stop()
    Job.objects.update(attempts=A_WEEK - 1)
    assert run("correspondence.send_mailing").state == "failed"
    assert [message.state for message in letters.messages.all()] == [states.FAILED] * 3
    mail_server.start()


def test_a_mailing_keeps_its_pace(mail_server, settings):
    settings.MAIL_A_SECOND = 20
    mailing(5)
    start = timezone.now()
    run("correspondence.send_mailing")
    assert timezone.now() - start >= timedelta(seconds=4 / 20)
