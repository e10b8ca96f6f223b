"""How many take part on a date, counted from the records, beside what sources state."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import F, Q

from municipalities.models import Municipality, Organisation
from municipalities.queries.register import alphabetical

from ..models import Agreement, Cohort, Participation, Programme, ReportedCount, UnnamedWithdrawal

JOINT = (Organisation.Kind.JOINT_MUNICIPALITY, Organisation.Kind.JOINT_ENTRY)


@dataclass(frozen=True)
class CohortCount:
    """``places`` are names in the cohort on the date; ``active`` those of them that had not withdrawn."""

    cohort: Cohort
    places: int
    active: int


@dataclass(frozen=True)
class ParticipantCounts:
    """Counts as of ``counted_on``.

    ``places`` are the names under a cohort, so one participant printed in two cohorts counts twice; ``participants``
    are different ones. ``unnamed`` have withdrawn without any source naming them; they are in ``admitted``, not in
    ``active``. ``in_several`` names those that stand in several cohorts.
    """

    counted_on: date
    cohorts: tuple[CohortCount, ...]
    places: int
    participants: int
    withdrawn: int
    unnamed: int
    in_several: tuple[str, ...] = ()

    @property
    def admitted(self) -> int:
        return self.places + self.unnamed

    @property
    def active(self) -> int:
        return sum(cohort.active for cohort in self.cohorts)

    @property
    def all_withdrawn(self) -> int:
        return self.withdrawn + self.unnamed

    @property
    def twice(self) -> int:
        """Names that stand in two cohorts."""
        return self.places - self.participants


@dataclass(frozen=True)
class Place:
    """A participant's time in a cohort; ``starts_on`` is never unknown."""

    cohort_id: int | None
    participation_id: int
    name: str
    starts_on: date
    ends_on: date | None
    withdrawn_on: date | None


@dataclass(frozen=True)
class Records:
    """What one programme's counts are made of, so that they can be made for any number of dates."""

    cohorts: tuple[Cohort, ...]
    places: tuple[Place, ...]
    outside: tuple[Place, ...] = ()
    unnamed: tuple[UnnamedWithdrawal, ...] = ()

    def on(self, day: date) -> ParticipantCounts:
        begun = [place for place in self.places if place.starts_on <= day]
        # Moved to another cohort: counted where the participant stands on the date.
        standing = [place for place in begun if place.ends_on is None or place.ends_on >= day]
        withdrawn = {place.participation_id for place in begun if place.withdrawn_on and place.withdrawn_on <= day}
        places = Counter(place.cohort_id for place in standing)
        active = Counter(place.cohort_id for place in standing if place.participation_id not in withdrawn)
        times = Counter((place.participation_id, place.name) for place in standing)
        return ParticipantCounts(
            counted_on=day,
            cohorts=tuple(CohortCount(one, places[one.pk], active[one.pk]) for one in self.cohorts),
            places=len(standing),
            participants=len(times),
            withdrawn=len(withdrawn),
            unnamed=sum(one.count for one in self.unnamed_on(day)),
            in_several=tuple(sorted((name for (_pk, name), n in times.items() if n > 1), key=alphabetical)),
        )

    def unnamed_on(self, day: date) -> list[UnnamedWithdrawal]:
        """The withdrawals that were known by the day, though not whose they are."""
        return [one for one in self.unnamed if one.known_on <= day]

    def outside_on(self, day: date) -> list[str]:
        """Names of those that no source places in a cohort; they are in no count."""
        taking_part = [
            place.name
            for place in self.outside
            if place.starts_on <= day and (place.withdrawn_on is None or place.withdrawn_on > day)
        ]
        return sorted(taking_part, key=alphabetical)


def records_of(programmes: Iterable[Programme], cohorts: Iterable[Cohort] | None = None) -> dict[int, Records]:
    """By the programmes' ids. Three queries, whatever their number; two where their ``cohorts`` are known already."""
    known = {one.pk: one for one in programmes}
    if cohorts is None:
        cohorts = Cohort.objects.filter(programme__in=known)
    of_programme, places, outside, unnamed = (defaultdict(list) for _kind in range(4))
    for cohort in sorted(cohorts, key=lambda one: (one.position, one.pk)):
        of_programme[cohort.programme_id].append(cohort)
    for programme_id, place in _places(known):
        (outside if place.cohort_id is None else places)[programme_id].append(place)
    for one in UnnamedWithdrawal.objects.filter(programme__in=known).order_by("known_on", "pk"):
        unnamed[one.programme_id].append(one)
    kinds = (of_programme, places, outside, unnamed)
    return {pk: Records(*(tuple(kind[pk]) for kind in kinds)) for pk in known}


