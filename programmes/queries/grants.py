"""Grants with what is outstanding, as tables show them and reports sum them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from municipalities.models import RoleAssignment
from municipalities.permissions import Role
from municipalities.queries.register import alphabetical

from ..calculations.grants import APPROVED, HANDED_IN, OVERDUE, Balance, balance
from ..models import Grant, Participation, Payment, Programme

ZERO = Decimal(0)


@dataclass(frozen=True)
class GrantRow:
    grant: Grant
    balance: Balance

    @property
    def name(self) -> str:
        return self.grant.participation.name


@dataclass(frozen=True)
class GrantSums:
    """Of the rows shown: a grant that is withdrawn is not in ``amount``."""

    count: int
    amount: Decimal
    paid: Decimal
    to_pay: Decimal
    to_pay_back: Decimal


def balance_of(grant: Grant, payments: Iterable[Decimal], today: date) -> Balance:
    return balance(
        grant.amount_nok,
        payments,
        used=grant.used_nok,
        # Nobody owes a report on a grant they have not been told of.
        report_due_on=grant.reporting_due_on if grant.letter_sent_at else None,
        is_reported=grant.reported_at is not None,
        is_approved=grant.report_approved_at is not None,
        is_withdrawn=grant.withdrawn_at is not None,
        today=today,
    )


def grant_rows(programme: Programme, user, today: date, **filters: str) -> list[GrantRow]:
    """By the filters of the list: ``search``, ``year``, ``standing`` and ``sort``. Two queries."""
    found = Grant.objects.visible_to(user).filter(participation__programme=programme)
    if filters.get("year", "").isdecimal():
        found = found.filter(year=filters["year"])
    grants = list(found.select_related("participation").defer("conditions", "report_text"))
    paid = _payments(grants)
    rows = [GrantRow(one, balance_of(one, paid[one.pk], today)) for one in grants]
    search = filters.get("search", "").casefold()
    rows = [row for row in rows if search in row.name.casefold() and _stands(row, filters.get("standing", ""))]
    return _in_order(rows, filters.get("sort") or "-year")


def _payments(grants: list[Grant]) -> dict[int, list[Decimal]]:
    found: dict[int, list[Decimal]] = defaultdict(list)
    of_all = Payment.objects.filter(grant__in=[one.pk for one in grants]) if grants else Payment.objects.none()
    for grant, amount in of_all.values_list("grant_id", "amount_nok"):
        found[grant].append(amount)
    return found


def _stands(row: GrantRow, standing: str) -> bool:
    return {
        "": True,
        "no_letter": row.grant.letter_sent_at is None and row.grant.withdrawn_at is None,
        "to_pay": row.balance.to_pay > 0,
        "to_pay_back": row.balance.to_pay_back > 0,
        "overdue": row.balance.report == OVERDUE,
        "to_read": row.balance.report == HANDED_IN,
        "outstanding": row.balance.is_outstanding,
        "settled": not row.balance.is_outstanding,
    }.get(standing, True)


SORTS = {
    "name": lambda row: alphabetical(row.name),
    "year": lambda row: row.grant.year,
    "amount": lambda row: row.grant.amount_nok,
    "paid": lambda row: row.balance.paid,
    "to_pay": lambda row: row.balance.to_pay,
    "due": lambda row: row.grant.reporting_due_on or date.max,
}


def _in_order(rows: list[GrantRow], sort: str) -> list[GrantRow]:
    rows = sorted(rows, key=SORTS["name"])
    column = SORTS.get(sort.removeprefix("-"), SORTS["year"])
    return sorted(rows, key=column, reverse=sort.startswith("-"))


def sums_of(rows: list[GrantRow]) -> GrantSums:
    standing = [row for row in rows if row.grant.withdrawn_at is None]
    return GrantSums(
        len(standing),
        sum((row.grant.amount_nok for row in standing), ZERO),
        sum((row.balance.paid for row in rows), ZERO),
        sum((row.balance.to_pay for row in rows), ZERO),
        sum((row.balance.to_pay_back for row in rows), ZERO),
    )


def years_with_grants(programme: Programme, user) -> list[int]:
    found = Grant.objects.visible_to(user).filter(participation__programme=programme)
    return list(found.order_by("-year").values_list("year", flat=True).distinct())


@dataclass(frozen=True)
class GrantYear:
    """What was given for a year, for the reports; ``outstanding`` is what is left to pay."""

    year: int
    count: int
    amount: Decimal
    paid: Decimal
    reported: int
    approved: int
    outstanding: Decimal
    to_pay_back: Decimal
    overdue: int


def grants_by_year(programme: Programme, today: date) -> list[GrantYear]:
    """By year; grants that were withdrawn and never paid are left out. Two queries."""
    grants = list(Grant.objects.filter(participation__programme=programme).defer("conditions", "report_text"))
    paid = _payments(grants)
    years: dict[int, list[GrantRow]] = defaultdict(list)
    for one in grants:
        row = GrantRow(one, balance_of(one, paid[one.pk], today))
        if one.withdrawn_at is None or row.balance.paid:
            years[one.year].append(row)
    return [_year(year, years[year]) for year in sorted(years)]


def _year(year: int, rows: list[GrantRow]) -> GrantYear:
    sums, reports = sums_of(rows), [row.balance.report for row in rows]
    reported = sum(1 for one in reports if one in (HANDED_IN, APPROVED))
    return GrantYear(
        year,
        sums.count,
        sums.amount,
        sums.paid,
        reported,
        reports.count(APPROVED),
        sums.to_pay,
        sums.to_pay_back,
        reports.count(OVERDUE),
    )


def reports_to_read(user):
    """Handed in and neither approved nor returned, for those who may approve."""
    found = Grant.objects.editable_by(user).filter(reported_at__isnull=False, report_approved_at__isnull=True)
    return found.filter(withdrawn_at__isnull=True)


def reports_to_write(user):
    """The reports that one's own municipality owes, if it has any."""
    found = Grant.objects.reportable_by(user).filter(reported_at__isnull=True, reporting_due_on__isnull=False)
    return found.filter(withdrawn_at__isnull=True)


def contacts_of(participations: Iterable[Participation]) -> dict[int, tuple[str, str, str]]:
    """Participation → name, e-mail and language of its project leader today, the first of several. One query."""
    wanted = list(participations)
    today = timezone.localdate()
    leaders = RoleAssignment.objects.valid_on(today).filter(role=Role.PROJECT_LEADER, user__is_active=True)
    by_place: dict[tuple, tuple[str, str, str]] = {}
    for municipality, organisation, *person in leaders.order_by("starts_on", "pk").values_list(
        "municipality_id", "organisation_id", "user__name", "user__email", "user__language"
    ):
        by_place.setdefault((municipality, organisation), tuple(person))
    places = {one.pk: (one.municipality_id, None if one.municipality_id else one.organisation_id) for one in wanted}
    return {pk: by_place[place] for pk, place in places.items() if place in by_place}
