"""Rounds of admission: what is invited to, who is invited, who may be late."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from municipalities.models import Municipality, Organisation, User
from municipalities.permissions import may
from municipalities.words import TextsField, in_language

from .programme import Cohort, Programme


class AdmissionRoundQuerySet(models.QuerySet):
    def announced(self):
        return self.filter(announced_at__isnull=False)

    def visible_to(self, user):
        """Announced rounds of programmes that one may see; the secretariat sees also those in preparation."""
        found = self.filter(programme__in=Programme.objects.visible_to(user))
        return found if may(user, "admission.view") else found.announced()

    def editable_by(self, user):
        return self if may(user, "admission.edit") else self.none()


class AdmissionRound(models.Model):
    """An invitation to apply for one cohort. Opening and closing are instants; people set them in Norwegian time.

    ``focus_areas`` and ``themes`` are lists of ``{"slug": …, "nb": …, "nn": …, "en": …}``.
    """

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="admission_rounds", verbose_name=_("programme")
    )
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="admission_rounds", verbose_name=_("cohort"))
    slug = models.SlugField(_("slug"))
    title = TextsField(_("title"))
    invitation = TextsField(_("invitation"))
    focus_areas = models.JSONField(_("focus areas"), default=list, blank=True)
    themes = models.JSONField(_("themes"), default=list, blank=True)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    decision_planned_on = models.DateField(_("decision planned"), null=True, blank=True)
    begins_on = models.DateField(_("participation begins"), null=True, blank=True)
    places_count = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)
    is_open_to_all = models.BooleanField(_("open to all"), default=True)
    assessors_required = models.PositiveSmallIntegerField(_("advisers who assess each application"), default=2)
    announced_at = models.DateTimeField(_("announced"), null=True, blank=True)
    announced_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = AdmissionRoundQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("admission round"), _("admission rounds")
        ordering = ["programme", "-opens_at"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "slug"], name="admission_round_once"),
            models.CheckConstraint(condition=Q(closes_at__gt=models.F("opens_at")), name="admission_round_in_order"),
        ]

    def __str__(self):
        return self.title_text or self.slug

    @property
    def title_text(self) -> str:
        return in_language(self.title)

    @property
    def invitation_text(self) -> str:
        return in_language(self.invitation)

    def is_open_at(self, instant) -> bool:
        """From the opening until, not including, the instant of closing."""
        return self.announced_at is not None and self.opens_at <= instant < self.closes_at


class RoundInvitation(models.Model):
    """One that is invited to apply: a municipality or an organisation, and to whom the letter goes."""

    round = models.ForeignKey(AdmissionRound, models.CASCADE, related_name="invitations", verbose_name=_("round"))
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("municipality")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    email = models.EmailField(_("e-mail"), blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("invited to apply"), _("invited to apply")
        constraints = [
            models.CheckConstraint(
                condition=Q(municipality__isnull=True) ^ Q(organisation__isnull=True), name="round_invitation_of_one"
            ),
            models.UniqueConstraint(fields=["round", "municipality"], name="round_municipality_once"),
            models.UniqueConstraint(fields=["round", "organisation"], name="round_organisation_once"),
        ]

    @property
    def place(self) -> Municipality | Organisation:
        return self.municipality or self.organisation


class LateExtension(models.Model):
    """An adviser's leave for one applicant to send in after the round has closed."""

    round = models.ForeignKey(AdmissionRound, models.CASCADE, related_name="extensions", verbose_name=_("round"))
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("municipality")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    until = models.DateTimeField(_("until"))
    reason = models.CharField(_("reason"), max_length=200)
    given_at = models.DateTimeField(_("given"), default=timezone.now)
    given_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("late extension"), _("late extensions")
        constraints = [
            models.CheckConstraint(
                condition=Q(municipality__isnull=True) ^ Q(organisation__isnull=True), name="extension_of_one"
            )
        ]
