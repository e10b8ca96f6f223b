"""The scope an edition is reckoned with."""

from datetime import date

from django.utils import timezone

from programmes.models import Programme
from programmes.queries import last_day
from reporting.models import Edition
from reporting.scope import Scope


def scope_of(edition: Edition) -> Scope:
    return scope_for(edition.programme, edition.year)


def scope_for(programme: Programme, year: int | None, vintage: date | None = None) -> Scope:
    """An annual report counts on the last day of its year, a final one on the last day of the programme."""
    today = timezone.localdate()
    day = min(date(year, 12, 31), today) if year else last_day(programme, today)
    return Scope(programme=programme, counted_on=day, year=year, vintage=vintage)
