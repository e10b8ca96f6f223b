"""Grants: given to many in one act, paid, reported on, approved; a letter's sending is told by the correspondence."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from correspondence.actions import write
from municipalities.models import AuditEvent, RoleAssignment
from municipalities.permissions import Role

from ..models import Grant, Participation, Payment, Programme
from .errors import NotPossible


class ChangedMeanwhile(NotPossible):
    """Somebody else saved first; ``current`` is what they saved, so that nobody's text is lost."""

    def __init__(self, current: Grant):
        self.current = current
        super().__init__(_("Somebody else saved while you wrote. Read both, and save again."))


@dataclass(frozen=True)
class Given:
    made: list[Grant]
    skipped: list[Participation]


@dataclass(frozen=True)
class PaymentLine:
    """Money out, or back (a negative amount)."""

    grant: Grant
    amount_nok: Decimal
    paid_on: date
    reference: str = ""


def kroner(amount: Decimal) -> str:
    """«50 000», with øre only where there are any."""
    return number_format(amount, 0 if amount % 1 == 0 else 2, force_grouping=True)


def not_paid_yet(paid_on: date | None, today: date) -> str:
    """What is wrong with a payment of a day still to come; empty where nothing is."""
    if paid_on is None or paid_on <= today:
        return ""
    return _("%(day)s has not come yet. Write the day the money was paid.") % {"day": date_format(paid_on)}


def used_too_much(grant: Grant, used_nok: Decimal | None) -> str:
    """What is wrong with a use of more than was granted; empty where nothing is."""
    if used_nok is None or used_nok <= grant.amount_nok:
        return ""
    text = _("You got %(amount)s kroner. Write what is used of the grant, at most that.")
    return text % {"amount": kroner(grant.amount_nok)}


