"""Learning networks: who belongs to them, and who looks after them, from when to when."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from municipalities.models import User
from municipalities.permissions import may
from programmes.models import Cohort, Participation, Programme

from ..themes import theme_label


class NetworkQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The secretariat's all; a leader's own; those of one's own municipality."""
        if not may(user, "networks.view"):
            return self.none()
        if may(user, "networks.view_all"):
            return self
        today = timezone.localdate()
        led = Q(posts__in=NetworkPost.objects.valid_on(today).filter(user=user))
        member = Q(memberships__participation__municipality__in=user.own_municipality_ids) | Q(
            memberships__participation__organisation__members__in=user.own_municipality_ids
        )
        return self.filter(led | member).distinct()

    def editable_by(self, user):
        return self if may(user, "networks.edit") else self.none()


class Network(models.Model):
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="networks", verbose_name=_("programme"))
    cohort = models.ForeignKey(
        Cohort, models.SET_NULL, null=True, blank=True, related_name="networks", verbose_name=_("cohort")
    )
    slug = models.SlugField(_("slug"))
    name = models.CharField(_("name"), max_length=120)
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    number_basis = models.CharField(_("how the number is known"), max_length=200, blank=True)
    themes = models.JSONField(_("themes"), default=list, blank=True)
    note = models.TextField(_("note"), blank=True)

    objects = NetworkQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("network"), _("networks")
        ordering = ["programme", "cohort__position", "number", "name"]
        constraints = [models.UniqueConstraint(fields=["programme", "slug"], name="network_once")]

    def __str__(self):
        return self.name

    @property
    def theme_labels(self) -> str:
        return ", ".join(map(theme_label, self.themes))


class NetworkMembershipQuerySet(models.QuerySet):
    def valid_on(self, day):
        return self.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=day), Q(ends_on__isnull=True) | Q(ends_on__gte=day)
        )


class NetworkMembership(models.Model):
    """A participant's time in a network; a participant can be in several.

    ``moved_from`` is the time in another network that ended with the same act; ``reason`` says why this one began,
    ``end_reason`` why it ended.
    """

    network = models.ForeignKey(Network, models.CASCADE, related_name="memberships", verbose_name=_("network"))
    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="network_memberships", verbose_name=_("participant")
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True, help_text=_("The last day."))
    is_certain = models.BooleanField(_("certain"), default=True)
    reason = models.TextField(_("reason"), blank=True)
    end_reason = models.TextField(_("reason for the end"), blank=True)
    moved_from = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, related_name="moved_to", verbose_name=_("moved from")
    )
    note = models.TextField(_("note"), blank=True)

    objects = NetworkMembershipQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("membership of a network"), _("memberships of networks")
        ordering = ["network", "participation__name"]
        constraints = [
            models.UniqueConstraint(fields=["network", "participation", "starts_on"], name="network_membership_once")
        ]

    def __str__(self):
        return f"{self.participation}: {self.network}"

    def holds_on(self, day) -> bool:
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or self.ends_on >= day)


class NetworkPostQuerySet(models.QuerySet):
    def valid_on(self, day):
        return self.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=day), Q(ends_on__isnull=True) | Q(ends_on__gte=day)
        )


class NetworkPost(models.Model):
    """Who looks after a network: its adviser, its leader."""

    class Kind(models.TextChoices):
        ADVISER = "adviser", _("adviser")
        LEADER = "leader", _("network leader")

    network = models.ForeignKey(Network, models.CASCADE, related_name="posts", verbose_name=_("network"))
    user = models.ForeignKey(User, models.CASCADE, related_name="network_posts", verbose_name=_("person"))
    kind = models.CharField(_("post"), max_length=10, choices=Kind)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True, help_text=_("The last day."))

    objects = NetworkPostQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("post in a network"), _("posts in networks")
        ordering = ["network", "kind", "starts_on"]

    def __str__(self):
        return f"{self.user}: {self.network}"

    def holds_on(self, day) -> bool:
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or self.ends_on >= day)
