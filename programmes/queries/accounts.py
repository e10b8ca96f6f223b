"""The secretariat's posts by month and full-time years, and the lines of budget and accounts by year."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..calculations.staffing import Month, Span, full_posts_in, months_between, percent_in, post_years
from ..models import AccountLine, Programme, StaffPost


@dataclass(frozen=True)
class PostRow:
    """A post with its percent in each month asked for (same order), and its full-time years by calendar year.

    A year in which nothing is registered of the post has None: that is not nought.
    """

    post: StaffPost
    percents: tuple[Decimal, ...]
    years: dict[int, Decimal | None]


@dataclass(frozen=True)
class Staffing:
    months: tuple[Month, ...]
    posts: tuple[PostRow, ...]
    full_posts: tuple[Decimal, ...]

    @property
    def years(self) -> list[int]:
        return sorted({year for year, _ in self.months})

    def total(self, year: int) -> Decimal | None:
        """Full-time years of all posts in a calendar year; None where nothing is registered."""
        known = [row.years[year] for row in self.posts if row.years[year] is not None]
        return sum(known, Decimal(0)) if known else None

    def months_registered(self, year: int) -> tuple[int, int]:
        """In how many months of the year any post is registered, and how many months were asked for."""
        full = [count for (of_year, _), count in zip(self.months, self.full_posts, strict=True) if of_year == year]
        return sum(count > 0 for count in full), len(full)


def staffing(programme: Programme, first: Month, last: Month) -> Staffing:
    """Every post that had a percent in one of the months, in order. Two queries."""
    months = months_between(first, last)
    years = sorted({year for year, _ in months})
    spans = {
        post: [Span(one.starts_on, one.ends_on, one.release_percent) for one in post.periods.all()]
        for post in programme.staff_posts.select_related("employer", "user").prefetch_related("periods")
    }
    rows = [
        PostRow(
            post,
            tuple(percent_in(month, found) for month in months),
            {year: post_years(year, found) or None for year in years},
        )
        for post, found in spans.items()
    ]
    totals = tuple(full_posts_in(month, spans.values()) for month in months)
    return Staffing(tuple(months), tuple(row for row in rows if any(row.percents)), totals)


def programme_months(programme: Programme, today: date) -> tuple[Month, Month]:
    """From the programme's first month to its last, or to this month while it runs."""
    end = min(programme.ends_on, max(today, programme.starts_on))
    return (programme.starts_on.year, programme.starts_on.month), (end.year, end.month)


@dataclass(frozen=True)
class LineRow:
    """One line with its budget and its accounts; ``deviation_nok`` is accounts less budget where both are exact."""

    slug: str
    name: str
    is_income: bool
    budget: AccountLine | None
    accounts: AccountLine | None

    @property
    def source(self) -> str:
        return "; ".join(dict.fromkeys(one.source for one in (self.budget, self.accounts) if one and one.source))

    @property
    def deviation_nok(self) -> Decimal | None:
        if not self.budget or not self.accounts:
            return None
        amounts = self.accounts.amount_nok, self.budget.amount_nok
        return None if None in amounts else amounts[0] - amounts[1]


@dataclass(frozen=True)
class YearOfAccounts:
    year: int
    rows: tuple[LineRow, ...]

    def total(self, kind: str, *, income: bool) -> Decimal | None:
        """The sum of one kind; None when a line has no amount, for a sum without a part is no sum."""
        lines = [getattr(row, kind) for row in self.rows if row.is_income == income and getattr(row, kind)]
        if not lines or any(line.amount_nok is None for line in lines):
            return None
        return sum((line.amount_nok for line in lines), Decimal(0))


def account_years(programme: Programme, year: int | None = None) -> list[YearOfAccounts]:
    """The years that have lines, the newest first. One query."""
    found = programme.account_lines.all()
    by_year: dict[int, dict[str, dict[str, AccountLine]]] = defaultdict(dict)
    for line in found.filter(year=year) if year else found:
        by_year[line.year].setdefault(line.slug, {})[line.kind] = line
    return [
        YearOfAccounts(
            one,
            tuple(
                LineRow(
                    slug,
                    next(iter(lines.values())).name_text,
                    next(iter(lines.values())).is_income,
                    lines.get("budget"),
                    lines.get("accounts"),
                )
                for slug, lines in by_year[one].items()
            ),
        )
        for one in sorted(by_year, reverse=True)
    ]
