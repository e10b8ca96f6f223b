"""The programmes a person may look at, and the one to begin with."""

from django.db.models import Exists, F, OuterRef, Subquery, Value
from django.db.models.functions import Concat, ExtractYear
from django.utils import timezone

from absence.models import GroupWindow, Release
from programmes.models import Applicant, Application, CommitteeSeat, Participation, Programme, held_today_by


def programmes_for(user) -> list[Programme]:
    """In time order; each knows whether the person has a stake in it, and whether it has figures of its own time.

    Each also carries the newest vintage in use, the same for all (``newest_source``, ``newest_vintage``), since every
    page asks for both. One query.
    """
    own = [one.municipality_id for one in user.current_roles if one.municipality_id] if user.is_authenticated else []
    # A participant whose admission is not told yet would give the outcome away by what the page begins with.
    participations = Participation.objects.told().filter(programme=OuterRef("pk"), municipality__in=own)
    figures = GroupWindow.objects.filter(
        group_key=Concat(Value("in:"), OuterRef("slug")), first_quarter__gte=OuterRef("first_quarter")
    )
    newest = Release.objects.order_by("-vintage_on", "source")
    found = Programme.objects.visible_to(user).annotate(first_quarter=ExtractYear("starts_on") * 4)
    return list(
        found.annotate(
            has_seat=Exists(CommitteeSeat.objects.filter(held_today_by(user), committee__programme=OuterRef("pk"))),
            takes_part=Exists(participations),
            applies=Exists(_applications_of(user)),
            has_figures=Exists(figures),
            newest_source=Subquery(newest.values("source")[:1]),
            newest_vintage=Subquery(newest.values("vintage_on")[:1]),
        ).order_by(F("starts_on"))
    )


def _applications_of(user):
    """The live applications, of the outer programme, in which a place of the user's stands."""
    if not user.is_authenticated:
        return Applicant.objects.none()
    live = Application.objects.live().exclude(state=Application.State.WITHDRAWN)
    return Applicant.objects.of(user).filter(
        application__in=live.filter(round__programme=OuterRef(OuterRef("pk"))).values("pk")
    )


def first_choice(programmes: list[Programme]) -> Programme | None:
    """One's own before others, then one applied to, then one with figures, then one that has begun, then the newest."""
    today = timezone.localdate()

    def weight(one):
        return (one.has_seat or one.takes_part, one.applies, one.has_figures, one.starts_on <= today, one.starts_on)

    return max(programmes, key=weight, default=None)
