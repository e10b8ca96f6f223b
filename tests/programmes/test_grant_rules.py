"""What is outstanding of a grant, by hand and as properties."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.calculations.grants import APPROVED, DUE, HANDED_IN, NO_REPORT, OVERDUE, balance

TODAY = date(2010, 3, 1)
kroner = st.integers(0, 100_000).map(Decimal)


def of(amount=50_000, payments=(), **facts):
    facts = {"today": TODAY} | facts
    used = facts.pop("used", None)
    return balance(Decimal(amount), map(Decimal, payments), used=None if used is None else Decimal(used), **facts)


@pytest.mark.parametrize(
    ("payments", "facts", "paid", "to_pay", "back"),
    [
        ([], {}, 0, 50_000, 0),
        ([20_000], {}, 20_000, 30_000, 0),
        ([50_000], {"used": 42_000}, 50_000, 0, 0),
        ([50_000], {"used": 42_000, "is_reported": True}, 50_000, 0, 8_000),
        ([50_000, -8_000], {"used": 42_000, "is_reported": True}, 42_000, 0, 0),
        ([20_000], {"used": 60_000, "is_reported": True}, 20_000, 30_000, 0),
        ([20_000], {"used": 30_000, "is_reported": True}, 20_000, 10_000, 0),
        ([20_000], {"is_withdrawn": True}, 20_000, 0, 20_000),
    ],
)
def test_what_is_left_to_pay_and_what_is_to_come_back(payments, facts, paid, to_pay, back):
    found = of(payments=payments, **facts)
    assert (found.paid, found.to_pay, found.to_pay_back) == (paid, to_pay, back)


def test_the_day_a_report_is_due_is_in_time():
    assert of(report_due_on=TODAY).report == DUE
    assert of(report_due_on=date(2010, 2, 28)).report == OVERDUE
    assert of().report == NO_REPORT
    assert of(report_due_on=date(2010, 2, 28), is_reported=True).report == HANDED_IN
    assert of(report_due_on=date(2010, 2, 28), is_reported=True, is_approved=True).report == APPROVED


def test_a_grant_that_is_paid_and_approved_has_nothing_outstanding():
    done = of(payments=[50_000], used=50_000, is_reported=True, is_approved=True)
    assert not done.is_outstanding
    assert of(payments=[50_000], report_due_on=TODAY).is_outstanding


@given(st.integers(1, 100_000), kroner, st.one_of(st.none(), kroner), st.booleans())
def test_nothing_is_to_be_paid_and_paid_back_at_once(amount, paid, used, is_reported):
    found = balance(Decimal(amount), [paid], used=used, is_reported=is_reported, today=TODAY)
    assert found.to_pay >= 0
    assert found.to_pay_back >= 0
    assert not (found.to_pay and found.to_pay_back)


@given(kroner, kroner)
def test_paying_back_what_is_asked_for_settles_it(paid, used):
    first = balance(Decimal(100_000), [paid], used=used, is_reported=True, today=TODAY)
    again = balance(Decimal(100_000), [paid, -first.to_pay_back], used=used, is_reported=True, today=TODAY)
    assert again.to_pay_back == 0
