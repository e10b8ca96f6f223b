"""Released figures: append-only. A correction is a new vintage."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from municipalities.models import Municipality
from municipalities.permissions import may

from .batches import ImportBatch, Source
from .dimensions import Numbers, Periodic, Slice, unlinked_municipality


class Release(models.Model):
    """A moment at which figures of an import came through. Reports ask for those newer than themselves."""

    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="releases", verbose_name=_("import"))
    source = models.CharField(_("source"), max_length=4, choices=Source)
    vintage_on = models.DateField(_("vintage"))
    periods = models.JSONField(default=list, help_text=_("[first quarter, quarters] of what came through"))
    figure_count = models.PositiveIntegerField(_("figures"))
    released_at = models.DateTimeField(_("released"), default=timezone.now, db_index=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("released by")
    )

    class Meta:
        verbose_name, verbose_name_plural = _("release"), _("releases")
        ordering = ["-released_at", "-pk"]

    def __str__(self):
        return f"{self.batch} {self.released_at:%Y-%m-%d}"


class NotChangeable(TypeError):
    """Released figures are never changed and never removed."""


class FigureQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Figures of the municipalities a person sees."""
        if not may(user, "absence.view"):
            return self.none()
        if may(user, "absence.view_all"):
            return self
        return self.filter(municipality__in=Municipality.objects.visible_to(user))

    def _refuse(self, *args, **kwargs):
        raise NotChangeable("figures are append-only: import a new vintage")

    update = delete = _raw_delete = bulk_update = bulk_create = update_or_create = _refuse


class Figure(Slice, Periodic, Numbers):
    """What a source said, on a day, about a municipality, a period and a part of its staff.

    The natural key is the primary key: one index carries an import of a million rows, and no figure can be there twice.
    Rows are written by the release alone (`actions.release`).
    """

    pk = models.CompositePrimaryKey(
        "municipality_id",
        "source",
        "first_quarter",
        "quarters",
        "sector",
        "sex",
        "absence_type",
        "vintage_on",
    )
    municipality = unlinked_municipality()
    source = models.CharField(_("source"), max_length=4, choices=Source)
    vintage_on = models.DateField(_("vintage"))
    batch = models.ForeignKey(
        ImportBatch,
        models.PROTECT,
        related_name="figures",
        db_index=False,
        db_constraint=False,
        verbose_name=_("import"),
    )
    row = models.PositiveIntegerField(_("row"))
    column = models.CharField(_("column"), max_length=4)
    correction = models.JSONField(_("correction"), null=True, help_text=_("what the file said, the reason, and who"))

    objects = FigureQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("figure"), _("figures")

    def __str__(self):
        return f"{self.source} {self.municipality_id} {self.period}"

    def save(self, *args, **kwargs):
        raise NotChangeable("figures are written by the release of an import")

    def delete(self, *args, **kwargs):
        raise NotChangeable("figures are never removed")
