"""What is sent and printed for a gathering."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .gathering import Gathering


class GatheringMail(models.Model):
    """A letter to those of a gathering who fit the audience at the moment it was sent."""

    class Audience(models.TextChoices):
        ALL = "all", pgettext_lazy("audience", "all")
        REGISTERED = "registered", pgettext_lazy("audience", "registered")
        WAITING = "waiting", pgettext_lazy("audience", "on the waiting list")
        PRESENT = "present", pgettext_lazy("audience", "present")
        ABSENT = "absent", pgettext_lazy("audience", "registered who did not come")

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="mails", verbose_name=_("gathering"))
    audience = models.CharField(_("to"), max_length=10, choices=Audience)
    subject = models.CharField(_("subject"), max_length=160)
    body = models.TextField(_("text"))
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("written by")
    )
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    recipients_count = models.PositiveIntegerField(_("recipients"), default=0)

    class Meta:
        verbose_name, verbose_name_plural = _("letter to a gathering"), _("letters to gatherings")
        ordering = ["-written_at", "-pk"]

    def __str__(self):
        return self.subject


class GatheringPaper(models.Model):
    """A participant list or badges, as a PDF made by a job."""

    class Kind(models.TextChoices):
        LIST = "list", _("participant list")
        BADGES = "badges", _("badges")

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="papers", verbose_name=_("gathering"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    file = models.FileField(_("file"), upload_to="gatherings/papers/")
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("paper of a gathering"), _("papers of gatherings")
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.gathering}"
