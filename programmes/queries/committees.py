"""Committees with their seats and meetings, and how often they met."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q

from ..models import AgendaItem, Committee, CommitteeSeat, Meeting, Programme, StatedMeetingCount

# A meeting counts as held when it was; of a historic one the source says no more than that.
HELD = (Meeting.State.HELD, Meeting.State.APPROVED)


@dataclass(frozen=True)
class CommitteeRow:
    """A committee as the list shows it on a day."""

    committee: Committee
    seats: tuple[CommitteeSeat, ...]
    next_meeting: Meeting | None
    held_count: int

    @property
    def parties(self) -> str:
        return ", ".join(sorted({one.party.name for one in self.seats if one.party}))

    @property
    def members_count(self) -> int:
        return sum(not one.is_deputy for one in self.seats)


def committee_rows(programme: Programme, user, day: date) -> list[CommitteeRow]:
    """The committees one may see, with seats on the day: three queries, however many."""
    seats = CommitteeSeat.objects.valid_on(day).select_related("party", "user")
    coming = Meeting.objects.filter(held_on__gte=day, state__in=("planned", "called")).order_by("held_on")
    found = (
        Committee.objects.visible_to(user)
        .filter(programme=programme)
        .annotate(held=Count("meetings", Q(meetings__state__in=HELD)))
        .prefetch_related(Prefetch("seats", seats, "seats_now"), Prefetch("meetings", coming, "coming"))
    )
    return [CommitteeRow(one, tuple(one.seats_now), next(iter(one.coming), None), one.held) for one in found]


@dataclass(frozen=True)
class MeetingRow:
    meeting: Meeting
    items_count: int
    present_count: int


def meeting_rows(committee: Committee, *, year: int | None = None, search: str = "") -> list[MeetingRow]:
    """The newest first; ``search`` is looked for in the titles and decisions of the cases. One query."""
    found = committee.meetings.annotate(
        items_n=Count("items", distinct=True),
        present_n=Count("attendances", Q(attendances__presence__in=("present", "deputy")), distinct=True),
    )
    if year:
        found = found.filter(held_on__year=year)
    if search:
        words = Q(title__icontains=search) | Q(decision__icontains=search) | Q(case_text__icontains=search)
        found = found.filter(pk__in=AgendaItem.objects.filter(words).values("meeting"))
    return [MeetingRow(one, one.items_n, one.present_n) for one in found.order_by("-held_on", "-starts_at")]


@dataclass(frozen=True)
class MeetingCount:
    """Meetings held and cases handled by a committee in a year: counted here, and as sources state (None: not)."""

    committee: Committee
    year: int
    meetings_count: int
    items_count: int
    stated_meetings: StatedMeetingCount | None = None
    stated_items: StatedMeetingCount | None = None

    @property
    def meetings(self) -> int:
        """What a report prints: the records where there are any, else what the source states."""
        return self.meetings_count or (self.stated_meetings.count if self.stated_meetings else 0)

    @property
    def items(self) -> int | None:
        return self.items_count or (self.stated_items.count if self.stated_items else None)

    @property
    def source(self) -> str:
        stated = [one.source for one in (self.stated_meetings, self.stated_items) if one]
        return "; ".join(dict.fromkeys(stated))

    @property
    def is_stated(self) -> bool:
        return not self.meetings_count and self.stated_meetings is not None

    @property
    def differs(self) -> bool:
        """Records and source both exist and do not agree."""
        pairs = ((self.meetings_count, self.stated_meetings), (self.items_count, self.stated_items))
        return any(own and stated and own != stated.count for own, stated in pairs)


def meeting_counts(programme: Programme, year: int | None = None) -> list[MeetingCount]:
    """By committee and year, for one year or for all. Four queries.

    A sum that a source states for several years has no year, and is not among these (``stated_sums``).
    """
    committees = list(programme.committees.all())
    meetings = _by_year(
        Meeting.objects.filter(committee__in=committees, state__in=HELD).values_list("committee", "held_on__year")
    )
    items = _by_year(
        AgendaItem.objects.filter(committee__in=committees, meeting__state__in=HELD).values_list(
            "committee", "meeting__held_on__year"
        )
    )
    stated = {
        (one.committee_id, one.year, one.measure): one
        for one in StatedMeetingCount.objects.filter(committee__in=committees, year__isnull=False)
    }
    keys = {*meetings, *((committee, of_year) for committee, of_year, _ in stated)}
    return [
        MeetingCount(
            committee,
            of_year,
            meetings[committee.pk, of_year],
            items[committee.pk, of_year],
            stated.get((committee.pk, of_year, "meetings")),
            stated.get((committee.pk, of_year, "items")),
        )
        for committee in committees
        for of_year in sorted(one for pk, one in keys if pk == committee.pk)
        if year in (None, of_year)
    ]


def stated_sums(programme: Programme) -> list[StatedMeetingCount]:
    """What sources state for all years together. One query."""
    found = StatedMeetingCount.objects.filter(committee__programme=programme, year__isnull=True)
    return list(found.select_related("committee"))


def seats_by_year(committee: Committee, years: Iterable[int]) -> dict[int, list[CommitteeSeat]]:
    """Who had a seat at some time in each year. One query."""
    seats = list(committee.seats.select_related("party", "user"))
    return {year: [seat for seat in seats if _holds_in(seat, year)] for year in years}


def coming_meetings(user, day: date) -> list[Meeting]:
    """Of the committees one may see, the meetings called or planned from the day on, the next first. One query."""
    found = Meeting.objects.filter(
        committee__in=Committee.objects.visible_to(user), held_on__gte=day, state__in=("planned", "called")
    )
    return list(found.select_related("committee__programme").order_by("held_on", "starts_at")[:5])


def _by_year(pairs) -> defaultdict[tuple[int, int], int]:
    counts: defaultdict[tuple[int, int], int] = defaultdict(int)
    for pair in pairs:
        counts[pair] += 1
    return counts


def _holds_in(seat: CommitteeSeat, year: int) -> bool:
    begun = seat.starts_on is None or seat.starts_on.year <= year
    return begun and (seat.ends_on is None or seat.ends_on.year >= year)
