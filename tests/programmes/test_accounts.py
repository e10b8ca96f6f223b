"""Posts by month, and lines of budget and accounts."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from programmes.actions import accounts as actions
from programmes.calculations.staffing import Span, full_posts_in, months_between, overlaps, percent_in, post_years
from programmes.forms.accounts import LineForm, MonthField
from programmes.models import AccountLine, StaffPeriod, StaffPost
from programmes.queries import accounts as queries
from tests.counting import queries_of
from tests.factories import ProgrammeFactory, person

HALF = Span(date(2008, 1, 1), date(2008, 6, 30), Decimal(50))
WHOLE = Span(date(2008, 7, 1), None, Decimal(100))


def test_months_run_over_the_turn_of_the_year_and_an_empty_span_has_none():
    assert months_between((2007, 12), (2008, 1)) == [(2007, 12), (2008, 1)]
    assert months_between((2008, 2), (2008, 1)) == []


def test_a_post_has_the_percent_of_the_period_the_month_lies_in():
    assert [percent_in((2008, month), [HALF, WHOLE]) for month in (1, 6, 7)] == [50, 50, 100]
    assert percent_in((2007, 12), [HALF, WHOLE]) == 0
    assert percent_in((2020, 1), [HALF, WHOLE]) == 100


def test_half_a_year_at_half_a_post_is_a_quarter_of_a_year():
    assert post_years(2008, [HALF]) == Decimal("0.25")
    assert post_years(2008, [HALF, WHOLE]) == Decimal("0.75")


def test_posts_of_100_and_50_percent_make_one_and_a_half():
    assert full_posts_in((2008, 8), [[WHOLE], [Span(date(2008, 1, 1), None, Decimal(50))]]) == Decimal("1.5")


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 12)), max_size=6))
def test_overlap_is_found_as_by_comparing_every_pair(pieces):
    spans = [Span(month(first), month(first + length), Decimal(10)) for first, length in pieces]
    slow = any(
        a.starts_on <= b.ends_on and b.starts_on <= a.ends_on
        for place, a in enumerate(spans)
        for b in spans[place + 1 :]
    )
    assert overlaps(spans) is slow


def month(number: int) -> date:
    return date(2000 + number // 12, number % 12 + 1, 1)


@pytest.mark.django_db
def test_a_post_is_saved_with_all_its_periods_or_not_at_all():
    post = StaffPost(programme=ProgrammeFactory(), title="Rådgiver")
    one = StaffPeriod(starts_on=date(2008, 1, 1), release_percent=50)
    two = StaffPeriod(starts_on=date(2008, 6, 1), release_percent=100)
    with pytest.raises(actions.OverlappingPeriods):
        actions.save_post(post, periods=[one, two], by=None)
    assert not StaffPost.objects.exists()

    one.ends_on = date(2008, 5, 31)
    actions.save_post(post, periods=[one, two], by=None)
    assert post.periods.count() == 2
    actions.save_post(post, periods=[one], by=None)
    assert post.periods.count() == 1


@pytest.mark.django_db
def test_a_sum_without_a_part_is_no_sum():
    programme = ProgrammeFactory()
    values = {"programme": programme, "year": 2007, "kind": "budget"}
    AccountLine.objects.create(slug="a", name={"nb": "A"}, amount_nok=7, **values)
    assert queries.account_years(programme)[0].total("budget", income=False) == 7
    AccountLine.objects.create(slug="b", name={"nb": "B"}, smallest_nok=5, largest_nok=10, **values)
    year = queries.account_years(programme)[0]
    assert year.total("budget", income=False) is None
    assert year.total("accounts", income=False) is None


@pytest.mark.django_db
def test_accounts_less_budget_needs_both():
    programme = ProgrammeFactory()
    values = {"programme": programme, "year": 2007, "slug": "a", "name": {"nb": "A"}}
    AccountLine.objects.create(kind="budget", amount_nok=7, **values)
    assert queries.account_years(programme)[0].rows[0].deviation_nok is None
    AccountLine.objects.create(kind="accounts", amount_nok=5, **values)
    assert queries.account_years(programme)[0].rows[0].deviation_nok == -2


@pytest.mark.django_db
def test_a_line_needs_an_amount_or_a_span():
    values = {
        "year": 2009,
        "kind": "budget",
        "name_nb": "Reiser",
        "slug": "travel",
        "qualifier": "exact",
        "position": 0,
    }
    line = AccountLine(programme=ProgrammeFactory())
    assert "amount_nok" in LineForm(values, instance=line).errors
    assert not LineForm(values | {"amount_nok": "1200,50"}, instance=line).errors
    assert "largest_nok" in LineForm(values | {"smallest_nok": "10", "largest_nok": "5"}, instance=line).errors


def test_what_is_no_month_is_told_with_the_remedy():
    field = MonthField()
    assert field.clean("2008-03") == date(2008, 3, 1)
    with pytest.raises(Exception, match="2008-13"):
        field.clean("2008-13")


@pytest.mark.django_db
def test_a_post_with_a_bad_period_keeps_everything_that_was_written(client):
    programme = ProgrammeFactory()
    client.force_login(person("adviser"))
    values = {"title": "Rådgiver i Bodø", "position": 0, "periods-TOTAL_FORMS": 1, "periods-INITIAL_FORMS": 0}
    values |= {"periods-0-first": "2008-07", "periods-0-percent": "130"}
    answer = client.post(reverse("programmes:new_post", args=[programme.slug]), values)
    assert "Rådgiver i Bodø" in answer.content.decode()
    assert not StaffPost.objects.exists()
    client.post(reverse("programmes:new_post", args=[programme.slug]), values | {"periods-0-percent": "80"})
    assert StaffPeriod.objects.get().release_percent == 80


@pytest.mark.django_db
def test_a_year_in_which_nothing_is_registered_is_not_nought(client):
    programme = ProgrammeFactory()
    post = StaffPost.objects.create(programme=programme, title="Rådgiver")
    values = {"starts_on": date(2009, 1, 1), "ends_on": date(2009, 1, 31), "release_percent": 100}
    StaffPeriod.objects.create(post=post, **values)

    found = queries.staffing(programme, (2008, 1), (2009, 12))

    assert (found.total(2008), found.posts[0].years[2008]) == (None, None)
    assert round(found.total(2009), 4) == Decimal("0.0833")
    assert found.months_registered(2009) == (1, 12)
    client.force_login(person("adviser"))
    page = client.get(reverse("programmes:accounts", args=[programme.slug])).content.decode()
    assert "2008: ingenting er registrert" in page
    assert "årsverk, 1 av 12 måneder er registrert" in page


@pytest.mark.django_db
def test_the_page_asks_no_more_for_three_posts_than_for_one():
    programme, adviser = ProgrammeFactory(), person("adviser")
    url = reverse("programmes:accounts", args=[programme.slug])

    def one_more(number):
        post = StaffPost.objects.create(programme=programme, title=f"Post {number}")
        StaffPeriod.objects.create(post=post, starts_on=date(2008, 1, 1), release_percent=50)
        values = {"programme": programme, "year": 2007, "kind": "budget", "name": {"nb": "A"}, "amount_nok": 7}
        AccountLine.objects.create(slug=f"a{number}", **values)

    one_more(1)
    first = queries_of(adviser, url)
    one_more(2)
    one_more(3)
    assert queries_of(adviser, url) == first
