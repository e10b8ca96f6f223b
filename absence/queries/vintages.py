"""Which state of a source is in use, what came through since, and how a figure's source is written."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from ..calculations.groups import Weighting
from ..calculations.periods import Period
from ..models import ImportBatch, Release, Source
from .newest import FAR_FUTURE


def vintages_in_use(as_of: date | None = None) -> dict[str, str]:
    """Source → newest released vintage (ISO), of those up to ``as_of``."""
    rows = Release.objects.filter(vintage_on__lte=as_of or FAR_FUTURE).values_list("source")
    return {source: newest.isoformat() for source, newest in rows.annotate(newest=Max("vintage_on")).order_by("source")}


def newest_vintage(source: str, as_of: date | None = None) -> date | None:
    found = vintages_in_use(as_of).get(source)
    return date.fromisoformat(found) if found else None


def vintage_of(
    source: str, periods: Iterable[Period], as_of: date | None = None, *, lengths: Collection[int] = (1, 2, 4)
) -> date | None:
    """The newest vintage that has anything of these periods: what a table of them stands on.

    ``lengths`` are the lengths in quarters of the figures the table is made of: one summed from quarters does not stand
    on a file of published windows.
    """
    wanted = list(periods)
    rows = Release.objects.filter(source=source, vintage_on__lte=as_of or FAR_FUTURE).order_by("-vintage_on")
    for vintage_on, released in rows.values_list("vintage_on", "periods"):
        used = [Period(*other) for other in released if other[1] in lengths]
        if any(one.overlaps(other) for one in wanted for other in used):
            return vintage_on
    return None


def releases_since(moment: datetime) -> QuerySet[Release]:
    """What came through after a moment, oldest first: what a report made then does not know."""
    return Release.objects.filter(released_at__gt=moment).select_related("batch").order_by("released_at")


def source_line(
    source: str,
    span: str,
    vintage_on: date | None,
    *,
    n: int | None = None,
    total: int | None = None,
    weighting: str = "",
    revision_kind: str = "",
) -> str:
    """«Kilde: KS/PAI, 4. kv. 2007–3. kv. 2008, uttrekk 2009-12-15, foreløpig, 360 av 430 kommuner, vektet»."""
    parts = [str(Source(source).label)]
    if span:
        parts.append(span)
    if vintage_on:
        parts.append(_("vintage %(date)s") % {"date": vintage_on.isoformat()})
    if revision_kind and revision_kind != ImportBatch.RevisionKind.REGULAR:
        parts.append(str(ImportBatch.RevisionKind(revision_kind).label))
    if n is not None and total is not None:
        parts.append(_("%(n)s of %(total)s municipalities") % {"n": n, "total": total})
    if weighting:
        parts.append(str(weighting_text(weighting)))
    return _("Source: %(what)s") % {"what": ", ".join(parts)}


def weighting_text(weighting: str) -> str:
    return {Weighting.WEIGHTED_DAYS: _("weighted"), Weighting.SIMPLE_MEAN: _("simple mean")}[Weighting(weighting)]
