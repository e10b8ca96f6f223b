"""The pages: lists at a constant number of queries, remedies where something is wrong, and nothing lost."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from correspondence import actions
from correspondence.actions.sending import claim, mark_failed, mark_sent, mark_unsure
from correspondence.errors import INTERRUPTED, REFUSED
from correspondence.models import LetterBatch, Message
from jobs.models import Job
from jobs.run import run_job
from tests.correspondence.letters import a_batch, a_message, draft, read_all
from tests.counting import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(adviser) -> Client:
    client = Client()
    client.force_login(adviser)
    return client


def page(client: Client, name: str, *args, **query) -> str:
    response = client.get(reverse(f"correspondence:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def post(client: Client, name: str, *args, **values):
    return client.post(reverse(f"correspondence:{name}", args=args), values, follow=True)


def test_the_lists_say_when_they_are_empty(client):
    assert "Ingenting er sendt ennå" in page(client, "messages")
    assert "Det er ikke laget noen brev ennå" in page(client, "batches")


def test_the_lists_take_as_many_queries_for_three_as_for_one(client, adviser):
    addresses = [reverse(f"correspondence:{name}") for name in ("messages", "batches")]
    a_message(by=adviser, to=adviser)
    a_batch(by=adviser)
    one = [queries_of(adviser, address) for address in addresses]
    for _ in range(2):
        a_message(by=adviser, to=adviser)
        a_batch(by=adviser)
    assert [queries_of(adviser, address) for address in addresses] == one


def test_a_batch_takes_as_many_queries_for_three_letters_as_for_one(client, adviser):
    few, many = a_batch(by=adviser, letters=1), a_batch(by=adviser, letters=3)
    assert queries_of(adviser, few.get_absolute_url()) == queries_of(adviser, many.get_absolute_url())


def test_messages_are_found_by_receiver_and_filtered_by_state_and_kind(client, adviser):
    adviser.name = "Åse Østby"
    adviser.save()
    a_message(to=adviser)
    mark_failed(a_message(to="ola@kommune.no"), REFUSED, reply="550 no")
    assert "ola@kommune.no" not in page(client, "messages", q="østby")
    assert "Åse Østby" in page(client, "messages", q="østby")
    needs = page(client, "messages", state="trouble")
    assert "ola@kommune.no" in needs
    assert "<td>Åse Østby</td>" not in needs
    assert "ola@kommune.no" in page(client, "messages", kind="correspondence.letter")
    assert "1 trenger deg" in page(client, "messages")
    assert "Ingen melding passer" in page(client, "messages", q="finnes ikke")


def test_the_export_follows_the_filters_and_no_cell_is_a_formula(client):
    formula = a_message(to="kari@kommune.no")
    Message.objects.filter(pk=formula.pk).update(subject="=1+1")
    mark_failed(a_message(to="ola@kommune.no"), REFUSED, reply="550 no")
    response = client.get(reverse("correspondence:messages_export", args=["csv"]), {"state": "queued"})
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [(row["Emne"], row["E-postadresse"]) for row in rows] == [("'=1+1", "kari@kommune.no")]
    xlsx = client.get(reverse("correspondence:messages_export", args=["xlsx"]))
    assert xlsx.content.startswith(b"PK")


def test_a_message_shows_its_text_log_and_papers(client, adviser):
    message = a_message(by=adviser)
    claim(message)
    mark_sent(message)
    html = page(client, "message", message.pk)
    for words in ("Hei.", "brev på nynorsk.pdf", "Tatt imot av e-posttjeneren", adviser.name):
        assert words in html
    assert "Send meldingen på nytt" not in html
    paper = client.get(reverse("correspondence:paper", args=[message.pk, 0]))
    assert (paper.content, paper["X-Content-Type-Options"]) == (b"%PDF-1.7", "nosniff")
    assert paper["Content-Disposition"].startswith("attachment")


def test_a_refused_message_says_what_to_do_and_is_sent_again_to_another_address(client):
    message = a_message()
    mark_failed(message, REFUSED, reply="550 no such user")
    assert "550 no such user" in page(client, "message", message.pk)
    refused = post(client, "send_again", message.pk, to_email="ikke en adresse")
    assert refused.status_code == 400
    assert b"ds-validation-message" in refused.content
    post(client, "send_again", message.pk, to_email="kari@ny.no")
    message.refresh_from_db()
    assert (message.state, message.to_email) == ("queued", "kari@ny.no")


def test_an_unsure_message_is_confirmed(client):
    message = a_message()
    claim(message)
    mark_unsure(message, INTERRUPTED)
    assert "Bekreft at den kom fram" in page(client, "message", message.pk)
    post(client, "confirm_sent", message.pk)
    assert Message.objects.get(pk=message.pk).state == "sent"


def test_batches_are_filtered_by_programme_kind_and_title(client, adviser):
    one = a_batch(by=adviser, title="Tilsagn på Øya")
    LetterBatch.objects.filter(pk=one.pk).update(programme_slug="kvalitetskommuner", sender="Kvalitetskommuner")
    a_batch(by=adviser, title="Svar")
    assert "Tilsagn på Øya" in page(client, "batches", q="ØYA")
    only = page(client, "batches", programme="kvalitetskommuner")
    assert "Tilsagn på Øya" in only
    assert ">Svar<" not in only
    assert ">Svar<" in page(client, "batches", kind="test.grant")


def test_one_reads_on_from_letter_to_letter_until_all_are_read_and_then_sends(client, adviser):
    batch = a_batch(by=adviser)
    first, second = batch.letters.all()
    assert "Les gjennom brevene" in page(client, "batch", batch.pk)
    assert "Brev 1 av 2" in page(client, "letter", batch.pk, first.pk)
    after = post(client, "read_letter", batch.pk, first.pk, version=1)
    assert after.redirect_chain[-1][0] == second.get_absolute_url()
    refused = post(client, "send_batch", batch.pk)
    assert "1 brev er ikke lest gjennom" in refused.content.decode()
    done = post(client, "read_letter", batch.pk, second.pk, version=1)
    assert done.redirect_chain[-1][0] == batch.get_absolute_url()
    assert "Send brevene" in done.content.decode()
    post(client, "send_batch", batch.pk)
    assert Job.objects.filter(kind="correspondence.send_letters").exists()


def values(letter, **changed) -> dict:
    names = ("addressee", "email", "subject", "body", "version")
    return {name: getattr(letter, name) for name in names} | changed


def test_the_second_of_two_editors_sees_both_texts_and_can_put_them_together(client, adviser):
    letter = a_batch(by=adviser).letters.first()
    post(client, "edit_letter", letter.batch_id, letter.pk, **values(letter, body="Den første teksten."))
    conflict = post(client, "edit_letter", letter.batch_id, letter.pk, **values(letter, body="Den andre teksten."))
    html = conflict.content.decode()
    assert conflict.status_code == 409
    assert "Den første teksten." in html
    assert "Den andre teksten." in html
    assert 'name="version" value="2"' in html
    both = values(letter, body="Den første og den andre teksten.", version=2)
    post(client, "edit_letter", letter.batch_id, letter.pk, **both)
    letter.refresh_from_db()
    assert letter.body == "Den første og den andre teksten."
    assert "lagt til side" in page(client, "letter", letter.batch_id, letter.pk)


def test_a_letter_in_html_is_shown_as_text(client, adviser):
    letter = a_batch(draft(body_markdown="<script>alert(1)</script>"), by=adviser).letters.get()
    html = page(client, "letter", letter.batch_id, letter.pk)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_a_letter_is_withdrawn_put_back_and_printed(client, adviser):
    letter = a_batch(by=adviser).letters.first()
    place = (letter.batch_id, letter.pk)
    assert "Trukket" in post(client, "withdraw_letter", *place).content.decode()
    assert "1 er trukket" in page(client, "batch", letter.batch_id)
    assert "Rediger brevet" in post(client, "put_back_letter", *place).content.decode()
    assert client.get(reverse("correspondence:letter_pdf", args=place)).status_code == 404
    post(client, "print_letter", *place)
    run_job(Job.objects.get(kind="correspondence.print_letter").pk)
    assert "Åpne som PDF" in page(client, "letter", *place)
    pdf = client.get(reverse("correspondence:letter_pdf", args=place))
    assert b"".join(pdf).startswith(b"%PDF")


def test_a_batch_is_dated_printed_and_its_paper_letters_posted(client, adviser):
    batch = a_batch(draft(1), draft(2, email=""), by=adviser)
    post(client, "date_batch", batch.pk, dated_on="2009-06-01")
    batch.refresh_from_db()
    assert batch.dated_on.isoformat() == "2009-06-01"
    assert "ikke lagret" in post(client, "date_batch", batch.pk, dated_on="i går").content.decode()
    post(client, "print_batch", batch.pk)
    run_job(Job.objects.get(kind="correspondence.print_batch").pk)
    assert "Åpne alle som én PDF" in page(client, "batch", batch.pk)
    assert b"".join(client.get(reverse("correspondence:batch_pdf", args=[batch.pk]))).startswith(b"%PDF")
    read_all(batch, adviser)
    actions.send_letters(batch, by=adviser)
    assert "1 brev er merket som postlagt" in post(client, "post_batch", batch.pk).content.decode()
