"""What is outstanding of a grant: money to pay, a report to hand in, money to come back. Amounts are NOK, Decimal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

ZERO = Decimal(0)
# Of the report; NO_REPORT is where no day was set for one.
NO_REPORT, DUE, OVERDUE, HANDED_IN, APPROVED = "no_report", "due", "overdue", "handed_in", "approved"


@dataclass(frozen=True)
class Balance:
    """Where a grant stands on a day.

    ``paid`` is what went out less what came back, ``to_pay`` what is left of the amount, ``to_pay_back`` what was paid
    and not used, once the report says how much was. ``report`` is one of the five words above.
    """

    paid: Decimal
    to_pay: Decimal
    to_pay_back: Decimal
    report: str

    @property
    def is_overdue(self) -> bool:
        return self.report == OVERDUE

    @property
    def is_outstanding(self) -> bool:
        """Somebody still has something to do: the secretariat to pay or to read, the participant the rest."""
        return bool(self.to_pay or self.to_pay_back) or self.report in (DUE, OVERDUE, HANDED_IN)


def balance(
    amount: Decimal,
    payments: Iterable[Decimal],
    *,
    used: Decimal | None = None,
    report_due_on: date | None = None,
    is_reported: bool = False,
    is_approved: bool = False,
    is_withdrawn: bool = False,
    today: date,
) -> Balance:
    """``payments`` are positive out and negative back. The due day itself is in time.

    A grant that is withdrawn pays no more, and all that was paid and not paid back is to come back. What the report
    says was used counts once the report is handed in; using more than was paid gives nothing to pay back.

    >>> balance(Decimal(50000), [Decimal(50000)], used=Decimal(42000), is_reported=True, today=date(2009, 3, 1))
    Balance(paid=Decimal('50000'), to_pay=Decimal('0'), to_pay_back=Decimal('8000'), report='handed_in')
    """
    paid = sum(payments, ZERO)
    if is_withdrawn:
        return Balance(paid, ZERO, max(paid, ZERO), NO_REPORT)
    unused = max(paid - used, ZERO) if is_reported and used is not None else ZERO
    # Money that came back because it was not used is not to be paid out again.
    ceiling = min(amount, used) if is_reported and used is not None else amount
    to_pay = max(ceiling - paid, ZERO)
    return Balance(paid, to_pay, unused, report_state(report_due_on, is_reported, is_approved, today))


def report_state(due_on: date | None, is_reported: bool, is_approved: bool, today: date) -> str:
    if is_approved:
        return APPROVED
    if is_reported:
        return HANDED_IN
    if due_on is None:
        return NO_REPORT
    return OVERDUE if today > due_on else DUE
