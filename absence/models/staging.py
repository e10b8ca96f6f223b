"""What a file says before it is let through, and what makes us doubt it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from municipalities.permissions import may

from ..calculations.columns import percent
from ..calculations.packed import unpacked
from .batches import ImportBatch
from .dimensions import Numbers, Periodic, Slice, unlinked_municipality


class StagedFigure(Slice, Periodic, Numbers):
    """A figure of an import that is asked for by itself, at its place in the file; ``held`` while something blocks it.

    Those are the held ones, and periods of several quarters; all others of the import are in its `StagedBlock`s. A row
    is gone once it has become a figure; what is left waits for an answer, or was left out.
    """

    pk = models.CompositePrimaryKey("batch_id", "position")
    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="staged", db_index=False, db_constraint=False)
    position = models.PositiveIntegerField()
    municipality = unlinked_municipality()
    row = models.PositiveIntegerField(_("row"))
    column = models.CharField(_("column"), max_length=4)
    held = models.BooleanField(_("held"), default=False)
    correction = models.JSONField(_("correction"), null=True, help_text=_("what the file said, the reason, and who"))

    class Meta:
        verbose_name, verbose_name_plural = _("figure read"), _("figures read")
        indexes = [models.Index(fields=["batch"], condition=Q(held=True), name="absence_staged_held")]


class StagedBlock(models.Model):
    """Quarters of an import that nothing holds, packed: they are released together, and until then seldom looked at.

    As rows they would be written, indexed, copied and removed one by one, which takes a third of an import's time.
    """

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="blocks", verbose_name=_("import"))
    count = models.PositiveIntegerField(_("figures"))
    first_quarter = models.PositiveIntegerField(_("first quarter"))
    last_quarter = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        verbose_name, verbose_name_plural = _("figure read"), _("figures read")
        ordering = ["pk"]

    def columns(self) -> dict[str, list]:
        """The fields of a figure by name, but for what the import gives all of them."""
        return unpacked(bytes(self.data))


class SuspicionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if may(user, "absence.decide") else self.none()

    editable_by = visible_to

    def open(self):
        """Those that hold something back and wait for an answer, in imports that are still alive."""
        return self.filter(blocking=True, decision="", batch__state__in=("staged", "released"))


class Suspicion(Slice, Periodic):
    """A doubt about one figure (``position``) or about a whole period of an import (``position`` is empty).

    Blocking ones hold what they are about until a named person has answered with a reason.
    """

    class Decision(models.TextChoices):
        NONE = "", _("undecided")
        ACCEPTED = "accepted", _("accepted")
        CORRECTED = "corrected", _("corrected")
        REJECTED = "rejected", _("left out")

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="suspicions", verbose_name=_("import"))
    position = models.PositiveIntegerField(null=True)
    rule = models.CharField(_("rule"), max_length=20)
    code = models.CharField(max_length=40)
    note_required = models.BooleanField(default=False)
    blocking = models.BooleanField(_("blocking"))
    municipality = unlinked_municipality(null=True)
    value = models.IntegerField(_("value"), null=True, help_text=_("Ten-thousandths of a percent."))
    params = models.JSONField(default=dict, blank=True)

    decision = models.CharField(_("answer"), max_length=10, choices=Decision, default="", blank=True)
    corrected_lost = models.BigIntegerField(null=True)
    corrected_possible = models.BigIntegerField(null=True)
    corrected_rate = models.IntegerField(null=True)
    reason = models.TextField(_("reason"), blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by")
    )

    objects = SuspicionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("suspicion"), _("suspicions")
        ordering = ["-blocking", "rule", "batch", "position", "first_quarter"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True, reason="")
                | (~Q(decision="") & Q(decided_at__isnull=False) & ~Q(reason="")),
                name="absence_decided_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(decision="corrected") | Q(corrected_rate__isnull=False), name="absence_corrected_to"
            ),
        ]
        indexes = [
            models.Index(fields=["batch"], condition=Q(blocking=True, decision=""), name="absence_suspicion_open")
        ]

    def __str__(self):
        return f"{self.rule} {self.municipality or ''} {self.period}"

    @property
    def percent(self):
        return percent(self.value)

    @property
    def corrected_percent(self):
        return percent(self.corrected_rate)
