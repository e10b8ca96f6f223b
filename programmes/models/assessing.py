"""How applications are assessed: criteria, and each adviser's assessment with its scores."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from municipalities.models import User
from municipalities.words import TextsField, in_language

from .admission import Application
from .admission_rounds import AdmissionRound


class Criterion(models.Model):
    """What applications to a round are assessed by."""

    round = models.ForeignKey(AdmissionRound, models.CASCADE, related_name="criteria", verbose_name=_("round"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    name = TextsField(_("criterion"))
    guidance = TextsField(_("guidance"))

    class Meta:
        verbose_name, verbose_name_plural = _("criterion"), _("criteria")
        ordering = ["round", "position", "pk"]

    def __str__(self):
        return in_language(self.name)

    @property
    def name_text(self) -> str:
        return in_language(self.name)

    @property
    def guidance_text(self) -> str:
        return in_language(self.guidance)


class Assessment(models.Model):
    """One adviser's assessment of one application; the others' are seen when one's own is handed in."""

    class Advice(models.TextChoices):
        ADMIT = "admit", _("admit")
        DECLINE = "decline", _("decline")
        UNSURE = "unsure", _("unsure")

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="assessments", verbose_name=_("application")
    )
    adviser = models.ForeignKey(User, models.PROTECT, related_name="assessments", verbose_name=_("adviser"))
    advice = models.CharField(_("advice"), max_length=8, choices=Advice, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    begun_at = models.DateTimeField(_("begun"), default=timezone.now)
    handed_in_at = models.DateTimeField(_("handed in"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("assessment"), _("assessments")
        ordering = ["application", "begun_at"]
        constraints = [models.UniqueConstraint(fields=["application", "adviser"], name="assessment_once")]


class Score(models.Model):
    """1 (weakest) to 6 (strongest) on one criterion; None while only the comment is written."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="scores", verbose_name=_("assessment"))
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="scores", verbose_name=_("criterion"))
    value = models.PositiveSmallIntegerField(
        _("score"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(6)]
    )
    comment = models.TextField(_("comment"), blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("score"), _("scores")
        ordering = ["assessment", "criterion__position"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "criterion"], name="score_once"),
            models.CheckConstraint(condition=Q(value__gte=1, value__lte=6), name="score_one_to_six"),
        ]
