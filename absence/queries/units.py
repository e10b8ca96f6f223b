"""The figures of municipalities by period: rolled from quarters, or as the source published them. Never both in one."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db import connection
from django.db.models import Max

from municipalities.models import MunicipalityChange

from ..calculations.columns import days, percent
from ..calculations.dimensions import ALL, TOTAL
from ..calculations.periods import Period
from ..calculations.rates import Absence, summed
from ..models import Figure, MunicipalityQuarter, Release
from .groups import JOINED, quarter_of
from .newest import FAR_FUTURE, newest_figures, span
from .statements import MUNICIPALITY_QUARTERS
from .vintages import newest_vintage

# period → municipality id → figure; a municipality without one is absent.
UnitTable = dict[Period, dict[int, Absence]]
WHOLE = {"sector": ALL, "sex": ALL, "absence_type": TOTAL}


def rolled_figures(
    source: str,
    periods: Iterable[Period],
    *,
    as_of: date | None = None,
    ids: Collection[int] | None = None,
    **part: str,
) -> UnitTable:
    """Each period from the source's quarters: ΣL / ΣP; nothing where a quarter is missing or held."""
    periods = sorted(set(periods))
    if not periods:
        return {}
    first, last = min(one.first for one in periods), max(one.last for one in periods)
    quarters = quarter_figures(source, first, last, as_of=as_of, ids=ids, **part)
    return {period: rolled(period, quarters) for period in periods}


def rolled(period: Period, quarters: Mapping[int, Mapping[int, Absence]]) -> dict[int, Absence]:
    """Municipality → figure, of those that have every quarter of the period."""
    columns = [quarters.get(quarter, {}) for quarter in range(period.first, period.last + 1)]
    units = set.intersection(*map(set, columns))
    return {unit: whole for unit in units if (whole := summed(column[unit] for column in columns))}


def quarter_figures(
    source: str,
    first: int,
    last: int,
    *,
    as_of: date | None = None,
    ids: Collection[int] | None = None,
    sector: str = ALL,
    sex: str = ALL,
    absence_type: str = TOTAL,
) -> dict[int, dict[int, Absence]]:
    """Quarter → municipality id → figure, in the newest vintage or in the newest up to ``as_of``."""
    part = (sector, sex, absence_type)
    if as_of is None or (newest := newest_vintage(source)) is None or as_of >= newest:
        rows = MunicipalityQuarter.objects.filter(source=source, quarter__range=(first, last))
        rows = rows.filter(sector=sector, sex=sex, absence_type=absence_type)
        if ids is not None:
            rows = rows.filter(municipality__in=ids)
        found = rows.values_list("municipality_id", "quarter", "lost", "possible")
    else:
        found = _as_of(source, first, last, as_of, part)
    table: dict[int, dict[int, Absence]] = defaultdict(dict)
    for municipality, quarter, lost, possible in found:
        if ids is None or municipality in ids:
            table[quarter][municipality] = Absence.from_days(days(lost), days(possible))
    return table


def _as_of(source: str, first: int, last: int, as_of: date, part: tuple[str, str, str]) -> list[tuple]:
    """From the figures themselves, with the quarters before a merger summed as the kept sums have them."""
    values = span(source, first, last, vintage_on=as_of)
    values |= dict(zip(("sector", "sex", "absence_type"), part, strict=True))
    made = MUNICIPALITY_QUARTERS.format(newest=newest_figures(source, first, last))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT municipality_id, quarter, lost, possible FROM ({made}) made "
            "WHERE sector = %(sector)s AND sex = %(sex)s AND absence_type = %(absence_type)s",
            values,
        )
        known = {(municipality, quarter): (lost, possible) for municipality, quarter, lost, possible in cursor}
    _carry_back(known, first, last)
    return [(*key, *numbers) for key, numbers in known.items()]


def _carry_back(known: dict[tuple[int, int], tuple[int, int]], first: int, last: int) -> None:
    parts: dict[tuple[date, int], list[int]] = defaultdict(list)
    changes = MunicipalityChange.objects.filter(kind__in=JOINED).order_by("happened_on")
    for happened_on, successor, predecessor in changes.values_list("happened_on", "successor_id", "predecessor_id"):
        parts[happened_on, successor].append(predecessor)
    for (happened_on, successor), predecessors in parts.items():
        for quarter in range(first, min(last, quarter_of(happened_on) - 1) + 1):
            numbers = [known.get((one, quarter)) for one in predecessors]
            if (successor, quarter) not in known and all(numbers):
                known[successor, quarter] = tuple(map(sum, zip(*numbers, strict=True)))


def published_figures(
    source: str, periods: Iterable[Period], *, as_of: date | None = None, ids: Collection[int] | None = None
) -> UnitTable:
    """The periods as the source published them, whole municipalities; the newest vintage of each."""
    periods = set(periods)
    rows = Figure.objects.filter(
        source=source,
        first_quarter__in={one.first for one in periods},
        quarters__in={one.quarters for one in periods},
        vintage_on__lte=as_of or FAR_FUTURE,
        **WHOLE,
    )
    if ids is not None:
        rows = rows.filter(municipality__in=ids)
    names = ("municipality_id", "first_quarter", "quarters", "lost", "possible", "rate")
    table: UnitTable = {period: {} for period in sorted(periods)}
    for municipality, first, quarters, lost, possible, rate in rows.order_by("vintage_on").values_list(*names):
        column = table.get(Period(first, quarters), {})
        column.pop(municipality, None)
        if rate is not None:
            column[municipality] = _absence(lost, possible, rate)
    return table


def _absence(lost: int | None, possible: int | None, rate: int) -> Absence:
    if lost is not None and possible:
        return Absence.from_days(days(lost), days(possible))
    return Absence.from_rate(percent(rate))


def published_periods(source: str, *, as_of: date | None = None) -> list[Period]:
    """The four-quarter windows that the source itself published, oldest first; also those still held at the desk."""
    releases = Release.objects.filter(source=source, vintage_on__lte=as_of or FAR_FUTURE)
    released = {tuple(one) for periods in releases.values_list("periods", flat=True) for one in periods if one[1] == 4}
    return sorted(Period(*one) for one in released | _staged_windows(source))


def last_quarter(source: str) -> int | None:
    """The newest quarter that any municipality has a figure of."""
    return MunicipalityQuarter.objects.filter(source=source).aggregate(last=Max("quarter"))["last"]


def _staged_windows(source: str) -> set[tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT staged.first_quarter, staged.quarters FROM absence_stagedfigure staged "
            "JOIN absence_importbatch batch ON batch.id = staged.batch_id "
            "WHERE staged.held AND staged.quarters = 4 AND batch.source = %s AND batch.state = 'released'",
            [source],
        )
        return set(cursor.fetchall())
