"""The calendar: lists by year and month, and what calendars subscribe to."""

from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from networks.models import Network
from programmes.models import Programme

from ..calculations.icalendar import Event
from ..models import Gathering


@dataclass(frozen=True)
class GatheringRow:
    """A gathering with for whom it is, in words."""

    gathering: Gathering
    audience: str


def gathering_rows(gatherings: QuerySet[Gathering], *, today: date, **asked) -> list[GatheringRow]:
    """The gatherings by the filters of the list (``q``, ``kind``, ``cohort``, ``network``, ``when``). Three queries."""
    found = with_audience(_narrowed(gatherings, today, **asked)).in_order()
    rows = [GatheringRow(one, audience_of(one)) for one in found]
    words = asked.get("q", "").casefold().split()
    rows = [row for row in rows if all(word in _text(row) for word in words)]
    return rows if asked.get("when") == "coming" else rows[::-1]


def _narrowed(found: QuerySet[Gathering], today: date, *, kind="", cohort="", network="", when="", year=None, **_rest):
    if kind:
        found = found.filter(kind=kind)
    if cohort:
        found = found.filter(
            Q(is_for_all=True)
            | Q(pk__in=Gathering.cohorts.through.objects.filter(cohort__slug=cohort).values("gathering"))
        )
    if network:
        through = Gathering.networks.through.objects.filter(network__slug=network)
        found = found.filter(pk__in=through.values("gathering"))
    if year:
        found = found.filter(starts_on__year=year)
    if when:
        found = found.filter(ends_on__gte=today) if when == "coming" else found.filter(ends_on__lt=today)
    return found


def _text(row: GatheringRow) -> str:
    one = row.gathering
    return f"{one.title_text} {one.get_kind_display()} {one.place} {row.audience}".casefold()


def with_audience(found: QuerySet[Gathering]) -> QuerySet[Gathering]:
    networks = Network.objects.select_related("cohort").order_by("cohort__position", "number", "name")
    return found.select_related("programme", "place_municipality").prefetch_related(
        "cohorts", Prefetch("networks", networks)
    )


def audience_of(gathering: Gathering) -> str:
    """«Pulje 2, nettverk 10», «Hele programmet»; empty where no source tells."""
    if gathering.is_for_all:
        return _("the whole programme")
    networks = list(gathering.networks.all())
    named = {one.cohort_id for one in networks}
    cohorts = [one.name for one in gathering.cohorts.all() if one.pk not in named]
    return ", ".join([*cohorts, *(one.name for one in networks)])


@dataclass
class Month:
    """The gatherings that begin in one month; ``first`` is its first day."""

    first: date
    rows: list[GatheringRow] = field(default_factory=list)


@dataclass
class Year:
    year: int
    months: list[Month] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(len(month.rows) for month in self.months)


def by_month(rows: list[GatheringRow]) -> list[Year]:
    """The rows in their order, under year and month."""
    years: list[Year] = []
    for row in rows:
        day = row.gathering.starts_on
        if not years or years[-1].year != day.year:
            years.append(Year(day.year))
        months = years[-1].months
        if not months or months[-1].first.month != day.month:
            months.append(Month(day.replace(day=1)))
        months[-1].rows.append(row)
    return years


def next_gatherings(user, today: date, at_most: int = 5) -> list[Gathering]:
    """The coming gatherings of every programme that concern the user. One query."""
    found = Gathering.objects.visible_to(user).concerning(user).coming(today)
    return list(found.exclude(state=Gathering.State.CANCELLED).select_related("programme").in_order()[:at_most])


def public_gatherings(user, today: date, at_most: int = 5) -> list[Gathering]:
    """The coming announced gatherings, for those whom none concerns more than another. One query."""
    found = Gathering.objects.visible_to(user).filter(state=Gathering.State.ANNOUNCED).coming(today)
    return list(found.select_related("programme").in_order()[:at_most])


def gatherings_found(user, text: str, at_most: int) -> list[Gathering]:
    """Those with all the words in title, place or year, the newest first. One query."""
    words = text.casefold().split()
    found = Gathering.objects.visible_to(user).select_related("programme").order_by("-starts_on", "-pk")
    fitting = (one for one in found if all(word in _searched(one) for word in words))
    return list(islice(fitting, at_most))


def _searched(one: Gathering) -> str:
    return f"{' '.join(one.title.values())} {one.place} {one.starts_on.year}".casefold()


def events_of(gatherings: QuerySet[Gathering]) -> list[Event]:
    """What a calendar is told of each; cancelled ones too, so that the entry it has is marked. One query."""
    return [event_of(one) for one in gatherings.select_related("programme").in_order()]


def event_of(gathering: Gathering) -> Event:
    first, last = gathering.starts_at, gathering.ends_at
    if first is None or last is None:
        first, last = gathering.starts_on, gathering.ends_on
    return Event(
        uid=str(gathering.uid),
        sequence=gathering.sequence,
        stamp=gathering.changed_at,
        first=first,
        last=last,
        summary=gathering.title_text,
        location=gathering.place,
        description=gathering.body_text,
        url=settings.BASE_URL.rstrip("/") + gathering.get_absolute_url(),
        cancelled=gathering.state in (Gathering.State.CANCELLED, Gathering.State.DRAFT),
    )


def feed_for(user) -> QuerySet[Gathering]:
    """What a person's own calendar holds: what concerns them and what they are registered for; of drafts only one's.

    Drafts are left out also for the secretariat: a calendar is to be relied on. A gathering taken back to a draft stays
    as cancelled, since those who have it would otherwise keep it.
    """
    shown = announced_once(Gathering.objects.filter(programme__in=Programme.objects.visible_to(user)))
    registered = shown.filter(pk__in=user.registrations.live().values("gathering"))
    return (shown.concerning(user) | registered).distinct()


def public_feed(programme: Programme) -> QuerySet[Gathering]:
    return announced_once(programme.gatherings.all())


def announced_once(found: QuerySet[Gathering]) -> QuerySet[Gathering]:
    """A draft that has a calendar sequence has been announced and taken back."""
    return found.filter(~Q(state=Gathering.State.DRAFT) | Q(sequence__gt=0))
