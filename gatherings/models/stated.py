"""What sources say about gatherings; it stands beside what the records give, and both are shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from municipalities.words import TextsField, in_language
from programmes.models import Cohort, Programme

from .gathering import Gathering


class StatedGatheringCount(models.Model):
    """A number of gatherings, or of meetings, as a source gives it; a range has ``count_to``."""

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="stated_gathering_counts", verbose_name=_("programme")
    )
    cohort = models.ForeignKey(
        Cohort, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("cohort")
    )
    item = models.SlugField(_("what is counted"), max_length=80)
    kind = models.CharField(_("kind of gathering"), max_length=24, choices=Gathering.Kind, blank=True)
    count = models.PositiveIntegerField(_("count"))
    count_to = models.PositiveIntegerField(_("count, to"), null=True, blank=True)
    qualifier = models.CharField(_("how exact"), max_length=12)
    source = models.CharField(_("source"), max_length=120)
    remark = TextsField(_("remark"))

    class Meta:
        verbose_name, verbose_name_plural = _("stated count of gatherings"), _("stated counts of gatherings")
        ordering = ["programme", "pk"]

    def __str__(self):
        return f"{self.item} {self.number}"

    @property
    def number(self) -> str:
        return f"{self.count}–{self.count_to}" if self.count_to else str(self.count)

    @property
    def remark_text(self) -> str:
        return in_language(self.remark)


class StatedAttendance(models.Model):
    """How many came to a conference, as a source gives it; ``gathering`` is empty where it speaks of several."""

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="stated_attendances", verbose_name=_("programme")
    )
    gathering = models.ForeignKey(
        Gathering,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="stated_attendances",
        verbose_name=_("gathering"),
    )
    name = models.CharField(_("name"), max_length=160)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    place = models.CharField(_("place"), max_length=120, blank=True)
    participants_count = models.PositiveIntegerField(_("people"), null=True, blank=True)
    qualifier = models.CharField(_("how exact"), max_length=12, blank=True)
    municipalities_count = models.PositiveIntegerField(_("municipalities"), null=True, blank=True)
    met_expectations_percent = models.DecimalField(
        _("expectations met (per cent)"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    parallel_sessions_count = models.PositiveSmallIntegerField(_("parallel sessions"), null=True, blank=True)
    paid_per_participant = models.PositiveSmallIntegerField(_("paid for each participant"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=160)
    remark = TextsField(_("remark"))

    class Meta:
        verbose_name, verbose_name_plural = _("stated attendance"), _("stated attendances")
        ordering = ["programme", "starts_on", "pk"]

    def __str__(self):
        return self.name

    @property
    def remark_text(self) -> str:
        return in_language(self.remark)
