"""Finding a municipality or a programme by its name or number, among those the reader may see."""

from dataclasses import dataclass

from django.db.models import Q
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
    found = Programme.objects.visible_to(user).filter(Q(name__icontains=text) | Q(short_name__icontains=text))
    return [
        Hit(one.name, f"{one.starts_on.year}–{one.ends_on.year}", reverse("programmes:programme", args=[one.slug]))
        for one in found[:LONG]
    ]


def municipalities_found(user, text: str, at_most: int = LONG) -> list[Hit]:
    """Those that begin with the text first; old and new municipalities alike, each with its county."""
    named = Q(name__icontains=text) | Q(norwegian_name__icontains=text) | Q(number__startswith=text)
    rows = Municipality.objects.visible_to(user).filter(named).select_related("county").order_by("norwegian_name")[:LONG]
    ranked = sorted(rows, key=lambda row: not row.name.casefold().startswith(text.casefold()))
    return [
        Hit(row.distinct_name, f"{row.number} {row.county.name}", municipality_url(row)) for row in ranked[:at_most]
    ]


def municipality_url(municipality) -> str:
    return reverse("municipalities:municipality", args=[municipality.number])
