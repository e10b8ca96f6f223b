"""How much of an activity there was, where sources print a number and no list: it stands beside what is counted."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from municipalities.words import TextsField, in_language
from programmes.models import Programme


class StatedActivity(models.Model):
    """A printed number of one activity (``key``) in a period; ``value`` is None where the source prints none."""

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="stated_activities", verbose_name=_("programme")
    )
    key = models.SlugField(_("activity"), max_length=60)
    item = TextsField(_("name"))
    period_from = models.DateField(_("from"))
    period_to = models.DateField(_("to"))
    value = models.DecimalField(_("value"), max_digits=10, decimal_places=1, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=40)
    qualifier = models.CharField(_("how exact"), max_length=40)
    source = models.CharField(_("source"), max_length=120)
    remark = TextsField(_("remark"))

    class Meta:
        verbose_name, verbose_name_plural = _("stated activity"), _("stated activities")
        ordering = ["programme", "key", "period_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "key", "period_from", "period_to"], name="stated_activity_once"
            )
        ]

    def __str__(self):
        return self.item_text

    @property
    def item_text(self) -> str:
        return in_language(self.item)

    @property
    def remark_text(self) -> str:
        return in_language(self.remark)
