"""The secretariat's posts by month, and the lines of budget and accounts."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from municipalities.models import User
from municipalities.words import TextsField, in_language

from .programme import Party, Programme


class StaffPost(models.Model):
    """A post in the secretariat; who holds it is a title, not a name, unless the person signs in."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="staff_posts", verbose_name=_("programme"))
    title = models.CharField(_("post"), max_length=120)
    office = models.CharField(_("office"), max_length=120, blank=True)
    employer = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="staff_posts", verbose_name=_("employer")
    )
    user = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="staff_posts", verbose_name=_("person")
    )
    allocation = models.CharField(_("works with"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    source = models.CharField(_("source"), max_length=120, blank=True)
    note = TextsField(_("note"))

    class Meta:
        verbose_name, verbose_name_plural = _("post in the secretariat"), _("posts in the secretariat")
        ordering = ["programme", "position", "title"]

    def __str__(self):
        return self.title

    @property
    def note_text(self) -> str:
        return in_language(self.note)


class StaffPeriod(models.Model):
    """From month to month, how many percent of a full post."""

    post = models.ForeignKey(StaffPost, models.CASCADE, related_name="periods", verbose_name=_("post"))
    starts_on = models.DateField(_("from"), help_text=_("The first day of a month."))
    ends_on = models.DateField(_("to"), null=True, blank=True, help_text=_("The last day of a month."))
    release_percent = models.DecimalField(_("percent of a full post"), max_digits=5, decimal_places=2)

    class Meta:
        verbose_name, verbose_name_plural = _("period of a post"), _("periods of posts")
        ordering = ["post", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(release_percent__gt=0, release_percent__lte=100), name="staff_percent_possible"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="staff_period_in_order",
            ),
        ]


class AccountLine(models.Model):
    """A line of the budget or the accounts of a year. A source may give a span instead of an amount."""

    class Kind(models.TextChoices):
        BUDGET = "budget", _("budget")
        ACCOUNTS = "accounts", _("accounts")

    class Qualifier(models.TextChoices):
        EXACT = "exact", _("exact")
        ESTIMATE = "estimate", _("estimate")
        UP_TO = "up_to", _("up to")
        RANGE = "range", _("range")

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="account_lines", verbose_name=_("programme"))
    year = models.PositiveSmallIntegerField(_("year"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    slug = models.SlugField(_("slug"))
    name = TextsField(_("name"))
    amount_nok = models.DecimalField(_("amount, NOK"), max_digits=14, decimal_places=2, null=True, blank=True)
    smallest_nok = models.DecimalField(_("at least, NOK"), max_digits=14, decimal_places=2, null=True, blank=True)
    largest_nok = models.DecimalField(_("at most, NOK"), max_digits=14, decimal_places=2, null=True, blank=True)
    qualifier = models.CharField(_("qualifier"), max_length=10, choices=Qualifier, default=Qualifier.EXACT)
    is_income = models.BooleanField(_("income"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    source = models.CharField(_("source"), max_length=160, blank=True)
    note = TextsField(_("note"))

    class Meta:
        verbose_name, verbose_name_plural = _("line of budget or accounts"), _("lines of budget and accounts")
        ordering = ["programme", "-year", "position"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "year", "kind", "slug"], name="account_line_once"),
        ]

    def __str__(self):
        return f"{self.name_text} {self.year}"

    @property
    def name_text(self) -> str:
        return in_language(self.name)

    @property
    def note_text(self) -> str:
        return in_language(self.note)
