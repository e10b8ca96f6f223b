"""What a gathering consists of: sessions, those who speak, and what is handed out."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from municipalities.permissions import may
from municipalities.words import TextsField, in_language

from .gathering import Gathering
from .registration import Registration


class Session(models.Model):
    class Kind(models.TextChoices):
        PLENARY = "plenary", pgettext_lazy("session", "plenary")
        PARALLEL = "parallel", pgettext_lazy("session", "parallel session")
        BREAK = "break", pgettext_lazy("session", "break or meal")

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="sessions", verbose_name=_("gathering"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PLENARY)
    held_on = models.DateField(_("day"))
    starts_time = models.TimeField(_("begins at"))
    ends_time = models.TimeField(_("ends at"), null=True, blank=True)
    track = models.CharField(_("track"), max_length=60, blank=True)
    room = models.CharField(_("room"), max_length=80, blank=True)
    title = TextsField(_("title"))
    text = TextsField(_("text"))
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("session"), _("sessions")
        ordering = ["held_on", "starts_time", "track", "pk"]

    def __str__(self):
        return in_language(self.title)

    @property
    def title_text(self) -> str:
        return in_language(self.title)

    @property
    def body_text(self) -> str:
        return in_language(self.text)


class SessionChoice(models.Model):
    """A person's place in a parallel session."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="choices", verbose_name=_("session"))
    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="choices", verbose_name=_("registration")
    )

    class Meta:
        verbose_name, verbose_name_plural = _("choice of session"), _("choices of sessions")
        constraints = [models.UniqueConstraint(fields=["session", "registration"], name="session_chosen_once")]


class Speaker(models.Model):
    session = models.ForeignKey(Session, models.CASCADE, related_name="speakers", verbose_name=_("session"))
    name = models.CharField(_("name"), max_length=100)
    affiliation = models.CharField(_("title and workplace"), max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name, verbose_name_plural = _("speaker"), _("speakers")
        ordering = ["session", "position", "pk"]

    def __str__(self):
        return self.name


class MaterialQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What is public to all; the rest to the secretariat and to those who have a place there."""
        if may(user, "gatherings.view_all"):
            return self
        public = Q(is_public=True)
        if user.is_authenticated:
            public |= Q(gathering__in=Registration.objects.seated().visible_to(user).values("gathering"))
        return self.filter(public, gathering__in=Gathering.objects.visible_to(user))


class Material(models.Model):
    """A file or a link; public, or for those who come."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="materials", verbose_name=_("gathering"))
    session = models.ForeignKey(
        Session, models.SET_NULL, null=True, blank=True, related_name="materials", verbose_name=_("session")
    )
    title = models.CharField(_("title"), max_length=160)
    file = models.FileField(_("file"), upload_to="gatherings/materials/", blank=True)
    url = models.URLField(_("link"), blank=True)
    is_public = models.BooleanField(_("public"), default=False)
    added_at = models.DateTimeField(_("added"), default=timezone.now)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("material"), _("materials")
        ordering = ["gathering", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(file="") ^ ~Q(url=""), name="material_is_file_or_link")]

    def __str__(self):
        return self.title
