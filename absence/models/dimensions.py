"""What a figure is about, as fields: the same on a staged figure, a released one and a suspicion."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from municipalities.models import Municipality

from ..calculations.columns import days, percent
from ..calculations.dimensions import ABSENCE_TYPES, ALL, MARKS, SECTORS, SEXES, TOTAL
from ..calculations.periods import Period


class Slice(models.Model):
    """The part of the staff and of the absence: sector, sex and type, by the identifiers of `calculations`."""

    sector = models.CharField(_("sector"), max_length=16, default=ALL)
    sex = models.CharField(_("sex"), max_length=8, default=ALL)
    absence_type = models.CharField(_("type of absence"), max_length=20, default=TOTAL)

    class Meta:
        abstract = True

    @property
    def is_whole(self) -> bool:
        return (self.sector, self.sex, self.absence_type) == (ALL, ALL, TOTAL)


class Periodic(models.Model):
    """A run of whole quarters (see `calculations.periods`)."""

    first_quarter = models.PositiveIntegerField(_("first quarter"))
    quarters = models.PositiveSmallIntegerField(_("number of quarters"), default=1)

    class Meta:
        abstract = True

    @property
    def period(self) -> Period:
        return Period(self.first_quarter, self.quarters)


class Numbers(models.Model):
    """Whole numbers on the scales of `calculations.columns`: exact in both databases, and quick."""

    lost = models.BigIntegerField(_("lost workdays"), null=True, help_text=_("Hundredths of a workday."))
    possible = models.BigIntegerField(_("possible workdays"), null=True, help_text=_("Hundredths of a workday."))
    rate = models.IntegerField(_("rate"), null=True, help_text=_("Ten-thousandths of a percent."))
    mark = models.CharField(_("mark"), max_length=12, null=True, help_text=_("Why there is no number."))

    class Meta:
        abstract = True

    @property
    def rate_only(self) -> bool:
        """The source gave a percentage without workdays: it never enters a weighted figure."""
        return self.rate is not None and (self.lost is None or not self.possible)

    @property
    def lost_days(self):
        return days(self.lost)

    @property
    def possible_days(self):
        return days(self.possible)

    @property
    def percent(self):
        return percent(self.rate)


def unlinked_municipality(**options) -> models.ForeignKey:
    """A municipality's id without a check by the database row by row.

    An import checks all its ids at once, in its own transaction; a register entry with figures is protected by
    `PROTECT` as any other. A constraint would make a large import five times as slow.
    """
    return models.ForeignKey(
        Municipality,
        models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="+",
        verbose_name=_("municipality"),
        **options,
    )


__all__ = ["ABSENCE_TYPES", "MARKS", "SECTORS", "SEXES", "Numbers", "Periodic", "Slice", "unlinked_municipality"]
