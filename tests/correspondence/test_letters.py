"""Letters: made together, read through, changed without loss, sent once."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from correspondence import actions, states
from correspondence.errors import NotPossible
from correspondence.letters import LetterKind, letter_html, register
from correspondence.models import Letter, LetterText, Message
from jobs.models import Job
from jobs.run import run_job
from municipalities.models import AuditEvent
from tests.correspondence.letters import SENT, a_batch, draft, read_all
from tests.factories import person

pytestmark = pytest.mark.django_db


def run(kind: str) -> Job:
    return run_job(Job.objects.unfinished().get(kind=kind).pk)


def edited(letter: Letter, by, **values) -> Letter:
    usual = {name: getattr(letter, name) for name in ("addressee", "email", "subject", "body", "version")}
    return actions.edit_letter(letter, by=by, **(usual | values))


def test_letters_are_made_for_all_in_their_order_and_language(adviser):
    batch = a_batch(by=adviser, letters=3)
    letters = list(batch.letters.all())
    assert [letter.name for letter in letters] == ["Kommune 1", "Kommune 2", "Kommune 3"]
    assert [letter.language for letter in letters] == ["nb", "nb", "nn"]
    assert "gleden av å gi Kommune 1 <strong>100 000 kroner</strong> i tilskudd" in letters[0].html
    assert "gleda av å gje Kommune 3" in letters[2].html
    assert AuditEvent.objects.get(action="correspondence.make_letters").detail == {"letters": 3}


def queries_for(adviser, letters: int) -> int:
    with CaptureQueriesContext(connection) as captured:
        a_batch(by=adviser, letters=letters)
    return len(captured)


def test_many_are_made_in_as_many_queries_as_few(adviser):
    assert queries_for(adviser, 1) == queries_for(adviser, 30)


def test_a_merge_field_the_kind_does_not_have_is_a_mistake_of_the_program(adviser):
    with pytest.raises(ValueError, match="amount"):
        a_batch(draft(subject="Tilsagn om [[amount]]"), by=adviser)


def test_values_are_text_whatever_they_hold(adviser):
    letter = a_batch(draft(fields={"name": "<b>Øy</b> & [[grant]]", "grant": "*5*"}), by=adviser).letters.get()
    assert "&lt;b&gt;Øy&lt;/b&gt; &amp; [[grant]] <strong>*5*</strong>" in letter.html


def test_a_letter_ends_its_lines_where_they_were_ended(adviser):
    letter = a_batch(draft(body_markdown="Takk.\n\nVennlig hilsen\nsekretariatet"), by=adviser).letters.get()
    for html in (letter.html, letter.sheet_html):
        assert re.search(r"Vennlig hilsen<br>\s*sekretariatet", html)


def test_the_e_mail_says_the_letter_without_the_marks_of_its_text(adviser):
    letter = a_batch(draft(fields={"name": "*Øy*", "grant": "5 kroner"}), by=adviser).letters.get()
    assert letter.text == (
        "Vi har gleden av å gi *Øy* 5 kroner i tilskudd.\n\nVilkår\n\n– Bruk pengene i år.\n– Rapporter."
    )


@pytest.mark.parametrize(
    ("written", "levels"),
    [("# A\n\n# B", "22"), ("## A\n\n### B", "23"), ("### A\n\n# B\n\n### C", "223"), ("#### A", "2")],
)
def test_headings_never_skip_a_level_whatever_marks_were_written(written, levels):
    assert "".join(re.findall(r"<h(\d)>", letter_html(written, {}))) == levels


def test_two_kinds_may_not_share_a_name():
    with pytest.raises(ValueError, match=r"test\.grant"):
        register(LetterKind("test.grant", "Noe annet"))


def test_the_letter_bears_the_name_of_its_programme(adviser, db):
    assert a_batch(by=adviser).sender == "Pulje"


def test_an_edited_letter_keeps_its_texts_and_must_be_read_again(adviser):
    letter = a_batch(by=adviser).letters.first()
    actions.mark_read(letter, version=1, by=adviser)
    edited(letter, adviser, body="Ny tekst.")
    letter.refresh_from_db()
    assert (letter.body, letter.version, letter.read_at) == ("Ny tekst.", 2, None)
    assert [text.version for text in letter.texts.all()] == [2, 1]


def test_of_two_on_one_letter_the_second_sees_the_firsts_text_and_both_are_kept(adviser):
    letter, other = a_batch(by=adviser).letters.first(), person("adviser")
    edited(letter, adviser, body="Den første.")
    with pytest.raises(actions.LetterConflict) as caught:
        edited(letter, other, body="Den andre.")
    assert (caught.value.current.body, caught.value.body) == ("Den første.", "Den andre.")
    letter.refresh_from_db()
    assert letter.body == "Den første."
    aside = LetterText.objects.get(letter=letter, is_aside=True)
    assert (aside.body, aside.by) == ("Den andre.", other)


def test_only_the_text_that_was_read_counts_as_read(adviser):
    letter = a_batch(by=adviser).letters.first()
    edited(letter, adviser, body="Ny tekst.")
    with pytest.raises(NotPossible, match="Les det på nytt"):
        actions.mark_read(letter, version=1, by=adviser)


def test_a_withdrawn_letter_is_not_changed_and_can_be_put_back(adviser):
    letter = a_batch(by=adviser).letters.first()
    actions.withdraw_letter(letter, by=adviser)
    with pytest.raises(NotPossible, match="trukket"):
        edited(letter, adviser)
    actions.put_back_letter(letter, by=adviser)
    edited(letter, adviser, body="Ny tekst.")


def test_letters_are_not_sent_before_all_are_read_and_it_says_how_many(adviser):
    batch = a_batch(by=adviser, letters=3)
    actions.mark_read(batch.letters.first(), version=1, by=adviser)
    with pytest.raises(NotPossible, match="2 brev er ikke lest gjennom"):
        actions.send_letters(batch, by=adviser)
    for letter in batch.letters.all()[1:]:
        actions.withdraw_letter(letter, by=adviser)
    actions.send_letters(batch, by=adviser)


def test_a_letter_with_a_field_that_nobody_filled_is_not_sent(adviser):
    batch = a_batch(draft(fields={"name": "Øy", "grant": " "}), by=adviser)
    read_all(batch, adviser)
    with pytest.raises(NotPossible, match="Kommune 1"):
        actions.send_letters(batch, by=adviser)


def test_letters_go_out_once_each_with_their_pdf_and_answers_come_to_who_sent_them(adviser, mail_server):
    batch = a_batch(by=adviser, letters=3)
    read_all(batch, adviser)
    SENT.clear()
    actions.send_letters(batch, by=adviser)
    job = run("correspondence.send_letters")
    assert (job.state, job.result) == ("done", {"sent": 3, "not_sent": 0})
    assert sorted(to for to, _ in mail_server.raw) == [f"post@kommune{n}.no" for n in (1, 2, 3)]
    third = next(one for one in mail_server.messages if one["To"] == "post@kommune3.no")
    text, paper = third.iter_parts()
    assert "gleda av å gje Kommune 3" in text.get_content()
    assert paper.get_content().startswith(b"%PDF")
    assert paper.get_filename() == "Tilsegn om tilskot, Kommune 3.pdf"
    assert third["Reply-To"] == adviser.email
    letters = list(batch.letters.all())
    assert [letter.pk for letter in letters] == SENT
    assert all(letter.sent_at for letter in letters)
    assert [letter.message.key for letter in letters] == [f"letter:{letter.pk}" for letter in letters]


def test_sending_twice_sends_once(adviser, mail_server):
    batch = a_batch(by=adviser)
    read_all(batch, adviser)
    SENT.clear()
    for _ in range(2):
        actions.send_letters(batch, by=adviser)
        run("correspondence.send_letters")
    assert sorted(mail_server.times.values()) == [1, 1]
    assert len(SENT) == 2


def test_a_batch_that_is_sent_is_not_changed_any_more(adviser):
    batch = a_batch(by=adviser)
    read_all(batch, adviser)
    actions.send_letters(batch, by=adviser)
    letter = batch.letters.first()
    for act in (
        lambda: edited(letter, adviser),
        lambda: actions.withdraw_letter(letter, by=adviser),
        lambda: actions.put_back_letter(letter, by=adviser),
        lambda: actions.date_letters(batch, dated_on="2026-01-01", by=adviser),
    ):
        with pytest.raises(NotPossible, match="endres ikke lenger"):
            act()


def test_a_letter_without_an_address_goes_on_paper_and_counts_as_sent_when_it_is_posted(adviser, mail_server):
    batch = a_batch(draft(1), draft(2, email=""), by=adviser)
    read_all(batch, adviser)
    SENT.clear()
    with pytest.raises(NotPossible, match="Send brevene"):
        actions.mark_posted(batch, by=adviser)
    actions.send_letters(batch, by=adviser)
    run("correspondence.send_letters")
    assert len(mail_server.raw) == 1
    assert actions.mark_posted(batch, by=adviser) == 1
    assert actions.mark_posted(batch, by=adviser) == 0
    paper = batch.letters.get(email="")
    assert paper.on_paper
    assert paper.sent_at
    assert [batch.letters.first().pk, paper.pk] == SENT


def test_a_letter_whose_email_is_refused_may_be_posted_and_one_on_its_way_may_not(adviser, mail_server):
    batch = a_batch(by=adviser)
    read_all(batch, adviser)
    actions.send_letters(batch, by=adviser)
    first, second = batch.letters.all()
    assert actions.mark_posted(batch, letters=[first], by=adviser) == 0
    mail_server.refuse["post@kommune1.no"] = "550 no such user"
    run("correspondence.send_letters")
    assert actions.mark_posted(batch, letters=[first, second], by=adviser) == 1
    assert Message.objects.get(letter=first).state == states.FAILED


def test_a_corrected_address_sends_the_letter_and_tells_its_kind(adviser, mail_server):
    batch = a_batch(draft(email="ikke en adresse"), by=adviser)
    read_all(batch, adviser)
    SENT.clear()
    actions.send_letters(batch, by=adviser)
    run("correspondence.send_letters")
    letter = batch.letters.get()
    assert (letter.sent_at, letter.message.state) == (None, states.FAILED)
    actions.send_again(letter.message, to_email="post@kommune1.no", by=adviser)
    run("correspondence.send")
    letter.refresh_from_db()
    assert letter.sent_at
    assert [letter.pk] == SENT
