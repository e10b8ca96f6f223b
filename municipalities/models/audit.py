"""Who changed what: every action writes one event in its own transaction."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..events import WORDS


class AuditEvent(models.Model):
    at = models.DateTimeField(_("time"), default=timezone.now, db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="audit_events", verbose_name=_("person")
    )
    action = models.CharField(_("action"), max_length=60)
    subject = models.CharField(_("subject"), max_length=80, db_index=True, help_text="app.model:id")
    subject_text = models.CharField(_("what"), max_length=200)
    detail = models.JSONField(_("details"), default=dict, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("event"), _("events")
        ordering = ["-at", "-pk"]

    @property
    def words(self) -> str:
        return WORDS.get(self.action, self.action)

    @classmethod
    def record(cls, action: str, subject: models.Model, *, by=None, **detail) -> "AuditEvent":
        """Write the event; call it inside the action's transaction. ``by`` is None for the portal itself."""
        return cls.objects.create(
            by=by if by is not None and by.is_authenticated else None,
            action=action,
            subject=f"{subject._meta.label_lower}:{subject.pk}",
            subject_text=str(subject)[:200],
            detail=detail,
        )
