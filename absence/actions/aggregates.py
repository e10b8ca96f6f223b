"""Make the sums anew for the quarters that changed, or all of them."""

from datetime import date

from django.db import connection, transaction

from municipalities.models import MunicipalityChange

from ..calculations.periods import quarter_index
from ..models import Figure, GroupMember, GroupWindow, MunicipalityQuarter
from ..queries.groups import group_members
from ..queries.newest import newest_figures, span
from ..queries.statements import CARRIED_BACK, GROUP_WINDOWS, MUNICIPALITY_QUARTERS
from .bulk import insert_columns

QUARTER = "municipality_id, quarter, sector, sex, absence_type, lost, possible"
WINDOW = "group_key, quarters, first_quarter, sector, sex, absence_type, lost, possible, rate_sum, n_reporting"
LENGTHS = (1, 4)


@transaction.atomic
def refresh(source: str, first: int, last: int) -> None:
    """The sums of one source that a change in the quarters ``first``–``last`` touches."""
    members_changed = _refresh_members()
    _refresh_quarters(source, first, last)
    if members_changed:
        for other, low, high in _extent():
            _refresh_windows(other, low, high)
    else:
        _refresh_windows(source, first, last)


@transaction.atomic
def rebuild() -> None:
    """All sums from the figures alone."""
    for model in (MunicipalityQuarter, GroupWindow, GroupMember):
        model.objects.all().delete()
    spans = Figure.objects.filter(quarters=1).values_list("source").order_by("source").distinct()
    for (source,) in spans:
        quarters = Figure.objects.filter(source=source, quarters=1).values_list("first_quarter", flat=True)
        _refresh_quarters(source, min(quarters), max(quarters))
    _refresh_members()
    for source, low, high in _extent():
        _refresh_windows(source, low, high)


def _refresh_quarters(source: str, first: int, last: int) -> None:
    values = span(source, first, last)
    made = MUNICIPALITY_QUARTERS.format(newest=newest_figures(source, first, last))
    MunicipalityQuarter.objects.filter(source=source, quarter__range=(first, last))._raw_delete("default")
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO absence_municipalityquarter ({QUARTER}, source) SELECT made.*, %(source)s FROM ({made}) made",
            values,
        )
        for happened_on in _change_dates(first):
            changed = quarter_index(happened_on.year, (happened_on.month + 2) // 3)
            cursor.execute(
                f"INSERT INTO absence_municipalityquarter ({QUARTER}, source) "
                f"SELECT made.*, %(source)s FROM ({CARRIED_BACK}) made",
                values | {"happened_on": happened_on, "changed": changed},
            )


def _change_dates(first: int) -> list[date]:
    """Oldest first, so that what one merger carried back a later one carries on."""
    dates = MunicipalityChange.objects.filter(happened_on__gt=date(first // 4, first % 4 * 3 + 1, 1))
    return list(dates.values_list("happened_on", flat=True).distinct().order_by("happened_on"))


def _refresh_windows(source: str, first: int, last: int) -> None:
    for quarters in LENGTHS:
        touched = GroupWindow.objects.filter(
            source=source, quarters=quarters, first_quarter__range=(first - quarters + 1, last)
        )
        touched._raw_delete("default")
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO absence_groupwindow ({WINDOW}, source) "
                f"SELECT made.*, %(source)s FROM ({GROUP_WINDOWS.format(preceding=quarters - 1)}) made",
                span(source, first, last, quarters),
            )


def _refresh_members() -> bool:
    """Whether who belongs to which group is other than when the sums were last made."""
    now = sorted(group_members())
    before = GroupMember.objects.order_by("group_key", "municipality_id", "from_quarter")
    names = ("group_key", "municipality_id", "from_quarter", "to_quarter")
    if now == sorted(before.values_list(*names)):
        return False
    GroupMember.objects.all().delete()
    if now:
        insert_columns("absence_groupmember", dict(zip(names, zip(*now, strict=True), strict=True)))
    return True


def _extent() -> list[tuple[str, int, int]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT source, MIN(quarter), MAX(quarter) FROM absence_municipalityquarter GROUP BY source")
        return cursor.fetchall()
