"""The batch decision: applications admitted or declined in one case of the political committee, all or none of them.

Each applicant takes part for itself. Only where an organisation applies together with its own members is there one
participation, the organisation's.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from municipalities.models import AuditEvent, Municipality, Organisation

from ..calculations import participation as rules
from ..calculations.application_states import DECIDED
from ..models import (
    AdmissionRound,
    AgendaItem,
    Applicant,
    Application,
    ApplicationStep,
    Cohort,
    CohortMembership,
    Participation,
    ParticipationEvent,
)
from . import participation as events
from .application_steps import take_step
from .errors import NotPossible


@dataclass(frozen=True)
class Ruling:
    """What is decided of one application; ``reason`` stands in the decision and may be printed in the letter."""

    application_id: int
    admit: bool
    reason: str = ""


@dataclass(frozen=True)
class Effect:
    """What an admission makes of one place: ``kind`` is a word of ``calculations.participation``."""

    application: Application
    place: Municipality | Organisation
    applicants: tuple[Applicant, ...]
    kind: str
    participation: Participation | None = None


@dataclass(frozen=True)
class Decided:
    """``now`` were decided by this call, ``before`` stood already as they were to be."""

    now: list[Application]
    before: list[Application]


class AlreadyDecided(NotPossible):
    """Somebody else has decided some of them otherwise meanwhile; nothing is recorded."""

    def __init__(self, applications: list[Application]):
        self.applications = applications
        lines = [_line(one) for one in applications]
        super().__init__(
            _("Nothing is recorded, since these are not as they were: %(what)s") % {"what": " ".join(lines)}
        )


class TooEarly(NotPossible):
    """What is to be recorded has not happened; ``fields`` maps the answer that is wrong to what is wrong with it."""

    def __init__(self, fields: dict[str, str]):
        self.fields = fields
        super().__init__(" ".join(fields.values()))


def too_early(item: AgendaItem | None, decided_on: date | None, today: date) -> dict[str, str]:
    """What of a decision lies after today: ``item`` and ``decided_on``, each with what to tell of it."""
    found = {}
    if item and item.meeting.held_on > today:
        text = _("The meeting is on %(day)s. Record the decision when the meeting has been held.")
        found["item"] = text % {"day": date_format(item.meeting.held_on)}
    if decided_on and decided_on > today:
        text = _("%(day)s has not come yet. Write the day the decision was made.")
        found["decided_on"] = text % {"day": date_format(decided_on)}
    return found


def effects(applications: list[Application], *, cohort: Cohort, starts_on: date) -> list[Effect]:
    """What admitting the applications from the day would make of each place; reads only. Four queries."""
    programme_id = cohort.programme_id
    rows = Applicant.objects.filter(application__in=applications).select_related(
        "municipality__county", "organisation", "application"
    )
    members = _members(rows)
    known = {}
    for one in Participation.objects.filter(programme=programme_id, merged_into__isnull=True).order_by("-pk"):
        known[one.municipality_id, one.organisation_id] = one
    times = CohortMembership.objects.filter(participation__in=[one.pk for one in known.values()])
    stays: dict[int, list[rules.Stay]] = {one.pk: [] for one in known.values()}
    for time in times:
        stays[time.participation_id].append(rules.Stay(time.cohort_id, time.starts_on, time.ends_on, time.pk))
    found = []
    for application in applications:
        of_one = [one for one in rows if one.application_id == application.pk]
        for place, applicants in _places(of_one, members):
            key = (place.pk, None) if isinstance(place, Municipality) else (None, place.pk)
            existing = known.get(key)
            kind = rules.admission(
                stays[existing.pk] if existing else None, existing and existing.withdrawn_on, cohort.pk, starts_on
            )
            found.append(Effect(application, place, tuple(applicants), kind, existing))
    return found


@transaction.atomic
def decide(
    round: AdmissionRound, *, item: AgendaItem, decided_on: date, starts_on: date, rulings: list[Ruling], by
) -> Decided:
    """Record all the rulings in the case, and let the admitted take part from ``starts_on``.

    Asked twice it does the work once. Raises AlreadyDecided where one of the applications is no longer recommended and
    was not decided so in this very case, and TooEarly where the meeting or the day is still to come; then nothing of
    it stands.
    """
    current = (
        AdmissionRound.objects.select_for_update(of=("self",)).select_related("cohort__programme").get(pk=round.pk)
    )
    _check_item(current, item)
    if early := too_early(item, decided_on, timezone.localdate()):
        raise TooEarly(early)
    asked = {one.application_id: one for one in rulings}
    found = list(current.applications.select_for_update(of=("self",)).filter(pk__in=asked).order_by("pk"))
    if len(found) != len(asked):
        raise NotPossible(_("Some of the applications are not in this round. Load the page again."))
    before = [one for one in found if _stands(one, asked[one.pk], item)]
    open_ones = [one for one in found if one not in before]
    if strange := [one for one in open_ones if one.state != Application.State.RECOMMENDED]:
        raise AlreadyDecided(strange)
    for one in open_ones:
        _rule(one, asked[one.pk], item, decided_on, by)
    admitted = [one for one in open_ones if asked[one.pk].admit]
    for effect in effects(admitted, cohort=current.cohort, starts_on=starts_on):
        _admit(effect, current.cohort, starts_on, item, by)
    if open_ones:
        AuditEvent.record(
            "admission.decided",
            current,
            by=by,
            case=item.case_number,
            admitted=len(admitted),
            declined=len(open_ones) - len(admitted),
        )
    return Decided(open_ones, before)


@transaction.atomic
def reverse_decision(application: Application, *, reason: str, by) -> ApplicationStep:
    """Back to the recommendation, by a new dated step that says why; only while nothing has been built upon it."""
    current = Application.objects.select_for_update().get(pk=application.pk)
    if current.state not in DECIDED:
        raise NotPossible(_("The application is not decided."))
    made = current.participation_events.filter(undone_at__isnull=True).select_related("participation").order_by("-pk")
    for event in made:
        participation = events.locked(event.participation)
        later = participation.events.filter(undone_at__isnull=True, pk__gt=event.pk)
        if later.exists():
            text = _("Something has happened to %(name)s since the decision. Undo that first.")
            raise NotPossible(text % {"name": participation})
        events.put_back(event, by=by)
    current.applicants.update(participation=None)
    application.state = current.state
    fields = {"decided_item": None, "decided_on": None, "decision_reason": ""}
    fields |= {"told_at": None, "told_how": "", "told_by": None}
    return take_step(application, Application.State.RECOMMENDED, by=by, note=reason, **fields)


def reason_of(item: AgendaItem) -> str:
    """«sak 09/5», in Norwegian wherever it is kept: it is written into the record, not onto a page."""
    return f"sak {item.case_number}"


def _rule(application: Application, ruling: Ruling, item: AgendaItem, decided_on: date, by) -> None:
    take_step(
        application,
        Application.State.ADMITTED if ruling.admit else Application.State.DECLINED,
        by=by,
        note=ruling.reason,
        decided_item=item,
        decided_on=decided_on,
        decision_reason=ruling.reason,
    )


def _admit(effect: Effect, cohort: Cohort, starts_on: date, item: AgendaItem, by) -> None:
    reason = reason_of(item)
    if effect.kind == rules.CREATED:
        # Two applications of one round may name the same place; the second finds what the first made.
        existing = events.participation_of(cohort.programme, effect.place)
        if existing is None:
            made = events.create(cohort.programme, effect.place, cohort=cohort, starts_on=starts_on, reason=reason)
            _keep(effect, made, {"created": True}, cohort, starts_on, item, by)
            return
        effect = Effect(effect.application, effect.place, effect.applicants, rules.KEPT, existing)
    current = events.locked(effect.participation)
    before = events.snapshot(current)
    stays = events.stays_of(current)
    if effect.kind == rules.REJOINED:
        stays = rules.ended(stays, current.withdrawn_on)
        current.withdrawn_on, current.withdrawal_reason = None, ""
        current.save(update_fields=["withdrawn_on", "withdrawal_reason"])
    if effect.kind != rules.KEPT:
        events.set_stays(current, rules.moved(stays, cohort.pk, starts_on), reason=reason)
    _keep(effect, current, before, cohort, starts_on, item, by)


def _keep(effect: Effect, participation: Participation, before: dict, cohort, starts_on, item, by) -> None:
    events.happened(
        participation,
        ParticipationEvent.Kind.ADMITTED,
        starts_on,
        reason_of(item),
        by,
        before,
        cohort_to=cohort,
        item=item,
        application=effect.application,
    )
    Applicant.objects.filter(pk__in=[one.pk for one in effect.applicants]).update(participation=participation)


def _places(applicants: list[Applicant], members: dict[int, set[int]]):
    """Who takes part, and for which applicants: an organisation stands for those of its members that apply with it."""
    organisations = [one for one in applicants if one.organisation_id]
    covered = set().union(*(members.get(one.organisation_id, set()) for one in organisations))
    for one in applicants:
        if one.organisation_id:
            inside = members.get(one.organisation_id, set())
            yield one.organisation, [one, *(two for two in applicants if two.municipality_id in inside)]
        elif one.municipality_id not in covered:
            yield one.municipality, [one]


def _members(applicants) -> dict[int, set[int]]:
    ids = [one.organisation_id for one in applicants if one.organisation_id]
    found: dict[int, set[int]] = {}
    through = Organisation.members.through.objects.filter(organisation__in=ids)
    for organisation, municipality in through.values_list("organisation_id", "municipality_id"):
        found.setdefault(organisation, set()).add(municipality)
    return found


def _stands(application: Application, ruling: Ruling, item: AgendaItem) -> bool:
    state = Application.State.ADMITTED if ruling.admit else Application.State.DECLINED
    return application.state == state and application.decided_item_id == item.pk


def _check_item(round: AdmissionRound, item: AgendaItem) -> None:
    committee = item.committee
    if committee.programme_id != round.programme_id or committee.kind != committee.Kind.POLITICAL:
        raise NotPossible(_("Choose a case of the programme's political committee."))
    if item.meeting.state == item.meeting.State.CANCELLED:
        raise NotPossible(_("The meeting of the case was cancelled. Choose another case."))


def _line(application: Application) -> str:
    values = {"name": application, "state": application.get_state_display()}
    last = application.steps.select_related("by").order_by("-pk").first()
    if last is None:
        return _("%(name)s is «%(state)s».") % values
    values |= {"who": last.by or _("the portal"), "day": date_format(last.at.date())}
    return _("%(name)s is «%(state)s» (%(who)s, %(day)s).") % values
