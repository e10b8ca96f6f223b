"""What happened to a participation: dated, with a reason, recorded by somebody, and undone rather than erased."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from municipalities.models import Municipality, User

from .admission import Application
from .committees import AgendaItem
from .participation import Participation
from .programme import Cohort


class EventQuerySet(models.QuerySet):
    def untold(self):
        """Admissions that stand, and that the applicant has not been told of."""
        admitted = {"undone_at__isnull": True, "application__state": Application.State.ADMITTED}
        return self.filter(kind="admitted", application__told_at__isnull=True, **admitted)


class ParticipationEvent(models.Model):
    """``before`` is what the event changed, as it was: what an undo puts back. The public sees no reasons."""

    class Kind(models.TextChoices):
        ADMITTED = "admitted", pgettext_lazy("participation", "admitted")
        LATE_ENTRY = "late_entry", _("late entry")
        MOVED = "moved", _("moved to another cohort")
        WITHDRAWN = "withdrawn", pgettext_lazy("participation", "withdrawn")
        CAME_BACK = "came_back", _("withdrawal taken back")
        SUCCEEDED = "succeeded", _("carried on by the new municipality")
        MERGED = "merged", _("merged with another participant")

    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="events", verbose_name=_("participant")
    )
    kind = models.CharField(_("event"), max_length=12, choices=Kind)
    happened_on = models.DateField(_("date"))
    reason = models.TextField(_("reason"), blank=True)
    cohort_from = models.ForeignKey(
        Cohort, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("from cohort")
    )
    cohort_to = models.ForeignKey(
        Cohort, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("to cohort")
    )
    other = models.ForeignKey(
        Participation, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("other participant")
    )
    municipality_before = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("municipality before")
    )
    municipality_after = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("municipality after")
    )
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="participation_events", verbose_name=_("case")
    )
    application = models.ForeignKey(
        Application,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="participation_events",
        verbose_name=_("application"),
    )
    before = models.JSONField(default=dict, blank=True)
    recorded_at = models.DateTimeField(_("recorded"), default=timezone.now)
    recorded_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("event of a participation"), _("events of participations")
        ordering = ["participation", "happened_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "application", "item"],
                condition=Q(undone_at__isnull=True, application__isnull=False, item__isnull=False),
                name="admitted_once_by_a_case",
            )
        ]

    def __str__(self):
        return f"{self.participation}: {self.get_kind_display()} {self.happened_on}"
