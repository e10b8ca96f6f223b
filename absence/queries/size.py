"""Size and absence: the largest and the smallest participants (table 4.7)."""

from datetime import date

from django.utils.translation import gettext as _

from programmes.models import Programme

from ..calculations.comparisons import band, size_bands
from ..calculations.groups import Weighting
from ..calculations.periods import Period
from ..calculations.rates import points
from ..models import Source
from .ground import Ground
from .tables import AbsenceTable, Row, made_table


def size_association(
    programme: Programme,
    period: Period | None = None,
    *,
    n: int = 25,
    as_of: date | None = None,
    source: str = Source.PAI,
    ground: Ground | None = None,
) -> AbsenceTable:
    """The n largest and the n smallest participants: mean rate and mean size (table 4.7), simple means both."""
    ground = ground or Ground(programme, source, as_of)
    period = period or ground.last_window()
    periods = (period,) if period else ()
    members = ground.members() & ground.units(periods).ids
    population = {unit: count for unit, count in ground.population().items() if unit in members}
    figures = ground.rolled(periods, members).get(period, {}) if period else {}
    bands = [band(ids, figures, population) for ids in size_bands(population, n)]
    labels = (_("The %(n)s largest municipalities"), _("The %(n)s smallest"))
    rows = [
        Row(key, label % {"n": len(one.units)}, (one.value.rate, one.mean_size), one.value.n_reporting, len(one.units))
        for key, label, one in zip(("largest", "smallest"), labels, bands, strict=True)
    ]
    difference = points(bands[1].value.rate, bands[0].value.rate)
    rows.append(Row("difference", _("Difference"), (difference, None)))
    reporting = sum(one.value.n_reporting for one in bands)
    notes = [
        _("Simple means of the municipalities’ rates and of their inhabitants. The size is the register’s."),
        _("That two things go together does not say that the one causes the other."),
    ]
    columns, total = ("mean_rate", "mean_size"), len(population)
    return made_table(ground, columns, rows, Weighting.SIMPLE_MEAN, periods, n=reporting, total=total, notes=notes)
