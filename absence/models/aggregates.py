"""Sums made of the current figures, so that twenty years of all groups are one quick question.

They are derived: `actions.aggregates` makes them anew for the quarters a release touches, `rebuild_aggregates` all of
them, and a test compares them with the figures.
"""

from django.db import models

from .batches import Source
from .dimensions import Periodic, Slice, unlinked_municipality


class MunicipalityQuarter(Slice):
    """The newest vintage's workdays of a municipality in a quarter: the whole, and each part along one dimension.

    Sums are made where the source gave only parts, and only where no part is missing or held. Quarters before a merger
    are the sum of the predecessors. Periods of several quarters are not here: they stay as published.
    """

    pk = models.CompositePrimaryKey("municipality_id", "source", "sector", "sex", "absence_type", "quarter")
    municipality = unlinked_municipality()
    source = models.CharField(max_length=4, choices=Source)
    quarter = models.PositiveIntegerField()
    lost = models.BigIntegerField()
    possible = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["source", "quarter"], name="absence_quarter_touched")]


class GroupMember(models.Model):
    """Who is in which group, as the sums were last made; and in which quarters the municipality exists.

    A municipality stands in a group with those it was merged from: each counts in its own time.
    """

    group_key = models.CharField(max_length=120)
    municipality = unlinked_municipality()
    from_quarter = models.PositiveIntegerField()
    to_quarter = models.PositiveIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["municipality", "group_key"], name="absence_member_of"),
            models.Index(fields=["group_key"], name="absence_members"),
        ]


class GroupWindow(Slice, Periodic):
    """A group as a whole, in a quarter or in four consecutive ones.

    ΣL and ΣP are those of the units that have all the quarters;
    ``rate_sum`` is the sum of their rates (ten-thousandths of a percent), for the simple mean.
    """

    pk = models.CompositePrimaryKey("group_key", "source", "quarters", "sector", "sex", "absence_type", "first_quarter")
    group_key = models.CharField(max_length=120)
    source = models.CharField(max_length=4, choices=Source)
    lost = models.BigIntegerField()
    possible = models.BigIntegerField()
    rate_sum = models.BigIntegerField()
    n_reporting = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["source", "first_quarter"], name="absence_window_touched")]