def _places(known: dict[int, Programme]) -> Iterator[tuple[int, Place]]:
    """Every time in a cohort; of a participant that is in none, the participation itself. One query."""
    rows = Participation.objects.filter(programme__in=known).values_list(
        "programme_id",
        "cohort_memberships__cohort_id",
        "pk",
        "name",
        "cohort_memberships__starts_on",
        "cohort_memberships__ends_on",
        "starts_on",
        "withdrawn_on",
    )
    for programme_id, cohort_id, pk, name, starts_on, ends_on, begun_on, withdrawn_on in rows:
        # Nobody wrote down when it began: from the first day of the programme.
        first = (starts_on if cohort_id else begun_on) or known[programme_id].starts_on
        yield programme_id, Place(cohort_id, pk, name, first, ends_on, withdrawn_on)


def participant_counts(programme: Programme, counted_on: date) -> ParticipantCounts:
    """Three queries, whatever the number of participants."""
    return records_of([programme])[programme.pk].on(counted_on)


def counts_of(programmes: list[Programme], today: date) -> list[tuple[Programme, ParticipantCounts]]:
    """Each programme with its counts on the day it is counted on: three queries for all of them."""
    records = records_of(programmes)
    return [(one, records[one.pk].on(last_day(one, today))) for one in programmes]


def last_day(programme: Programme, today: date) -> date:
    """The day a programme is counted on when nobody asks for another: its last, or today while it runs."""
    return min(programme.ends_on, today)


def participating_municipalities(programme: Programme, day: date):
    """The whole municipalities that take part on the day, alone or joined with others.

    A city district does not bring its city, and a participant that no source identifies brings none.
    """
    active = Participation.objects.filter(programme=programme).active_on(day)
    return Municipality.objects.filter(
        Q(participations__in=active)
        | Q(organisations__in=Organisation.objects.filter(kind__in=JOINT, participations__in=active))
    ).distinct()


@dataclass(frozen=True)
class SignedAgreement:
    """An agreement with the names of its parties."""

    agreement: Agreement
    parties: tuple[str, ...]


def agreements_of(programme: Programme) -> list[SignedAgreement]:
    """In order of signing; one query."""
    found = programme.agreements.annotate(party=F("parties__name")).order_by("signed_on", "pk", "party")
    return [
        SignedAgreement(agreement, tuple(one.party for one in (agreement, *others) if one.party))
        for _pk, (agreement, *others) in groupby(found, key=lambda one: one.pk)
    ]


def reported_counts(programme: Programme):
    """What sources state, by measure and date, for a list beside the counts of the records."""
    return programme.reported_counts.select_related("cohort")


@dataclass(frozen=True)
class Stated:
    """A count that a source states, and what the records give for the same thing on the same date."""

    reported: ReportedCount
    own: int

    @property
    def agrees(self) -> bool:
        return self.reported.count == self.own


def stated_counts(programme: Programme, records: Records, day: date, cohort: Cohort | None = None) -> list[Stated]:
    """What sources state of the programme, or of one cohort, as of dates up to the day, in order; one query."""
    found = programme.reported_counts.filter(cohort=cohort, counted_on__lte=day).order_by("counted_on", "measure")
    return [Stated(one, _own(records.on(one.counted_on), one.measure, cohort)) for one in found]


def _own(counts: ParticipantCounts, measure: str, cohort: Cohort | None) -> int:
    """The same measure from the records; a withdrawal that nobody names belongs to no cohort."""
    if cohort:
        one = next(one for one in counts.cohorts if one.cohort == cohort)
        own = {"admitted": one.places, "active": one.active, "withdrawn": one.places - one.active}
    else:
        own = {"admitted": counts.admitted, "active": counts.active, "withdrawn": counts.all_withdrawn}
    return own[measure]
