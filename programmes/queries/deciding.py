"""What a batch decision is made of: the recommended applications, the cases to decide in, what was decided."""

from django.db.models import Q

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


def without_letter(round: AdmissionRound, written_about: set[str]) -> list[Application]:
    """Decided applications that no letter has been made about; ``written_about`` names subjects of letters."""
    found = round.applications.filter(Q(state="admitted") | Q(state="declined"))
    found = found.select_related("round__programme", "round__cohort", "decided_item").order_by("name")
    return [one for one in found if f"{one._meta.label_lower}:{one.pk}" not in written_about]
