"""Applications as the secretariat sees them: the table of a round, and one application with its assessments.

What others gave is not shown to one who has yet to give one's own: only after handing in, or once all is assessed.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, F, Min, Q
from django.utils import timezone

from municipalities.permissions import may
from municipalities.queries.register import alphabetical
from municipalities.words import in_language

from ..calculations.application_states import TRANSITIONS, way_back
from ..calculations.assessment import Agreement, advice_disagrees, agreement, disagrees, overall_mean
from ..models import AdmissionRound, Application, Assessment, Criterion, Score
from ..models.application_labels import COLOURS, SECRETARIAT_LABELS

OPEN_STATES = ("submitted", "more_asked", "resubmitted")


@dataclass(frozen=True)
class ApplicationRow:
    """One line of the table. ``mean`` and ``disagrees`` are None where the reader is not to know yet."""

    pk: int
    name: str
    applicants: tuple[str, ...]
    county: str
    state: str
    focus_areas: tuple[str, ...]
    submitted_at: datetime | None
    assessors: tuple[str, ...]
    is_own_begun: bool
    is_own_handed_in: bool
    mean: Decimal | None
    disagrees: bool | None
    is_recommended: bool | None
    more_due_on: date | None = None

    @property
    def is_overdue(self) -> bool:
        """More was asked for, and the day to answer by has passed."""
        waits = self.state == "more_asked" and self.more_due_on is not None
        return waits and self.more_due_on < timezone.localdate()

    @property
    def state_label(self) -> str:
        return str(SECRETARIAT_LABELS[self.state])

    @property
    def colour(self) -> str:
        return COLOURS.get(self.state, "neutral")

    @property
    def handed_in(self) -> int:
        return len(self.assessors)


@dataclass
class _Given:
    """The handed-in assessments of one application."""

    names: list[str] = field(default_factory=list)
    advices: list[str] = field(default_factory=list)
    scores: dict[int, dict[int, int]] = field(default_factory=dict)
    own: str = ""


def application_rows(round: AdmissionRound, user, **filters: str) -> list[ApplicationRow]:
    """By the filters of the list: ``search``, ``state``, ``focus``, ``county``, ``assessor`` (a name, ``none`` or
    ``mine``), ``disagreement`` (``yes``), ``sort``. Four queries, whatever the number of applications.
    """
    found = Application.objects.visible_to(user).live().filter(round=round)
    fields = ("pk", "name", "state", "focus_areas", "submitted_at", "is_recommended", "more_due_on")
    values = list(found.values_list(*fields))
    places, given = _places(round), _given(round, user)
    names = names_of(round.focus_areas)
    rows = [_row(one, places.get(one[0], ((), "")), given.get(one[0]) or _Given(), names) for one in values]
    return _in_order([row for row in rows if _fits(row, filters)], filters.get("sort") or "name")


def _row(values: tuple, place: tuple, given: _Given, names: Mapping[str, str]) -> ApplicationRow:
    pk, name, state, focus, submitted_at, is_recommended, more_due_on = values
    is_shown = given.own == "handed_in" or state not in OPEN_STATES
    return ApplicationRow(
        pk,
        name,
        *place,
        state,
        tuple(names.get(one, one) for one in focus),
        submitted_at,
        tuple(sorted(given.names)),
        bool(given.own),
        given.own == "handed_in",
        overall_mean(given.scores) if is_shown else None,
        disagrees(given.scores, given.advices) if is_shown and given.names else None,
        is_recommended,
        more_due_on if state == "more_asked" else None,
    )


def _places(round: AdmissionRound) -> dict[int, tuple[tuple[str, ...], str]]:
    """Application → the names of its applicants, the lead first, and the county of the first municipality."""
    rows = (
        round.applications.filter(applicants__isnull=False)
        .order_by("pk", "-applicants__is_lead", "applicants__pk")
        .values_list(
            "pk",
            "applicants__municipality__distinct_name",
            "applicants__organisation__name",
            "applicants__municipality__county__name",
        )
    )
    names, counties = defaultdict(list), {}
    for pk, municipality, organisation, county in rows:
        names[pk].append(municipality or organisation)
        if county:
            counties.setdefault(pk, county)
    return {pk: (tuple(found), counties.get(pk, "")) for pk, found in names.items()}


def _given(round: AdmissionRound, user) -> dict[int, _Given]:
    found: dict[int, _Given] = defaultdict(_Given)
    assessments = Assessment.objects.filter(application__round=round)
    for application, adviser, name, advice, handed_in_at in assessments.values_list(
        "application_id", "adviser_id", "adviser__name", "advice", "handed_in_at"
    ):
        one = found[application]
        if adviser == user.pk:
            one.own = "handed_in" if handed_in_at else "begun"
        if handed_in_at:
            one.names.append(name)
            one.advices.append(advice)
    scores = Score.objects.filter(
        assessment__application__round=round, assessment__handed_in_at__isnull=False, value__isnull=False
    )
    for application, adviser, criterion, value in scores.values_list(
        "assessment__application_id", "assessment__adviser_id", "criterion_id", "value"
    ):
        found[application].scores.setdefault(adviser, {})[criterion] = value
    return found


def names_of(choices: list[dict]) -> dict[str, str]:
    """Slug → name in the reader's language, of a round's focus areas or themes."""
    return {one["slug"]: in_language(one) for one in choices}


def _fits(row: ApplicationRow, filters: Mapping[str, str]) -> bool:
    search = filters.get("search", "").casefold()
    text = " ".join((row.name, *row.applicants, row.county)).casefold()
    assessor = filters.get("assessor", "")
    return (
        (not search or search in text)
        and (filters.get("state", "") in ("", row.state) or (filters["state"] == "overdue" and row.is_overdue))
        and (not filters.get("focus") or filters["focus"] in row.focus_areas)
        and filters.get("county", "") in ("", row.county)
        and (
            not assessor
            or (assessor == "none" and not row.assessors)
            or (assessor == "mine" and row.state in OPEN_STATES and not row.is_own_handed_in)
            or assessor in row.assessors
        )
        and (filters.get("disagreement") != "yes" or bool(row.disagrees))
    )


SORTS = {
    "name": lambda row: alphabetical(row.name),
    "county": lambda row: (alphabetical(row.county), alphabetical(row.name)),
    "state": lambda row: list(TRANSITIONS).index(row.state),
    "submitted_at": lambda row: row.submitted_at,
    "assessed": lambda row: row.handed_in,
    "mean": lambda row: row.mean,
}


def _in_order(rows: list[ApplicationRow], sort: str) -> list[ApplicationRow]:
    """By name within the column; what is not known stands last whichever way the list runs."""
    rows = sorted(rows, key=SORTS["name"])
    name = sort.removeprefix("-")
    if name not in SORTS:
        return rows
    unknown = [row for row in rows if SORTS[name](row) is None]
    known = [row for row in rows if SORTS[name](row) is not None]
    return sorted(known, key=SORTS[name], reverse=sort.startswith("-")) + unknown


@dataclass(frozen=True)
class CriterionLine:
    """A criterion with what each adviser gave: ``given`` is (assessment, score or None), in the advisers' order."""

    criterion: Criterion
    given: tuple[tuple[Assessment, Score | None], ...]
    agreement: Agreement


