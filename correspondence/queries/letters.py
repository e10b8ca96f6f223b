"""Batches of letters as the lists and the pages show them."""

from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from municipalities.models import AuditEvent, User
from municipalities.queries.register import holding

from .. import states
from ..letters import sender_of
from ..models import Letter, LetterBatch
from ..models.messages import name_of
from ..shelf import fingerprint
from ..typesetting import house

STANDING = Q(letters__withdrawn_at=None)
LATEST_EVENTS = 30


def batch_list(user: User, *, search: str = "", kind: str = "", programme: str = "") -> QuerySet[LetterBatch]:
    """Batches this person may see, the newest first, with how many letters they have, unread and sent; one query."""
    found = LetterBatch.objects.visible_to(user).select_related("created_by")
    if search:
        found = found.filter(holding(search, "title"))
    if kind:
        found = found.filter(kind=kind)
    if programme:
        found = found.filter(programme_slug=programme)
    return found.annotate(
        letter_count=Count("letters", filter=STANDING),
        unread_count=Count("letters", filter=STANDING & Q(letters__read_at=None)),
        sent_count=Count("letters", filter=STANDING & Q(letters__sent_at__isnull=False)),
    ).order_by("-pk")


@dataclass(frozen=True)
class BatchCounts:
    """``letters`` are those not withdrawn; ``on_paper`` those without an address that are not posted yet."""

    letters: int
    unread: int
    sent: int
    withdrawn: int
    on_paper: int
    trouble: int


def batch_counts(letters: list[Letter]) -> BatchCounts:
    """Reckoned from the rows of ``letter_rows``."""
    standing = [letter for letter in letters if letter.withdrawn_at is None]
    return BatchCounts(
        letters=len(standing),
        unread=sum(letter.read_at is None for letter in standing),
        sent=sum(letter.sent_at is not None for letter in standing),
        withdrawn=len(letters) - len(standing),
        on_paper=sum(not letter.email and letter.sent_at is None for letter in standing),
        trouble=sum(is_trouble(letter) for letter in standing),
    )


def is_trouble(letter: Letter) -> bool:
    """A letter a person must look at: refused, unsure, or with an address that is none."""
    message = letter.message
    refused = message is not None and message.state in (states.FAILED, states.UNSURE)
    return letter.sent_at is None and (refused or (message is None and letter.has_bad_address))


def letter_rows(batch: LetterBatch) -> list[Letter]:
    """All letters of the batch in their order, with who read them and their message; one query."""
    found = batch.letters.select_related("read_by", "message").order_by("position")
    rows = list(found.defer("message__body"))
    for letter in rows:
        letter.batch = batch
    return rows


@dataclass(frozen=True)
class Neighbours:
    """Ids of the letters before and after one, and of the next unread after it (or from the start again)."""

    place: int
    total: int
    previous: int | None
    next: int | None
    next_unread: int | None


def neighbours(letter: Letter) -> Neighbours:
    """Among the letters that go out; one query."""
    rows = list(letter.batch.letters.standing().order_by("position").values_list("pk", "position", "read_at"))
    before = [pk for pk, position, _ in rows if position < letter.position]
    after = [pk for pk, position, _ in rows if position > letter.position]
    unread = {pk for pk, _, read_at in rows if read_at is None and pk != letter.pk}
    return Neighbours(
        place=len(before) + 1,
        total=len(rows),
        previous=before[-1] if before else None,
        next=after[0] if after else None,
        next_unread=next((pk for pk in [*after, *before] if pk in unread), None),
    )


def batch_events(batch: LetterBatch) -> QuerySet[AuditEvent]:
    """What was done with the batch and its letters, the newest first; who read what stands in the table."""
    names = [name_of(batch), *(f"{Letter._meta.label_lower}:{pk}" for pk in batch.letters.values_list("pk", flat=True))]
    found = AuditEvent.objects.filter(subject__in=names).exclude(action="correspondence.mark_read")
    return found.select_related("by").order_by("-at", "-pk")[:LATEST_EVENTS]


def print_key(batch: LetterBatch, letters: list[Letter]) -> str:
    """Changes when the print of these letters would."""
    texts = [f"{letter.pk} {letter.version}" for letter in letters]
    return fingerprint(house(), batch.sender, batch.dated_on.isoformat(), *texts)


def programmes(user: User) -> dict[str, str]:
    """Names by slug of the programmes that letters were made for."""
    slugs = LetterBatch.objects.visible_to(user).order_by(F("programme_slug")).values_list("programme_slug", flat=True)
    return {slug: sender_of(slug) for slug in slugs.distinct() if slug}
