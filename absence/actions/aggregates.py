"""Make the sums anew for the quarters that changed, or all of them."""

from datetime import date

from django.db import connection, transaction

from municipalities.models import MunicipalityChange

from ..calculations.periods import quarter_start
from ..models import Figure, GroupMember, GroupWindow, MunicipalityQuarter
from ..models.bulk import insert_columns
from ..queries.groups import group_members, quarter_of
from ..queries.newest import newest_figures, span
from ..queries.statements import (
    CARRIED_BACK,
    GIVEN_QUARTERS,
    GROUP_WINDOWS,
    INCOMPLETE,
    MUNICIPALITY_QUARTERS,
)
from ..queries.units import last_quarter

INSERT_QUARTERS = """
INSERT INTO absence_municipalityquarter (municipality_id, quarter, sector, sex, absence_type, lost, possible, source)
SELECT made.*, %(source)s FROM ({made}) made WHERE true
"""
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
    newest = newest_figures(source, first, last)
    newest_before = last_quarter(source)
    MunicipalityQuarter.objects.filter(source=source, quarter__range=(first, last))._raw_delete("default")
    with connection.cursor() as cursor:
        cursor.execute(INSERT_QUARTERS.format(made=GIVEN_QUARTERS.format(newest=newest)), values)
        if _is_incomplete(cursor, source, first, last):
            summed = INSERT_QUARTERS.format(made=MUNICIPALITY_QUARTERS.format(newest=newest))
            cursor.execute(f"{summed} ON CONFLICT DO NOTHING", values)
        for happened_on, changed in _changes(first, newest_before, last_quarter(source) or last):
            # The first figures after a merger bring its whole history, later ones their own quarters.
            since = first if newest_before is not None and changed <= newest_before else 0
            carried = values | {"first": since, "happened_on": happened_on, "changed": changed}
            cursor.execute(INSERT_QUARTERS.format(made=CARRIED_BACK), carried)


def _is_incomplete(cursor, source: str, first: int, last: int) -> bool:
    """Whether some municipality was given only parts: most sources give every total, and then nothing is summed."""
    for quarter in range(first, last + 1):
        cursor.execute(INCOMPLETE, {"source": source, "quarter": quarter})
        if cursor.fetchone():
            return True
    return False


def _changes(first: int, newest_before: int | None, newest: int) -> list[tuple[date, int]]:
    """(date, quarter) of the changes that figures have come to: those after ``first``, and those they come to only now.

    Oldest first, so that what one merger carried back a later one carries on.
    """
    since = first if newest_before is None else min(first, newest_before)
    dates = MunicipalityChange.objects.filter(happened_on__gt=quarter_start(since))
    found = dates.values_list("happened_on", flat=True).distinct().order_by("happened_on")
    return [(day, quarter_of(day)) for day in found if quarter_of(day) <= newest]


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
    names = ("group_key", "municipality_id", "from_quarter", "to_quarter")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(names)} FROM absence_groupmember")
        if now == sorted(cursor.fetchall()):
            return False
    GroupMember.objects.all().delete()
    if now:
        insert_columns("absence_groupmember", dict(zip(names, zip(*now, strict=True), strict=True)))
    return True


def _extent() -> list[tuple[str, int, int]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT source, MIN(quarter), MAX(quarter) FROM absence_municipalityquarter GROUP BY source")
        return cursor.fetchall()
