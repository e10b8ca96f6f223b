"""The absence of groups and municipalities over time, as the front page shows it."""

from collections import defaultdict

from absence.calculations.periods import Period
from absence.calculations.rates import Absence
from absence.calculations.series import WINDOW, rolling
from absence.models import GroupWindow, MunicipalityQuarter, Source

TOTAL = {"sector": "all", "sex": "all", "absence_type": "total"}


def group_series(*keys: str, source: str = Source.PAI) -> dict[str, dict[Period, Absence]]:
    """Group key → four-quarter figures in time order; groups without figures are left out. One query."""
    rows = GroupWindow.objects.filter(group_key__in=keys, source=source, quarters=WINDOW, **TOTAL)
    found = defaultdict(dict)
    for key, first, lost, possible in rows.order_by("first_quarter").values_list(
        "group_key", "first_quarter", "lost", "possible"
    ):
        if possible:
            found[key][Period(first, WINDOW)] = Absence.from_days(lost, possible)
    return dict(found)


def municipality_series(municipality_id: int, source: str = Source.PAI) -> dict[Period, Absence]:
    """Rolling four-quarter figures of one municipality in time order. One query."""
    rows = MunicipalityQuarter.objects.filter(municipality_id=municipality_id, source=source, **TOTAL)
    quarters = {
        quarter: Absence.from_days(lost, possible)
        for quarter, lost, possible in rows.values_list("quarter", "lost", "possible")
        if possible
    }
    return {period: figure for period, figure in sorted(rolling(quarters).items()) if figure}
