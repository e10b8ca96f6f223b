"""The programme of a gathering: days, hours, and what runs side by side."""

from dataclasses import dataclass
from datetime import date, time

from django.db.models import Count, Q
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..calculations.places import free_places
from ..models import Gathering, Material, Registration, Session


@dataclass(frozen=True)
class Hour:
    """What begins at one time: one session, or several side by side."""

    starts_time: time
    sessions: list[Session]


@dataclass(frozen=True)
class Day:
    held_on: date
    hours: list[Hour]


def programme_of(gathering: Gathering) -> list[Day]:
    """Sessions with their speakers by day and hour. Two queries."""
    days: dict[date, dict[time, list[Session]]] = {}
    for one in gathering.sessions.prefetch_related("speakers"):
        days.setdefault(one.held_on, {}).setdefault(one.starts_time, []).append(one)
    return [Day(day, [Hour(*hour) for hour in hours.items()]) for day, hours in days.items()]


@dataclass(frozen=True)
class ParallelSlot:
    """Parallel sessions that begin at the same time: a person chooses one."""

    held_on: date
    starts_time: time
    sessions: list[Session]

    @property
    def key(self) -> str:
        return f"slot-{self.held_on:%Y%m%d}-{self.starts_time:%H%M}"

    @property
    def label(self) -> str:
        hour = f"{date_format(self.held_on, 'j. F')} {time_format(self.starts_time, 'TIME_FORMAT')}"
        return _("Parallel session %(hour)s") % {"hour": hour}

    @property
    def choices(self) -> list[tuple[int, str]]:
        return [(one.pk, " ".join(filter(None, (one.title_text, _left(one))))) for one in self.sessions]


def _left(session: Session) -> str:
    """The places left in words; nothing where there is no limit. Needs ``chosen_count``."""
    free = free_places(session.capacity, session.chosen_count)
    if free is None:
        return ""
    return ngettext("(%(n)d place left)", "(%(n)d places left)", free) % {"n": free} if free else _("(full)")


def parallel_slots(gathering: Gathering) -> list[ParallelSlot]:
    """One query; each session knows how many have chosen it (``chosen_count``)."""
    live = Count("choices", filter=~Q(choices__registration__state=Registration.State.CANCELLED))
    slots: dict[tuple[date, time], list[Session]] = {}
    for one in gathering.sessions.filter(kind=Session.Kind.PARALLEL).annotate(chosen_count=live):
        slots.setdefault((one.held_on, one.starts_time), []).append(one)
    return [ParallelSlot(*when, sessions) for when, sessions in slots.items()]


def materials_for(user, gathering: Gathering) -> list[Material]:
    return list(Material.objects.visible_to(user).filter(gathering=gathering))
