"""Reading across a programme's records: who takes part on a date, and how the counts agree with what sources state."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q

from municipalities.models import Municipality, Organisation
from municipalities.queries.register import alphabetical

from .models import Cohort, CohortMembership, Participation, Programme

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

    ``places`` are the names under a cohort, so one participant printed in two cohorts counts twice; ``participants`` are
    different ones. ``unnamed`` have withdrawn without any source naming them; they are in ``admitted``, not in ``active``.
    """

    counted_on: date
    cohorts: tuple[CohortCount, ...]
    places: int
    participants: int
    withdrawn: int
    unnamed: int

    @property
    def admitted(self) -> int:
        return self.places + self.unnamed

    @property
    def active(self) -> int:
        return sum(cohort.active for cohort in self.cohorts)

    @property
    def twice(self) -> int:
        """Names that stand in two cohorts."""
        return self.places - self.participants


def last_day(programme: Programme, today: date) -> date:
    """The day a programme is counted on when nobody asks for another: its last, or today while it runs."""
    return min(programme.ends_on, today)


def participant_counts(programme: Programme, counted_on: date) -> ParticipantCounts:
    """Four queries, whatever the number of participants."""
    begun = Q(starts_on__lte=counted_on) | Q(starts_on__isnull=True)
    rows = list(
        CohortMembership.objects.filter(begun, cohort__programme=programme).values_list(
            "cohort_id", "participation_id", "ends_on", "participation__withdrawn_on"
        )
    )
    # Moved to another cohort: counted where the participant stands on the date.
    standing = [row for row in rows if row[2] is None or row[2] >= counted_on]
    withdrawn = {row[1] for row in rows if row[3] is not None and row[3] <= counted_on}
    places = Counter(row[0] for row in standing)
    active = Counter(row[0] for row in standing if row[1] not in withdrawn)
    unnamed = sum(programme.unnamed_withdrawals.filter(known_on__lte=counted_on).values_list("count", flat=True))
    return ParticipantCounts(
        counted_on=counted_on,
        cohorts=tuple(
            CohortCount(cohort, places[cohort.pk], active[cohort.pk]) for cohort in programme.cohorts.all()
        ),
        places=len(standing),
        participants=len({row[1] for row in standing}),
        withdrawn=len(withdrawn),
        unnamed=unnamed,
    )


def participating_municipalities(programme: Programme, day: date):
    """The whole municipalities that take part on the day, alone or joined with others.

    A city district does not bring its city, and a participant that no source identifies brings none.
    """
    active = Participation.objects.filter(programme=programme).active_on(day)
    return Municipality.objects.filter(
        Q(participations__in=active)
        | Q(organisations__in=Organisation.objects.filter(kind__in=JOINT, participations__in=active))
    ).distinct()


def reported_counts(programme: Programme):
    """What sources state, by measure and date, for a list beside the counts of the records."""
    return programme.reported_counts.select_related("cohort")


@dataclass(frozen=True)
class ParticipantRow:
    """A participant as a list shows it on a date."""

    participation: Participation
    cohorts: str
    networks: str
    is_active: bool
    is_certain: bool


def participant_rows(
    programme: Programme, day: date, *, search: str = "", cohort: str = "", state: str = "", sort: str = "name"
) -> list[ParticipantRow]:
    """The participants that had begun by the day, by the filters of the list. Three queries."""
    found = (
        Participation.objects.filter(programme=programme)
        .filter(Q(starts_on__isnull=True) | Q(starts_on__lte=day))
        .select_related("municipality__county", "organisation")
        .prefetch_related(
            Prefetch(
                "cohort_memberships",
                CohortMembership.objects.filter(Q(starts_on__isnull=True) | Q(starts_on__lte=day))
                .exclude(ends_on__lt=day)
                .select_related("cohort")
                .order_by("cohort__position"),
                to_attr="current_cohorts",
            ),
            "network_memberships__network",
        )
    )
    if search:
        found = found.filter(
            Q(name__icontains=search)
            | Q(municipality__number__startswith=search)
            | Q(municipality__county__name__icontains=search)
        )
    if cohort:
        found = found.filter(cohort_memberships__cohort__slug=cohort)
    rows = [_participant_row(one, day) for one in found.distinct()]
    if state in {"active", "withdrawn"}:
        rows = [row for row in rows if row.is_active == (state == "active")]
    return _sorted(rows, sort)


def _participant_row(participation: Participation, day: date) -> ParticipantRow:
    networks = [
        one.network.name
        for one in participation.network_memberships.all()
        if (one.starts_on is None or one.starts_on <= day) and (one.ends_on is None or one.ends_on >= day)
    ]
    cohorts = participation.current_cohorts
    return ParticipantRow(
        participation,
        ", ".join(one.cohort.name for one in cohorts),
        ", ".join(networks),
        participation.withdrawn_on is None or participation.withdrawn_on > day,
        all(one.is_certain for one in cohorts),
    )


def _sorted(rows: list[ParticipantRow], sort: str) -> list[ParticipantRow]:
    keys = {
        "name": lambda row: alphabetical(row.participation.name),
        "cohort": lambda row: (row.cohorts, alphabetical(row.participation.name)),
        "network": lambda row: (row.networks, alphabetical(row.participation.name)),
        "starts_on": lambda row: (row.participation.starts_on or date.min, row.participation.name),
        "state": lambda row: (not row.is_active, alphabetical(row.participation.name)),
    }
    name = sort.removeprefix("-")
    return sorted(rows, key=keys.get(name, keys["name"]), reverse=sort.startswith("-"))

