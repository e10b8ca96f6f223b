"""Notes on revised vintages: on an import, on the desk, and for the reports that stand on the figures."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from ..calculations.periods import Period
from ..models import ImportBatch, RevisionNote, Suspicion, without_note
from .groups import quarter_of
from .newest import FAR_FUTURE
from .vintages import source_line


@dataclass(frozen=True)
class NoteOnRevision:
    """The newest note of an import; ``source`` says which figures, in which vintage, it is about."""

    text: str
    source: str
    vintage_on: date


def imports_without_note(user) -> QuerySet[ImportBatch]:
    """Imports that ask for a note, oldest first."""
    return without_note(ImportBatch.objects.visible_to(user)).order_by("uploaded_at", "pk")


def is_note_required(batch: ImportBatch) -> bool:
    return batch.suspicions.filter(note_required=True).exists()


def notes_on_revisions(since: date, until: date, as_of: date | None = None) -> list[NoteOnRevision]:
    """The notes of released vintages up to ``as_of`` whose revised periods touch the time; two queries."""
    newest: dict[int, RevisionNote] = {}
    rows = RevisionNote.objects.filter(
        batch__state=ImportBatch.State.RELEASED, batch__vintage_on__lte=as_of or FAR_FUTURE
    )
    for note in rows.select_related("batch").order_by("written_at", "pk"):
        newest[note.batch_id] = note
    revised = _revised_periods(set(newest), since, until)
    found = [_note(newest[batch], sorted(periods)) for batch, periods in revised.items()]
    return sorted(found, key=lambda one: (one.vintage_on, one.source))


def _revised_periods(batches: set[int], since: date, until: date) -> dict[int, set[Period]]:
    """Import → the periods that ask for a note and have quarters within the time."""
    first, last = quarter_of(since), quarter_of(until)
    found: dict[int, set[Period]] = {}
    doubts = Suspicion.objects.filter(batch__in=batches, note_required=True).order_by()
    for batch, *period in doubts.values_list("batch_id", "first_quarter", "quarters").distinct():
        one = Period(*period)
        if one.first <= last and one.last >= first:
            found.setdefault(batch, set()).add(one)
    return found


def _note(note: RevisionNote, periods: list[Period]) -> NoteOnRevision:
    batch = note.batch
    ends = [Period(periods[0].first).label(), Period(max(one.last for one in periods)).label()]
    span = periods[0].label() if len(periods) == 1 else "–".join(dict.fromkeys(ends))
    source = source_line(batch.source, span, batch.vintage_on, revision_kind=batch.revision_kind)
    return NoteOnRevision(note.text, source, batch.vintage_on)
