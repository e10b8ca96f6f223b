"""Who takes part, from when to when; nothing is overwritten, a move is a new dated row."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from municipalities.models import Municipality, Organisation
from municipalities.permissions import may

from .programme import Cohort, Programme


class ParticipationQuerySet(models.QuerySet):
    def active_on(self, day):
        """Those that had begun, not withdrawn and not become a part of another participant.

        An unknown beginning counts from the programme's start.
        """
        return self.filter(
            Q(starts_on__isnull=True, programme__starts_on__lte=day) | Q(starts_on__lte=day),
            Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day),
            Q(merged_on__isnull=True) | Q(merged_on__gt=day),
        )

    def visible_to(self, user):
        """Who takes part in a public programme is public, once the applicant has been told.

        A decision makes its participants at once, so that the secretariat can place them in networks and write grants.
        Nobody outside shall read in the list of participants, which is open to all, what the letter is yet to say; so
        until then they are the secretariat's alone. Counts are of all there are: a number names nobody.
        """
        found = self.filter(programme__in=Programme.objects.visible_to(user))
        return found if may(user, "admission.view") else found.told()

    def told(self):
        """Without those that only a decision has made, of which the applicant does not know."""
        # The events are a module above; it is known here by the name it gave the relation.
        events = self.model._meta.get_field("events").related_model.objects
        return self.exclude(pk__in=events.untold().filter(before__created=True).values("participation"))

    def editable_by(self, user):
        return self if may(user, "programmes.edit") else self.none()


class Participation(models.Model):
    """One municipality, or one organisation, in one programme.

    Neither is set where the source does not tell which of several it is: ``candidate_numbers`` then lists them.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="participations", verbose_name=_("programme"))
    slug = models.SlugField(_("slug"))
    name = models.CharField(_("name"), max_length=100)
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="participations",
        verbose_name=_("municipality"),
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="participations",
        verbose_name=_("organisation"),
    )
    candidate_numbers = models.JSONField(_("possible municipality numbers"), default=list, blank=True)
    starts_on = models.DateField(_("start"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn"), null=True, blank=True)
    withdrawal_reason = models.TextField(_("reason for withdrawal"), blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_from", verbose_name=_("merged into")
    )
    merged_on = models.DateField(_("merged"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("participant"), _("participants")
        ordering = ["programme", "name"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "slug"], name="participation_once"),
            models.CheckConstraint(
                condition=Q(municipality__isnull=True) | Q(organisation__isnull=True), name="participation_of_one"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True, merged_on__isnull=True)
                | Q(merged_into__isnull=False, merged_on__isnull=False),
                name="participation_merged_whole",
            ),
        ]

    def __str__(self):
        return self.name


class CohortMembership(models.Model):
    """A participant's time in a cohort. A participant can stand in two cohorts at once, as one source prints."""

    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="cohort_memberships", verbose_name=_("participant")
    )
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="memberships", verbose_name=_("cohort"))
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True, help_text=_("The last day."))
    is_certain = models.BooleanField(_("certain"), default=True)
    reason = models.TextField(_("reason"), blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("time in a cohort"), _("times in cohorts")
        ordering = ["cohort", "participation"]
        constraints = [
            models.UniqueConstraint(fields=["participation", "cohort", "starts_on"], name="cohort_membership_once")
        ]
