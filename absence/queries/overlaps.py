"""What a file meets that is there already: other sources, periods of other lengths, other vintages. Never mixed."""

from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..calculations.periods import Period
from ..models import Release, Source


def overlap_sentences(
    source: str, vintage_on: date, periods: Iterable[Period], batch_id: int | None = None
) -> list[str]:
    """One sentence for each kind of overlap, in the reader's language; empty when there is none."""
    own = set(periods)
    others: dict[str, set[Period]] = {}
    lengths: set[Period] = set()
    newer: list[date] = []
    for theirs, taken_on, released, batch in Release.objects.order_by("vintage_on").values_list(
        "source", "vintage_on", "periods", "batch_id"
    ):
        if batch == batch_id:
            continue
        found = [Period(*one) for one in released]
        if theirs != source:
            others.setdefault(theirs, set()).update(one for one in own if any(one.overlaps(other) for other in found))
            continue
        lengths.update(
            one for one in own if any(one.quarters != other.quarters and one.overlaps(other) for other in found)
        )
        if taken_on > vintage_on and own & set(found):
            newer.append(taken_on)
    return [*_other_sources(others), *_other_lengths(lengths), *_newer(newer)]


def _other_sources(others: dict[str, set[Period]]):
    for source, periods in sorted(others.items()):
        if periods:
            yield _(
                "%(source)s has figures for the same time (%(periods)s). The sources measure differently: each keeps "
                "its own series, and they are never mixed."
            ) % {"source": Source(source).label, "periods": _names(periods)}


def _other_lengths(periods: set[Period]):
    if periods:
        yield _(
            "The source has figures of another length for the same time (%(periods)s). Quarters and published windows "
            "are series of their own, and they are never mixed."
        ) % {"periods": _names(periods)}


def _names(periods: set[Period]) -> str:
    return ", ".join(one.label() for one in sorted(periods)[:3]) + (" …" if len(periods) > 3 else "")


def _newer(vintages: list[date]):
    if vintages:
        yield _(
            "There is a newer vintage of the same periods, of %(date)s. It stays in use; this one is kept beside it."
        ) % {"date": date_format(max(vintages))}