@transaction.atomic
def give_grants(
    programme: Programme,
    participations: list[Participation],
    *,
    year: int,
    amount_nok: Decimal,
    purpose: str = "",
    conditions: str = "",
    reporting_due_on: date | None = None,
    account_reference: str = "",
    by,
) -> Given:
    """The same to all of them; who has a grant of the year for the purpose already is skipped."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    standing = Grant.objects.filter(
        participation__in=participations, year=year, purpose=purpose, withdrawn_at__isnull=True
    )
    have = set(standing.values_list("participation_id", flat=True))
    new = [one for one in participations if one.pk not in have]
    made = Grant.objects.bulk_create(
        Grant(
            participation=one,
            year=year,
            amount_nok=amount_nok,
            purpose=purpose,
            conditions=conditions,
            reporting_due_on=reporting_due_on,
            account_reference=account_reference,
        )
        for one in new
    )
    if made:
        AuditEvent.record("grants.given", programme, by=by, year=year, count=len(made), amount=str(amount_nok))
    return Given(made, [one for one in participations if one.pk in have])


@transaction.atomic
def change_grant(grant: Grant, *, seen_version: int, by) -> None:
    """Until the letter is sent all of it may change; after that only what is not in the letter."""
    current = _locked(grant, seen_version)
    fixed = ("amount_nok", "purpose", "conditions", "reporting_due_on")
    if current.letter_sent_at and any(getattr(current, one) != getattr(grant, one) for one in fixed):
        raise NotPossible(_("The letter is sent. Withdraw the grant and give a new one instead."))
    grant.version = seen_version + 1
    grant.save(update_fields=[*fixed, "account_reference", "version"])
    AuditEvent.record("grants.changed", grant, by=by)


@transaction.atomic
def withdraw_grant(grant: Grant, *, reason: str, by) -> None:
    """It pays no more, and what was paid is to come back; payments and report are kept."""
    current = Grant.objects.select_for_update().get(pk=grant.pk)
    if current.withdrawn_at:
        return
    current.withdrawn_at, current.withdrawal_reason = timezone.now(), reason
    current.save(update_fields=["withdrawn_at", "withdrawal_reason"])
    AuditEvent.record("grants.withdrawn", current, by=by, reason=reason)


@transaction.atomic
def restore_grant(grant: Grant, *, by) -> None:
    current = Grant.objects.select_for_update().get(pk=grant.pk)
    same = Grant.objects.filter(
        participation=current.participation_id, year=current.year, purpose=current.purpose, withdrawn_at__isnull=True
    )
    if same.exclude(pk=current.pk).exists():
        raise NotPossible(_("A new grant for the same has been given since."))
    current.withdrawn_at, current.withdrawal_reason = None, ""
    current.save(update_fields=["withdrawn_at", "withdrawal_reason"])
    AuditEvent.record("grants.restored", current, by=by)


@transaction.atomic
def record_payments(lines: list[PaymentLine], *, by) -> list[Payment]:
    """All of them or none. A line with a reference that is recorded already, alike in all, is not recorded again."""
    if trouble := next(filter(None, (not_paid_yet(one.paid_on, timezone.localdate()) for one in lines)), ""):
        raise NotPossible(trouble)
    grants = {
        one.pk: one
        for one in Grant.objects.select_for_update(of=("self",))
        .filter(pk__in={line.grant.pk for line in lines})
        .select_related("participation")
        .order_by("pk")
    }
    known = set(Payment.objects.filter(grant__in=grants).values_list("grant_id", "amount_nok", "paid_on", "reference"))
    new = []
    for line in lines:
        if line.reference and (line.grant.pk, line.amount_nok, line.paid_on, line.reference) in known:
            continue
        new.append(line)
    _check_sums(grants, new)
    made = [
        Payment(
            grant=one.grant, amount_nok=one.amount_nok, paid_on=one.paid_on, reference=one.reference, recorded_by=by
        )
        for one in new
    ]
    Payment.objects.bulk_create(made)
    for one in made:
        AuditEvent.record("grants.paid", grants[one.grant_id], by=by, amount=str(one.amount_nok), on=str(one.paid_on))
    return made


@transaction.atomic
def remove_payment(payment: Payment, *, by) -> None:
    """One that was recorded by mistake; the audit trail keeps what it was."""
    Grant.objects.select_for_update().get(pk=payment.grant_id)
    facts = {"amount": str(payment.amount_nok), "on": payment.paid_on.isoformat(), "reference": payment.reference}
    payment.delete()
    AuditEvent.record("grants.payment_removed", payment.grant, by=by, **facts)


@transaction.atomic
def save_report(grant: Grant, *, text: str, used_nok: Decimal | None, seen_version: int) -> int:
    """Keep what is written so far; the new version. Saved as it is written, so there is no event for every time."""
    current = _locked(grant, seen_version)
    _check_report_open(current)
    current.report_text, current.used_nok, current.version = text, used_nok, seen_version + 1
    current.save(update_fields=["report_text", "used_nok", "version"])
    return current.version


@transaction.atomic
def hand_in_report(grant: Grant, *, text: str, used_nok: Decimal, seen_version: int, by) -> None:
    current = _locked(grant, seen_version)
    _check_report_open(current)
    if trouble := used_too_much(current, used_nok):
        raise NotPossible(trouble)
    current.report_text, current.used_nok, current.version = text, used_nok, seen_version + 1
    current.reported_at, current.reported_by = timezone.now(), by
    current.report_returned_at = None
    current.save(
        update_fields=["report_text", "used_nok", "version", "reported_at", "reported_by", "report_returned_at"]
    )
    AuditEvent.record("grants.reported", current, by=by, used=str(used_nok))


@transaction.atomic
def approve_report(grant: Grant, *, by) -> None:
    current = Grant.objects.select_for_update().get(pk=grant.pk)
    if current.reported_at is None:
        raise NotPossible(_("The report is not handed in."))
    if current.report_approved_at:
        return
    current.report_approved_at, current.report_approved_by = timezone.now(), by
    current.save(update_fields=["report_approved_at", "report_approved_by"])
    AuditEvent.record("grants.report_approved", current, by=by)


@transaction.atomic
def take_back_approval(grant: Grant, *, by) -> None:
    current = Grant.objects.select_for_update().get(pk=grant.pk)
    if current.report_approved_at:
        current.report_approved_at, current.report_approved_by = None, None
        current.save(update_fields=["report_approved_at", "report_approved_by"])
        AuditEvent.record("grants.approval_taken_back", current, by=by)


@transaction.atomic
def return_report(grant: Grant, *, text: str, by) -> None:
    """Back to the participant with what is missing; what they wrote stays."""
    current = Grant.objects.select_for_update(of=("self",)).select_related("participation__programme").get(pk=grant.pk)
    if current.reported_at is None or current.report_approved_at:
        raise NotPossible(_("Only a report that is handed in and not approved can be returned."))
    written_by = current.reported_by
    current.reported_at, current.reported_by = None, None
    current.report_returned_at, current.report_return_text = timezone.now(), text
    current.version += 1
    current.save(update_fields=["reported_at", "reported_by", "report_returned_at", "report_return_text", "version"])
    AuditEvent.record("grants.report_returned", current, by=by)
    for user in {one.pk: one for one in [written_by, *leaders_of(current.participation)] if one}.values():
        write(
            f"grant_report_returned:{current.pk}:{current.version}:{user.pk}",
            to=user,
            template="programmes/email/grant_report_returned.txt",
            context={"grant": current, "text": text, "adviser": by},
            about=current,
            reply_to=by.email,
            by=by,
        )


@transaction.atomic
def letter_sent(grant: Grant, *, at=None) -> None:
    """The correspondence tells that the letter has gone; the first time is what counts."""
    if Grant.objects.filter(pk=grant.pk, letter_sent_at__isnull=True).update(letter_sent_at=at or timezone.now()):
        AuditEvent.record("grants.letter_sent", grant)


def leaders_of(participation: Participation):
    """The project leaders of today, who answer for the participant."""
    mine = RoleAssignment.objects.valid_on(timezone.localdate()).filter(role=Role.PROJECT_LEADER, user__is_active=True)
    place = {"municipality": participation.municipality_id} if participation.municipality_id else {}
    place = place or {"organisation": participation.organisation_id}
    return [one.user for one in mine.filter(**place).select_related("user")]


def _locked(grant: Grant, seen_version: int) -> Grant:
    current = Grant.objects.select_for_update(of=("self",)).select_related("participation").get(pk=grant.pk)
    if current.version != seen_version:
        raise ChangedMeanwhile(current)
    return current


def _check_report_open(grant: Grant) -> None:
    if grant.withdrawn_at:
        raise NotPossible(_("The grant is withdrawn."))
    if grant.reported_at:
        raise NotPossible(_("The report is handed in. Ask your adviser to return it before you change it."))


def _check_sums(grants: dict[int, Grant], lines: list[PaymentLine]) -> None:
    """More than the grant never goes out, and more than went out never comes back."""
    sums: dict[int, Decimal] = {pk: Decimal(0) for pk in grants}
    for pk, amount in Payment.objects.filter(grant__in=grants).values_list("grant_id", "amount_nok"):
        sums[pk] += amount
    for one in lines:
        sums[one.grant.pk] += one.amount_nok
    for pk, total in sums.items():
        grant = grants[pk]
        if total > grant.amount_nok:
            text = _("%(name)s: more would be paid than the grant of %(amount)s. Nothing is recorded.")
            raise NotPossible(text % {"name": grant.participation, "amount": kroner(grant.amount_nok)})
        if total < 0:
            text = _("%(name)s: more would be paid back than was paid out. Nothing is recorded.")
            raise NotPossible(text % {"name": grant.participation})
