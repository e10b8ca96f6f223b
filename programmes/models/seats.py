"""What a seat in a committee gives access to, and for how long."""

from datetime import date

from django.db.models import Q
from django.utils import timezone


def holding(day: date, *, path: str = "") -> Q:
    """Seats held on the day, the last day included; ``path`` leads to the seat and ends in ``__``."""
    has_begun = Q(**{f"{path}starts_on__isnull": True}) | Q(**{f"{path}starts_on__lte": day})
    lasts = Q(**{f"{path}ends_on__isnull": True}) | Q(**{f"{path}ends_on__gte": day})
    return has_begun & lasts


def held_today_by(user, *, path: str = "") -> Q:
    """The seats that give the user access: from their first day to their last.

    A seat ends by its own last day, not with the programme: the final report comes after the programme has ended, and
    the members read it. A seat without a last day is held until the secretariat ends it. One that no user holds, only a
    party, is nobody's: also not of those who have not signed in.
    """
    own = [user.pk] if user.is_authenticated else []
    return Q(**{f"{path}user__in": own}) & holding(timezone.localdate(), path=path)
