"""Yearly grants to participants: the letter, what was paid, what was reported."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from municipalities.models import User
from municipalities.permissions import may

from .participation import Participation


class GrantQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The secretariat's all; to others those of their own municipality once the letter is sent."""
        if not may(user, "grants.view"):
            return self.none()
        if may(user, "grants.view_all"):
            return self
        return self.of(user)

    def reportable_by(self, user):
        """Those whose report the person may write: of their own municipality or organisation."""
        return self.of(user) if may(user, "admission.apply") else self.none()

    def of(self, user):
        roles = user.current_roles
        mine = Q(participation__municipality__in=[one.municipality_id for one in roles if one.municipality_id]) | Q(
            participation__organisation__in=[one.organisation_id for one in roles if one.organisation_id]
        )
        return self.filter(mine, letter_sent_at__isnull=False)

    def editable_by(self, user):
        return self if may(user, "grants.edit") else self.none()


class Grant(models.Model):
    """One participant's grant for one year. What is outstanding is reckoned, never stored."""

    participation = models.ForeignKey(
        Participation, models.PROTECT, related_name="grants", verbose_name=_("participant")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    amount_nok = models.DecimalField(_("amount, NOK"), max_digits=12, decimal_places=2)
    purpose = models.CharField(_("purpose"), max_length=200, blank=True)
    conditions = models.TextField(_("conditions"), blank=True, help_text=_("Markdown."))
    reporting_due_on = models.DateField(_("report due"), null=True, blank=True)
    account_reference = models.CharField(_("reference in the accounts"), max_length=60, blank=True)
    letter_sent_at = models.DateTimeField(_("letter sent"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    reported_at = models.DateTimeField(_("reported"), null=True, blank=True)
    reported_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    used_nok = models.DecimalField(_("used, NOK"), max_digits=12, decimal_places=2, null=True, blank=True)
    report_text = models.TextField(_("report"), blank=True)
    report_returned_at = models.DateTimeField(_("report returned"), null=True, blank=True)
    report_return_text = models.TextField(_("why the report was returned"), blank=True)
    report_approved_at = models.DateTimeField(_("report approved"), null=True, blank=True)
    report_approved_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawal_reason = models.CharField(_("reason"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("grant"), _("grants")
        ordering = ["-year", "participation__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "year", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
                name="grant_once",
            ),
            models.CheckConstraint(condition=Q(amount_nok__gt=0), name="grant_of_something"),
        ]

    def __str__(self):
        return f"{self.participation} {self.year}"


class Payment(models.Model):
    """Money that went out, or came back (a negative amount)."""

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="payments", verbose_name=_("grant"))
    amount_nok = models.DecimalField(_("amount, NOK"), max_digits=12, decimal_places=2)
    paid_on = models.DateField(_("paid"))
    reference = models.CharField(_("reference"), max_length=60, blank=True)
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("payment"), _("payments")
        ordering = ["grant", "paid_on"]
        constraints = [models.CheckConstraint(condition=~Q(amount_nok=0), name="payment_of_something")]
