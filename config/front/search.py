"""Finding a municipality or a programme by its name or number, among those the reader may see.

Names are compared here and not in the database: SQLite knows small and capital letters only from A to Z.
"""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from gatherings.queries.calendar import gatherings_found as found_gatherings
from municipalities.models import Municipality
from programmes.models import Programme

SHORT, LONG = 8, 100


@dataclass(frozen=True)
class Hit:
    text: str
    detail: str
    url: str


def programmes_found(user, text: str) -> list[Hit]:
    wanted = text.casefold()
    return [
        Hit(one.name, f"{one.starts_on.year}–{one.ends_on.year}", reverse("programmes:programme", args=[one.slug]))
        for one in Programme.objects.visible_to(user)
        if wanted in one.name.casefold() or wanted in one.short_name.casefold()
    ]


def gatherings_found(user, text: str, at_most: int = LONG) -> list[Hit]:
    """One query."""
    return [
        Hit(
            one.title_text,
            ", ".join(filter(None, [date_format(one.starts_on), one.place, one.programme.short_name])),
            one.get_absolute_url(),
        )
        for one in found_gatherings(user, text, at_most)
    ]


def municipalities_found(user, text: str, day: date, at_most: int = LONG) -> list[Hit]:
    """Those valid on the day first, of them those that begin with the text; one query."""
    wanted = text.casefold()
    rows = Municipality.objects.visible_to(user).values_list(
        "number", "name", "norwegian_name", "distinct_name", "county__name", "valid_from", "valid_to"
    )
    fitting = [
        row for row in rows if row[0].startswith(wanted) or wanted in row[1].casefold() or wanted in row[2].casefold()
    ]
    fitting.sort(key=lambda row: (not holds(row[5:], day), not row[1].casefold().startswith(wanted), row[1].casefold()))
    return [
        Hit(
            distinct,
            ", ".join([number, county, *years(dates, day)]),
            reverse("municipalities:municipality", args=[number]),
        )
        for number, _name, _norwegian, distinct, county, *dates in fitting[:at_most]
    ]


def holds(dates, day: date) -> bool:
    first, last = dates
    return (first is None or first <= day) and (last is None or last >= day)


def years(dates, day: date) -> list[str]:
    """«til 2019» of a number that is no more, «fra 2020» of one that was not yet there on the day; else nothing."""
    first, last = dates
    said = [_("from %(year)s") % {"year": first.year}] if first and first > day else []
    if last and last < timezone.localdate():
        said.append(_("to %(year)s") % {"year": last.year})
    return [" ".join(said)] if said else []
