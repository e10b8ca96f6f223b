"""Answer suspicions: accept, correct, leave out; and take an answer back as long as nothing came of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from municipalities.models import AuditEvent

from ..calculations.columns import rate_from_days
from ..models import ImportBatch, Suspicion
from ..queries.answers import undoable
from .errors import NotPossible

Decision = Suspicion.Decision


@dataclass(frozen=True)
class Correction:
    """The right number: workdays, or the rate where the source gives only that. Scaled as `calculations.columns`."""

    rate: int | None = None
    lost: int | None = None
    possible: int | None = None

    def values(self) -> dict[str, int | None]:
        rate = self.rate
        if self.lost is not None and self.possible:
            rate = rate_from_days(self.lost, self.possible)
        return {"corrected_rate": rate, "corrected_lost": self.lost, "corrected_possible": self.possible}


@dataclass(frozen=True)
class Decided:
    """``now`` were answered; ``before`` had an answer already, which stands."""

    now: list[Suspicion]
    before: list[Suspicion]


@transaction.atomic
def decide(
    suspicions: Iterable[Suspicion], *, decision: str, reason: str, by, correction: Correction | None = None
) -> Decided:
    """Give the same answer to each that has none yet. Whoever answered first is right: nothing is overwritten.

    An answer is to the figure: it settles every doubt that holds it.
    """
    if not reason.strip():
        raise NotPossible(_("Write a reason. It is kept with the figure."))
    wanted = list(suspicions)
    _lock(wanted)
    now = {
        "decision": decision,
        "reason": reason.strip(),
        "decided_at": timezone.now(),
        "decided_by": by,
        **(correction.values() if correction and decision == Decision.CORRECTED else {}),
    }
    answered: set[int] = set()
    for one in wanted:
        if one.pk in answered or not _still_open(one).exists():
            continue
        rows = Suspicion.objects.filter(decision="").filter(_same_figure(one))
        ids = list(rows.values_list("pk", flat=True))
        Suspicion.objects.filter(pk__in=ids, decision="").update(**now)
        answered |= set(ids)
        AuditEvent.record("absence.decide", one, by=by, decision=decision, reason=reason.strip())
    after = Suspicion.objects.select_related("decided_by", "municipality").in_bulk([one.pk for one in wanted])
    return Decided(
        now=[after[one.pk] for one in wanted if one.pk in answered],
        before=[after[one.pk] for one in wanted if one.pk not in answered],
    )


def _lock(wanted: list[Suspicion]) -> None:
    """A release and another adviser wait until this is written."""
    batches = ImportBatch.objects.select_for_update().filter(pk__in={one.batch_id for one in wanted}).order_by("pk")
    if any(batch.state not in (ImportBatch.State.STAGED, ImportBatch.State.RELEASED) for batch in batches):
        raise NotPossible(_("This import was withdrawn or refused: there is nothing left to decide."))


def _still_open(one: Suspicion):
    return Suspicion.objects.filter(pk=one.pk, decision="", blocking=True)


def _same_figure(one: Suspicion) -> Q:
    if one.position is None:
        return Q(pk=one.pk)
    return Q(batch_id=one.batch_id, position=one.position, blocking=True)


@transaction.atomic
def undo(one: Suspicion, *, by) -> Suspicion:
    """Take an answer back, with all it settled: a figure has one answer, also where several rules doubt it.

    NotPossible once what it was about is released.
    """
    _lock([one])
    one.refresh_from_db()
    if not one.decision or not undoable([one]):
        raise NotPossible(_("The answer cannot be taken back: what it was about is released, or there is no answer."))
    before = {"decision": one.decision, "reason": one.reason}
    Suspicion.objects.filter(_same_figure(one)).exclude(decision="").update(
        decision="",
        reason="",
        decided_at=None,
        decided_by=None,
        corrected_rate=None,
        corrected_lost=None,
        corrected_possible=None,
    )
    AuditEvent.record("absence.undo_decision", one, by=by, **before)
    one.refresh_from_db()
    return one