@dataclass(frozen=True)
class AssessmentsView:
    """The assessments of one application as one reader may see them."""

    own: Assessment | None
    shown: tuple[Assessment, ...]
    hidden: int
    required: int
    lines: tuple[CriterionLine, ...]
    advice_disagrees: bool

    @property
    def handed_in(self) -> int:
        return self.hidden + sum(1 for one in self.shown if one.handed_in_at)

    @property
    def is_enough(self) -> bool:
        return self.handed_in >= self.required

    @property
    def disagrees(self) -> bool:
        return self.advice_disagrees or any(line.agreement.disagrees for line in self.lines)


def assessments_of(application: Application, user) -> AssessmentsView:
    """Three queries. Somebody else's draft is nobody's business, whatever the state."""
    everything = list(
        application.assessments.select_related("adviser").prefetch_related("scores").order_by("handed_in_at", "pk")
    )
    own = next((one for one in everything if one.adviser_id == user.pk), None)
    handed_in = [one for one in everything if one.handed_in_at]
    may_see = application.state not in OPEN_STATES or bool(own and own.handed_in_at)
    shown = tuple(handed_in) if may_see else ()
    scores = {one.pk: {score.criterion_id: score for score in one.scores.all()} for one in shown}
    lines = []
    for criterion in application.round.criteria.all():
        given = tuple((one, scores[one.pk].get(criterion.pk)) for one in shown)
        lines.append(CriterionLine(criterion, given, agreement(score and score.value for _one, score in given)))
    return AssessmentsView(
        own,
        shown,
        0 if may_see else len(handed_in),
        application.round.assessors_required,
        tuple(lines),
        advice_disagrees(one.advice for one in shown),
    )


def back_from(application: Application) -> str | None:
    """The state that taking back the last step leads to."""
    return way_back(application.state, application.steps.values_list("from_state", "to_state"))


def waiting_for_assessment(user):
    """Applications that lack assessors, and that the person has not assessed."""
    if not may(user, "admission.assess"):
        return Application.objects.none()
    mine = Assessment.objects.filter(adviser=user.pk, handed_in_at__isnull=False).values("application")
    found = Application.objects.visible_to(user).live().filter(state__in=("submitted", "resubmitted"))
    done = Count("assessments", filter=Q(assessments__handed_in_at__isnull=False))
    return found.exclude(pk__in=mine).annotate(done=done).filter(done__lt=F("round__assessors_required"))


def rounds_to_assess(user):
    """The rounds that such applications belong to, with how many (``to_assess``), since when (``waits_since``)."""
    found = AdmissionRound.objects.filter(applications__in=waiting_for_assessment(user).values("pk"))
    return found.annotate(to_assess=Count("applications"), waits_since=Min("applications__submitted_at"))


@dataclass(frozen=True)
class RoundOutcome:
    """What became of the applications to one round."""

    round: AdmissionRound
    applied: int
    admitted: int
    declined: int
    withdrawn: int
    undecided: int


def admission_by_round(programme) -> list[RoundOutcome]:
    """For the reports: the rounds of the programme by opening, drafts not counted. Two queries."""
    rounds = list(programme.admission_rounds.select_related("cohort").order_by("opens_at"))
    found: dict[int, dict[str, int]] = {one.pk: defaultdict(int) for one in rounds}
    sent = Application.objects.live().filter(round__in=rounds).exclude(state=Application.State.DRAFT)
    for round_id, state in sent.values_list("round_id", "state"):
        found[round_id][state] += 1
    return [_outcome(one, found[one.pk]) for one in rounds]


def _outcome(round: AdmissionRound, states: Mapping[str, int]) -> RoundOutcome:
    applied = sum(states.values())
    admitted, declined, withdrawn = (states.get(one, 0) for one in ("admitted", "declined", "withdrawn"))
    return RoundOutcome(round, applied, admitted, declined, withdrawn, applied - admitted - declined - withdrawn)
