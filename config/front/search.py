"""Finding a municipality or a programme by its name or number, among those the reader may see.

Names are compared here and not in the database: SQLite knows small and capital letters only from A to Z.
"""

from dataclasses import dataclass

from django.urls import reverse

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


def municipalities_found(user, text: str, at_most: int = LONG) -> list[Hit]:
    """Those that begin with the text first; one query."""
    wanted = text.casefold()
    rows = Municipality.objects.visible_to(user).values_list(
        "number", "name", "norwegian_name", "distinct_name", "county__name"
    )
    fitting = [
        row for row in rows if row[0].startswith(wanted) or wanted in row[1].casefold() or wanted in row[2].casefold()
    ]
    fitting.sort(key=lambda row: (not row[1].casefold().startswith(wanted), row[1].casefold()))
    return [
        Hit(distinct, f"{number}, {county}", reverse("municipalities:municipality", args=[number]))
        for number, _name, _norwegian, distinct, county in fitting[:at_most]
    ]
