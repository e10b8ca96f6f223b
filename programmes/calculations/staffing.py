"""Posts in the secretariat as months and full-time equivalents. Months are (year, month); percents are Decimal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

Month = tuple[int, int]
FULL = Decimal(100)


@dataclass(frozen=True)
class Span:
    """From a day to a last day (None: until further notice), ``percent`` of a full post."""

    starts_on: date
    ends_on: date | None
    percent: Decimal


def months_between(first: Month, last: Month) -> list[Month]:
    """Every month from the first to the last, both included; empty when the last comes before.

    >>> months_between((2007, 11), (2008, 2))
    [(2007, 11), (2007, 12), (2008, 1), (2008, 2)]
    """
    count = (last[0] - first[0]) * 12 + last[1] - first[1] + 1
    ordinals = range(first[0] * 12 + first[1] - 1, first[0] * 12 + first[1] - 1 + count)
    return [(one // 12, one % 12 + 1) for one in ordinals]


def percent_in(month: Month, spans: Iterable[Span]) -> Decimal:
    """The percent of a post in a month: of spans that touch the month the one that begins last."""
    touching = [one for one in spans if _touches(one, month)]
    return max(touching, key=lambda one: one.starts_on).percent if touching else Decimal(0)


def full_posts_in(month: Month, posts: Iterable[Iterable[Span]]) -> Decimal:
    """Full-time equivalents of all posts in a month: 100 % and 50 % make 1.5."""
    return sum((percent_in(month, spans) for spans in posts), Decimal(0)) / FULL


def post_years(year: int, spans: Iterable[Span]) -> Decimal:
    """Full-time years of one post in a calendar year: six months at 50 % make 0.25."""
    spans = list(spans)
    return sum((percent_in((year, month), spans) for month in range(1, 13)), Decimal(0)) / FULL / 12


def overlaps(spans: Iterable[Span]) -> bool:
    """Whether two spans of one post share a day."""
    ordered = sorted(spans, key=lambda one: one.starts_on)
    pairs = pairwise(ordered)
    return any(before.ends_on is None or before.ends_on >= later.starts_on for before, later in pairs)


def _touches(span: Span, month: Month) -> bool:
    first = (span.starts_on.year, span.starts_on.month)
    last = (span.ends_on.year, span.ends_on.month) if span.ends_on else month
    return first <= month <= last
