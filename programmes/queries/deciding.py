"""What a batch decision is made of: the recommended applications, the cases to decide in, what was decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import CharField, Count, F, Max, Min, Q, Value
from django.db.models.functions import Cast, Concat

from correspondence.models import Letter, LetterBatch
from municipalities.permissions import may

from ..calculations.application_states import DECIDED
from ..models import AdmissionRound, AgendaItem, Application, Committee, Programme


def recommended(round: AdmissionRound) -> list[Application]:
    return list(round.applications.filter(state=Application.State.RECOMMENDED).order_by("name"))


def cases_for(programme: Programme):
    """Cases of the political committee's meetings that stand, the newest first."""
    found = AgendaItem.objects.filter(
        committee__programme=programme, committee__kind=Committee.Kind.POLITICAL, kind=AgendaItem.Kind.DECISION
    ).exclude(meeting__state="cancelled")
    return found.select_related("meeting", "committee").order_by("-meeting__held_on", "number")


def decided(round: AdmissionRound) -> list[Application]:
    """With their cases, the newest first."""
    found = round.applications.filter(decided_item__isnull=False).select_related("decided_item__meeting")
    return list(found.order_by("-decided_on", "decided_item", "name"))


def without_letter(round: AdmissionRound, written: Mapping[str, datetime]) -> list[Application]:
    """Decided applications that no letter tells of, and that nobody has told in another way.

    ``written`` maps subjects of letters to when the newest was made: one made before the decision was taken back and
    made anew tells of the former.
    """
    found = round.applications.live().filter(state__in=DECIDED, told_how="")
    found = found.annotate(ruled_at=Max("steps__at", filter=Q(steps__to_state=F("state"))))
    found = found.select_related("round__programme", "round__cohort", "decided_item").order_by("name")
    return [one for one in found if not _is_written(one, written.get(f"{one._meta.label_lower}:{one.pk}"))]


def _is_written(application: Application, made_at: datetime | None) -> bool:
    return made_at is not None and (application.ruled_at is None or made_at >= application.ruled_at)


@dataclass(frozen=True)
class LettersLeft:
    """``unwritten`` decided applications have no letter; ``batch`` holds letters of the round that are not sent yet."""

    unwritten: int
    batch: LetterBatch | None


def letters_left(round: AdmissionRound) -> LettersLeft:
    """Two queries."""
    found = letters_of(round)
    written = {about: one.batch.created_at for about, one in found.items()}
    waiting = [one for one in found.values() if one.sent_at is None and not one.batch.is_released]
    return LettersLeft(len(without_letter(round, written)), waiting[-1].batch if waiting else None)


def letters_of(round: AdmissionRound) -> dict[str, Letter]:
    """The newest letter that each application of the round has, by its subject, the newest last. One query."""
    name = f"{Application._meta.label_lower}:"
    subjects = round.applications.annotate(subject=Concat(Value(name), Cast("pk", CharField()))).values("subject")
    found = Letter.objects.standing().filter(about__in=subjects).select_related("batch")
    return {one.about: one for one in found.order_by("batch__created_at", "pk")}


def letter_of(application: Application) -> Letter | None:
    """The letter that tells of the decision as it stands."""
    ruled_at = application.steps.filter(to_state=application.state).aggregate(at=Max("at"))["at"]
    found = Letter.objects.standing().filter(about=f"{application._meta.label_lower}:{application.pk}")
    newest = found.select_related("batch").order_by("batch__created_at", "pk").last()
    return newest if newest and (ruled_at is None or newest.batch.created_at >= ruled_at) else None


def rounds_to_tell(user):
    """Rounds with decided applicants who have not been told, how many (``untold``) and since when (``decided_on``)."""
    if not may(user, "admission.decide"):
        return AdmissionRound.objects.none()
    waiting = Application.objects.live().untold()
    found = AdmissionRound.objects.visible_to(user).filter(applications__in=waiting)
    return found.annotate(untold=Count("applications"), decided_on=Min("applications__decided_on"))
