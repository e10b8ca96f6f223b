"""Grants: given once, paid once, reported on and approved; what is outstanding is reckoned."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from correspondence.models import Letter, Message
from programmes.actions import grants as actions
from programmes.actions.errors import NotPossible
from programmes.actions.grants import PaymentLine
from programmes.forms.grants import AmountField, GiveGrantsForm, plain_amount
from programmes.letters import grant_letter_sent
from programmes.models import Grant, Payment
from programmes.queries.grants import grant_rows, grants_by_year, sums_of
from tests.counting import queries_of
from tests.factories import CohortMembershipFactory, person
from tests.programmes.records_assessment import SENT_AT, grant_of

pytestmark = pytest.mark.django_db
TERMS = {"year": 2009, "amount_nok": Decimal(50000), "conditions": "Bruk dem.", "reporting_due_on": date(2010, 3, 1)}
TODAY = date(2010, 4, 1)


@pytest.fixture
def one():
    return CohortMembershipFactory().participation


@pytest.fixture
def adviser():
    return person("adviser")


def test_who_has_a_grant_of_the_year_is_passed_over(one, adviser):
    other = CohortMembershipFactory(cohort=one.cohort_memberships.get().cohort).participation
    first = actions.give_grants(one.programme, [one], by=adviser, **TERMS)
    again = actions.give_grants(one.programme, [one, other], by=adviser, **TERMS)
    assert (len(first.made), [grant.participation for grant in again.made], again.skipped) == (1, [other], [one])
    assert actions.give_grants(one.programme, [one], by=adviser, **TERMS | {"purpose": "Kurs"}).made


def test_all_payments_are_recorded_or_none_and_the_same_is_recorded_once(one, adviser):
    grant = grant_of(one)
    line = PaymentLine(grant, Decimal(30000), date(2009, 3, 1), "B1")
    assert len(actions.record_payments([line], by=adviser)) == 1
    assert actions.record_payments([line], by=adviser) == []
    too_much = PaymentLine(grant, Decimal(30000), date(2009, 4, 1), "B2")
    with pytest.raises(NotPossible):
        actions.record_payments([PaymentLine(grant, Decimal(1), date(2009, 4, 1), "B3"), too_much], by=adviser)
    with pytest.raises(NotPossible):
        actions.record_payments([PaymentLine(grant, Decimal(-30001), date(2009, 5, 1))], by=adviser)
    assert list(Payment.objects.values_list("amount_nok", flat=True)) == [Decimal(30000)]


def test_what_the_letter_says_stands_once_it_is_sent(one, adviser):
    grant = grant_of(one)
    grant.account_reference = "2009-7"
    actions.change_grant(grant, seen_version=1, by=adviser)
    grant.amount_nok = Decimal(1)
    with pytest.raises(NotPossible):
        actions.change_grant(grant, seen_version=2, by=adviser)
    with pytest.raises(actions.ChangedMeanwhile):
        actions.change_grant(grant, seen_version=1, by=adviser)


def test_a_withdrawn_grant_makes_room_for_a_new_one(one, adviser):
    grant = grant_of(one)
    actions.withdraw_grant(grant, reason="Trakk seg.", by=adviser)
    actions.give_grants(one.programme, [one], by=adviser, **TERMS)
    with pytest.raises(NotPossible):
        actions.restore_grant(grant, by=adviser)


def test_a_report_is_written_handed_in_returned_and_approved(one, adviser):
    grant, leader = grant_of(one), person("project_leader", municipality=one.municipality)
    assert actions.save_report(grant, text="Utkast", used_nok=None, seen_version=1) == 2
    with pytest.raises(actions.ChangedMeanwhile) as told:
        actions.save_report(grant, text="Et annet utkast", used_nok=None, seen_version=1)
    assert told.value.current.report_text == "Utkast"
    actions.hand_in_report(grant, text="Alt", used_nok=Decimal(42000), seen_version=2, by=leader)
    with pytest.raises(NotPossible):
        actions.save_report(grant, text="Mer", used_nok=None, seen_version=3)
    actions.return_report(grant, text="Hva ble kjøpt?", by=adviser)
    assert Message.objects.get().to == leader
    grant.refresh_from_db()
    assert (grant.reported_at, grant.report_text) == (None, "Alt")
    actions.hand_in_report(grant, text="Bøker", used_nok=Decimal(42000), seen_version=grant.version, by=leader)
    actions.approve_report(grant, by=adviser)
    with pytest.raises(NotPossible):
        actions.return_report(grant, text="For sent", by=adviser)


def test_the_table_sums_what_is_shown_and_the_report_by_year(one, adviser):
    other = CohortMembershipFactory(cohort=one.cohort_memberships.get().cohort).participation
    grant_of(one).payments.create(amount_nok=Decimal(20000), paid_on=date(2009, 2, 1))
    grant_of(other, used_nok=Decimal(0), reported_at=SENT_AT, year=2008)
    rows = grant_rows(one.programme, adviser, TODAY)
    sums = sums_of(rows)
    assert (sums.count, sums.amount, sums.paid, sums.to_pay) == (2, 100000, 20000, 30000)
    by_year = [(y.year, y.count, y.reported, y.outstanding, y.overdue) for y in grants_by_year(one.programme, TODAY)]
    assert by_year == [(2008, 1, 1, 0, 0), (2009, 1, 0, 30000, 1)]
    assert [row.grant.year for row in grant_rows(one.programme, adviser, TODAY, standing="overdue")] == [2009]
    assert [row.grant.year for row in grant_rows(one.programme, adviser, TODAY, standing="to_read")] == [2008]
    assert [row.grant.year for row in grant_rows(one.programme, adviser, TODAY, year="2008")] == [2008]


def test_a_municipality_sees_its_grant_when_the_letter_is_sent(one, client):
    grant = grant_of(one, sent=False)
    client.force_login(person("project_leader", municipality=one.municipality))
    url = reverse("programmes:grant", args=[one.programme.slug, grant.pk])
    assert client.get(url).status_code == 404
    grant_letter_sent(Letter(about=f"programmes.grant:{grant.pk}", sent_at=SENT_AT))
    page = client.get(url).content.decode()
    assert "<em>prosjektet</em>" in page
    assert Grant.objects.get().letter_sent_at == SENT_AT


def test_the_leader_writes_the_report_and_hands_it_in(one, client):
    grant, leader = grant_of(one), person("project_leader", municipality=one.municipality)
    client.force_login(leader)
    args = [one.programme.slug, grant.pk]
    half = {"report_text": "Vi begynte", "used_nok": "", "version": "1"}
    saved = client.post(reverse("programmes:save_grant_report", args=args), half, headers={"hx-request": "true"})
    assert 'value="2"' in saved.content.decode()
    whole = {"report_text": "Vi ble ferdige", "used_nok": "42 000,50", "version": "1"}
    conflict = client.post(reverse("programmes:grant_report", args=args), whole)
    assert conflict.status_code == 409
    assert "Vi begynte" in conflict.content.decode()
    assert client.post(reverse("programmes:grant_report", args=args), whole | {"version": "2"}).status_code == 302
    grant.refresh_from_db()
    assert (grant.used_nok, grant.reported_by) == (Decimal("42000.50"), leader)


def test_payments_come_as_lines_from_the_accounts(one, adviser, client):
    grant = grant_of(one, account_reference="2009-014")
    client.force_login(adviser)
    url = reverse("programmes:record_payments", args=[one.programme.slug])
    for wrong in ("2009-015;1;2009-03-15", "2009-014;mye;2009-03-15", "2009-014;1;15.3", "2009-014"):
        assert client.post(url, {"lines": wrong}).status_code == 200
    lines = "2009-014;40 000;2009-03-15;B1\n2009-014;10000,00;2009-04-15;B2\n"
    assert client.post(url, {"lines": lines}).status_code == 302
    client.post(url, {"lines": lines})
    assert list(grant.payments.values_list("amount_nok", flat=True)) == [Decimal(40000), Decimal(10000)]


def test_what_is_due_is_paid_in_one_act_and_listed_for_the_accounts(one, adviser, client):
    grant = grant_of(one, account_reference="=2009")
    grant_of(one, sent=False, purpose="Uten brev")
    client.force_login(adviser)
    due = reverse("programmes:payments_due", args=[one.programme.slug, "csv"])
    head, line = client.get(due).content.decode("utf-8-sig").splitlines()
    assert head == 'Referanse i regnskapet,Deltaker,År,Formål,"Å betale, kr"'
    assert line == f"'=2009,{one.name},2009,,50000.00"
    url = reverse("programmes:record_payments", args=[one.programme.slug])
    assert client.post(url, {"grants": [grant.pk], "paid_on": "2009-03-15"}).status_code == 302
    assert grant.payments.get().amount_nok == Decimal(50000)
    assert len(client.get(due).content.decode().splitlines()) == 1


def test_letters_go_to_the_project_leader_in_their_language_or_on_paper(one, adviser, client):
    other = CohortMembershipFactory(cohort=one.cohort_memberships.get().cohort).participation
    leader = person("project_leader", municipality=one.municipality)
    leader.language = "nn"
    leader.save()
    for participation in (one, other):
        grant_of(participation, sent=False)
    client.force_login(adviser)
    url = reverse("programmes:grant_letters", args=[one.programme.slug])
    answers = {name: field.initial for name, field in client.get(url).context["form"].fields.items()}
    assert client.post(url, answers).status_code == 302
    mine, paper = sorted(Letter.objects.all(), key=lambda letter: letter.email, reverse=True)
    assert (mine.email, mine.language, paper.email, paper.language) == (leader.email, "nn", "", "nb")
    assert mine.subject_text == f"Tilskot for 2009 til {one.name}"
    assert "50 000" in mine.text.replace("\xa0", " ")
    assert "Bruk pengene på prosjektet" in mine.text
    assert not mine.unfilled


def test_giving_to_all_is_one_act(one, adviser, client):
    CohortMembershipFactory(cohort=one.cohort_memberships.get().cohort)
    client.force_login(adviser)
    url = reverse("programmes:give_grants", args=[one.programme.slug])
    terms = {"year": 2009, "amount_nok": "50 000", "conditions": "Bruk dem.", "reporting_due_on": "2010-03-01"}
    assert client.post(url, terms).status_code == 302
    assert Grant.objects.count() == 2
    assert client.post(url, terms | {"year": 1990}).status_code == 200


def test_the_table_takes_the_same_number_of_queries_for_one_and_for_three(adviser):
    counts = []
    for times in (1, 3):
        one = CohortMembershipFactory().participation
        for at in range(times):
            grant = grant_of(one, year=2008 + at)
            grant.payments.create(amount_nok=Decimal(1), paid_on=date(2009, 1, 1))
        urls = [reverse(f"programmes:{name}", args=[one.programme.slug]) for name in ("grants", "record_payments")]
        counts.append([queries_of(adviser, url) for url in urls])
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("text", "plain"),
    [("50 000", "50000"), ("50.000,50", "50000.50"), ("50000.50", "50000.50"), ("−8\xa0000", "-8000")],
)
def test_amounts_are_read_as_people_write_them(text, plain):
    assert plain_amount(text) == plain


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1e6", "Skriv beløpet med tall"),
        ("nan", "med tall"),
        ("50.000", "50\xa0000."),
        ("1.000.000", "1\xa0000\xa0000."),
    ],
)
def test_an_amount_that_could_be_misread_is_asked_about(text, words):
    with override("nb"), pytest.raises(ValidationError) as told:
        AmountField().clean(text)
    assert words in " ".join(told.value.messages)


@pytest.mark.parametrize("text", ["0", "-5"])
def test_a_grant_is_of_more_than_nothing(one, text):
    with override("nb"):
        assert GiveGrantsForm({"amount_nok": text}, programme=one.programme).errors["amount_nok"] == [
            "Beløpet må være større enn 0."
        ]


def test_no_payment_is_of_a_day_to_come(one, adviser, client):
    grant, coming = grant_of(one, account_reference="2009-014"), timezone.localdate() + timedelta(days=1)
    with pytest.raises(NotPossible):
        actions.record_payments([PaymentLine(grant, Decimal(1), coming)], by=adviser)
    client.force_login(adviser)
    of_one = reverse("programmes:pay_grant", args=[one.programme.slug, grant.pk])
    of_many = reverse("programmes:record_payments", args=[one.programme.slug])
    wrong = [
        (of_one, {"amount_nok": "5", "paid_on": coming}, "paid_on"),
        (of_many, {"grants": [grant.pk], "paid_on": coming}, "paid_on"),
        (of_many, {"lines": f"2009-014;5;{coming}"}, "lines"),
    ]
    for url, answers, field in wrong:
        assert "ikke kommet ennå" in client.post(url, answers).context["form"].errors[field][0]
    for amount in ("50.000", "1e3"):
        form = client.post(of_many, {"lines": f"2009-014;{amount};2009-03-15"}).context["form"]
        assert form.errors["lines"] == ["Linje 1: skriv beløpet som 50000 og datoen som 2009-03-15."]
    assert not grant.payments.exists()


def test_more_than_the_grant_is_neither_paid_nor_used(one, adviser, client):
    grant, leader = (
        grant_of(one, amount_nok=Decimal(1_000_000)),
        person("project_leader", municipality=one.municipality),
    )
    with override("nb"), pytest.raises(NotPossible, match="1\xa0000\xa0000 kroner"):
        actions.record_payments([PaymentLine(grant, Decimal(1_000_001), date(2009, 3, 1))], by=adviser)
    with pytest.raises(NotPossible):
        actions.hand_in_report(grant, text="Alt", used_nok=Decimal(1_000_001), seen_version=1, by=leader)
    client.force_login(leader)
    url = reverse("programmes:grant_report", args=[one.programme.slug, grant.pk])
    page = client.post(url, {"report_text": "Alt", "used_nok": "1 000 001", "version": "1"})
    (told,) = page.context["form"].errors["used_nok"]
    assert "Dere fikk 1\xa0000\xa0000 kroner." in told
    assert client.post(url, {"report_text": "Alt", "used_nok": "1 000 000", "version": "1"}).status_code == 302


def test_the_letters_name_the_purpose_and_count_participants(one, adviser, client):
    for purpose in ("Kurs", "Reiser", ""):
        grant_of(one, sent=False, purpose=purpose)
    client.force_login(adviser)
    url = reverse("programmes:grant_letters", args=[one.programme.slug])
    page = client.get(url)
    assert page.context["on_paper"] == 1
    assert "Tilskuddsbrev, bokmål" in page.content.decode()
    answers = {name: field.initial for name, field in page.context["form"].fields.items()}
    answers = {name: text.replace("\n", "\r\n") for name, text in answers.items()}
    assert client.post(url, answers).status_code == 302
    letters = {one.subject_text: one for one in Letter.objects.all()}
    plain = f"Tilskudd for 2009 til {one.name}"
    assert set(letters) == {plain, f"{plain} (Kurs)", f"{plain} (Reiser)"}
    assert "Formål" not in letters[plain].text
    assert "Kurs" in letters[f"{plain} (Kurs)"].text
    assert not any(one.unfilled for one in letters.values())
