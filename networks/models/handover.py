"""A post in a network changes hands: who left, who took over and when, and what the one tells the other."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from municipalities.models import User
from municipalities.permissions import may

from .network import Network, NetworkPost
from .visit import Visit


class HandoverQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The secretariat, and the two it concerns."""
        if may(user, "networks.edit"):
            return self
        if not may(user, "networks.view"):
            return self.none()
        return self.filter(Q(leaver=user) | Q(successor=user))

    def editable_by(self, user):
        return self if may(user, "networks.edit") else self.none()

    def without_successor(self):
        return self.filter(successor__isnull=True)

    def unread(self):
        return self.filter(successor__isnull=False, read_at__isnull=True)


class Handover(models.Model):
    """``handed_on`` is the successor's first day, the day after the leaver's last.

    Open tasks are owned by the post and follow it by themselves; planned visits that the leaver was to make are given
    to the successor and listed in ``visits``. Without a successor the post stands empty until somebody is appointed.
    """

    network = models.ForeignKey(Network, models.CASCADE, related_name="handovers", verbose_name=_("network"))
    kind = models.CharField(_("post"), max_length=10, choices=NetworkPost.Kind)
    leaver = models.ForeignKey(User, models.CASCADE, related_name="handovers_given", verbose_name=_("leaves"))
    successor = models.ForeignKey(
        User, models.CASCADE, null=True, blank=True, related_name="handovers_taken", verbose_name=_("takes over")
    )
    handed_on = models.DateField(_("from"))
    reason = models.TextField(_("reason"), blank=True)
    note = models.TextField(_("handover note"), blank=True)
    note_at = models.DateTimeField(_("note written"), null=True, blank=True)
    note_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    visits = models.ManyToManyField(Visit, related_name="handovers", blank=True, verbose_name=_("visits"))
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    handed_at = models.DateTimeField(_("recorded"), default=timezone.now)
    handed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("handover"), _("handovers")
        ordering = ["-handed_on", "-pk"]

    def __str__(self):
        return f"{self.network}: {self.leaver} → {self.successor or '–'}"
