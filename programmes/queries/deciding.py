"""What a batch decision is made of: the recommended applications, the cases to decide in, what was decided."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Count, F, Max, Min, Q

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


def rounds_to_tell(user):
    """Rounds with decided applicants who have not been told, how many (``untold``) and since when (``decided_on``)."""
    if not may(user, "admission.decide"):
        return AdmissionRound.objects.none()
    waiting = Application.objects.live().untold()
    found = AdmissionRound.objects.visible_to(user).filter(applications__in=waiting)
    return found.annotate(untold=Count("applications"), decided_on=Min("applications__decided_on"))
