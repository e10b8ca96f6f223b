"""Who comes. The number in the line decides who gets a place and whom the programme pays for."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from municipalities.permissions import may
from programmes.models import Participation

from ..calculations.delegation import MANAGEMENT, OTHER, POLITICIANS, PROJECT_LEADER, UNIONS, Sent
from .gathering import Gathering, own_participations

# Without the letters and digits that are taken for one another when read aloud at the door.
CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 8


def new_code() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _letter in range(CODE_LENGTH))


class RegistrationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The secretariat's all, a door's own gatherings, one's own municipality's, and one's own."""
        if may(user, "gatherings.view_all"):
            return self
        if not user.is_authenticated:
            return self.none()
        own = Q(user=user)
        if may(user, "gatherings.register"):
            own |= Q(participation__in=own_participations(user))
        if may(user, "gatherings.take_attendance"):
            own |= Q(gathering__in=Gathering.objects.attendance_taken_by(user))
        return self.filter(own)

    def editable_by(self, user):
        """The secretariat's all, else those of the municipalities one answers for."""
        if not may(user, "gatherings.register"):
            return self.none()
        return self if may(user, "gatherings.view_all") else self.filter(participation__in=own_participations(user))

    def live(self):
        return self.exclude(state=Registration.State.CANCELLED)

    def seated(self):
        return self.filter(state=Registration.State.REGISTERED)

    def waiting(self):
        return self.filter(state=Registration.State.WAITING)

    def present(self):
        return self.seated().filter(attended_at__isnull=False)


class Registration(models.Model):
    class State(models.TextChoices):
        REGISTERED = "registered", pgettext_lazy("registration", "registered")
        WAITING = "waiting", pgettext_lazy("registration", "on the waiting list")
        CANCELLED = "cancelled", pgettext_lazy("registration", "cancelled")

    class Delegate(models.TextChoices):
        POLITICIANS = POLITICIANS, pgettext_lazy("delegate", "politician")
        MANAGEMENT = MANAGEMENT, pgettext_lazy("delegate", "manager")
        UNIONS = UNIONS, pgettext_lazy("delegate", "union representative")
        PROJECT_LEADER = PROJECT_LEADER, pgettext_lazy("delegate", "project leader")
        OTHER = OTHER, pgettext_lazy("delegate", "other")

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="registrations", verbose_name=_("gathering"))
    participation = models.ForeignKey(
        Participation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name=_("participant"),
        help_text=_("Empty for guests."),
    )
    number = models.PositiveIntegerField(_("number in the line"))
    name = models.CharField(_("name"), max_length=100)
    email = models.EmailField(_("e-mail"), blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name=_("account"),
    )
    delegate = models.CharField(_("comes as"), max_length=16, choices=Delegate)
    needs = models.CharField(_("diet and needs"), max_length=300, blank=True)
    state = models.CharField(_("status"), max_length=10, choices=State, default=State.REGISTERED)
    code = models.CharField(_("code"), max_length=CODE_LENGTH, unique=True, default=new_code, editable=False)
    registered_at = models.DateTimeField(_("registered"), default=timezone.now)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("registered by"),
    )
    seated_at = models.DateTimeField(_("got a place"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    attended_at = models.DateTimeField(_("came"), null=True, blank=True)
    attended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("let in by")
    )
    cleaned_at = models.DateTimeField(_("personal data deleted"), null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("registration"), _("registrations")
        ordering = ["gathering", "number"]
        constraints = [
            models.UniqueConstraint(fields=["gathering", "number"], name="registration_number_once"),
            models.UniqueConstraint(
                "gathering",
                Lower("email"),
                Lower("name"),
                condition=~Q(state="cancelled") & ~Q(email=""),
                name="person_registered_once",
            ),
            models.CheckConstraint(
                condition=Q(attended_at__isnull=True) | Q(state="registered"), name="only_seated_attend"
            ),
        ]
        indexes = [models.Index(fields=["gathering", "state", "number"], name="registration_line")]

    def __str__(self):
        return f"{self.name}, {self.gathering}"

    @property
    def is_present(self) -> bool:
        return self.attended_at is not None

    @property
    def sent(self) -> Sent:
        return Sent(self.pk, self.participation_id, self.delegate)
