"""Evaluations of which only the printed means are left: shown as published, never reckoned with."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from municipalities.words import TextsField, in_language
from programmes.models import Cohort, Programme

from .gathering import Gathering


class PublishedEvaluation(models.Model):
    """One printed value. ``value`` is empty where the print cannot be read; that is missing, not zero."""

    class Measure(models.TextChoices):
        MET_EXPECTATIONS = "met_expectations_yes", _("expectations met, yes (per cent)")
        RELEVANCE = "relevant_theme_mean", _("relevant themes (mean)")
        NEW_KNOWLEDGE = "new_knowledge_mean", _("new knowledge (mean)")
        RELEVANCE_GOOD = "relevant_theme_4_or_better", _("relevant themes, 4 or better (per cent)")
        NEW_KNOWLEDGE_GOOD = "new_knowledge_4_or_better", _("new knowledge, 4 or better (per cent)")
        COURSE_ITEM = "course_item", _("question of a course evaluation (mean)")
        COURSE_MEAN = "course_mean", _("course evaluations in all (mean)")

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="published_evaluations", verbose_name=_("programme")
    )
    gathering = models.ForeignKey(
        Gathering,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="published_evaluations",
        verbose_name=_("gathering"),
    )
    item = models.SlugField(_("what was evaluated"), max_length=80)
    kind = models.CharField(_("kind of gathering"), max_length=24, choices=Gathering.Kind, blank=True)
    label = TextsField(_("name"))
    cohort = models.ForeignKey(
        Cohort, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("cohort")
    )
    cohort_printed = models.CharField(_("cohort as printed"), max_length=20, blank=True)
    month = models.DateField(_("month, as its first day"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(_("year of the report"))
    measure = models.CharField(_("measure"), max_length=30, choices=Measure)
    value = models.DecimalField(_("value"), max_digits=4, decimal_places=1, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=10)
    scale_min = models.PositiveSmallIntegerField(_("scale, from"), null=True, blank=True)
    scale_max = models.PositiveSmallIntegerField(_("scale, to"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=120)
    remark = TextsField(_("remark"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name, verbose_name_plural = _("published mean"), _("published means")
        ordering = ["programme", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["programme", "item", "measure"], name="published_value_once")]

    def __str__(self):
        return f"{in_language(self.label)}: {self.get_measure_display()}"

    @property
    def label_text(self) -> str:
        return in_language(self.label)

    @property
    def remark_text(self) -> str:
        return in_language(self.remark)
