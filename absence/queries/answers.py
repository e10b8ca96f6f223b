"""Answers: how many are asked for, and which can be taken back."""

from collections.abc import Sequence

from django.db.models import Count, Q

from ..calculations.periods import Period
from ..models import Release, StagedFigure, Suspicion


def asked(prefix: str = ""):
    """The answers asked for: one a doubted figure, however many rules doubt it, and one a doubted period.

    ``prefix`` leads to the suspicions, as ``"suspicions__"`` from an import. The same count wherever it is shown.
    """
    is_open = Q(**{f"{prefix}blocking": True, f"{prefix}decision": ""})
    figures = Count(f"{prefix}position", filter=is_open, distinct=True)
    periods = Count(f"{prefix}pk", filter=is_open & Q(**{f"{prefix}position": None}), distinct=True)
    return figures + periods


def undoable(answered: Sequence[Suspicion]) -> set[int]:
    """The keys of those whose answer can be taken back: what they are about is still held. Three queries."""
    batches = {one.batch_id for one in answered}
    held = StagedFigure.objects.filter(batch__in=batches, held=True)
    figures = {one.position for one in answered if one.position is not None}
    found = set(held.filter(position__in=figures).values_list("batch", "position")) if figures else set()
    whole = [one for one in answered if one.position is None]
    left = _left(held, whole) if whole else set()
    through = _let_through(whole) if whole else set()
    return {
        one.pk
        for one in answered
        if (one.batch_id, one.position) in found
        or (one.position is None and one.pk not in through and _part(one, one.municipality_id) in left)
    }


def _part(one, municipality: int | None) -> tuple:
    return (one.batch_id, one.first_quarter, one.quarters, municipality)


def _left(held, whole: list[Suspicion]) -> set[tuple]:
    """What of the periods is held, for all municipalities (None) and for each that is asked for."""
    rows = held.filter(first_quarter__in={one.first_quarter for one in whole}).order_by()
    found = set(rows.values_list("batch", "first_quarter", "quarters", "municipality").distinct())
    return found | {(*key[:3], None) for key in found}


def _let_through(whole: list[Suspicion]) -> set[int]:
    """Periods that were accepted, and released after that: what is left of them is held by something else."""
    accepted = [one for one in whole if one.decision == Suspicion.Decision.ACCEPTED]
    releases = Release.objects.filter(batch__in={one.batch_id for one in accepted})
    return {
        one.pk
        for release in releases.only("batch_id", "periods", "released_at")
        for one in accepted
        if release.batch_id == one.batch_id
        and release.released_at >= one.decided_at
        and one.period in [Period(*period) for period in release.periods]
    }
