"""The contact log: calls, e-mail, meetings. It is the secretariat's own and is not shown to municipalities."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from municipalities.models import User
from municipalities.permissions import may
from programmes.models import Participation

from .reach import led_participations, sees_all


class ContactQuerySet(models.QuerySet):
    def visible_to(self, user):
        if not may(user, "follow_up.edit"):
            return self.none()
        return self if sees_all(user) else self.filter(participation__in=led_participations(user))

    def editable_by(self, user):
        """Who wrote a line may take it away again."""
        return self.visible_to(user).filter(who=user)


class Contact(models.Model):
    class Kind(models.TextChoices):
        CALL = "call", _("call")
        EMAIL = "email", _("e-mail")
        MEETING = "meeting", _("meeting")
        OTHER = "other", _("other contact")

    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="contacts", verbose_name=_("participant")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.CALL)
    at = models.DateTimeField(_("time"), default=timezone.now)
    who = models.ForeignKey(User, models.SET_NULL, null=True, related_name="contacts", verbose_name=_("who"))
    with_whom = models.CharField(_("with whom"), max_length=120, blank=True)
    text = models.TextField(_("what it was about"))

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("contact"), _("contacts")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["participation", "at"], name="contact_of_participant")]

    def __str__(self):
        return f"{self.participation}: {self.get_kind_display()}"
