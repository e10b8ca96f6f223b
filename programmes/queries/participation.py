"""One participant from its application until today, as a timeline; the public is shown public facts only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from municipalities.models import Municipality, MunicipalityChange
from municipalities.permissions import may

from ..models import CohortMembership, Grant, Participation, ParticipationEvent
from ..timelines import LINES, TimelineLine

Kind = ParticipationEvent.Kind


@dataclass(frozen=True)
class Timeline:
    """``undoable`` is the event that may be undone by a reader who may change participations."""

    lines: tuple[TimelineLine, ...]
    undoable: int | None
    unknown: tuple[str, ...]


def is_insider(user, participation: Participation) -> bool:
    """The secretariat, and those whose roles are for the very participant: they are told reasons and cases."""
    if may(user, "participation.edit"):
        return True
    if not user.is_authenticated:
        return False
    return any(
        (one.municipality_id and one.municipality_id == participation.municipality_id)
        or (one.organisation_id and one.organisation_id == participation.organisation_id)
        for one in user.current_roles
    )


def timeline_of(participation: Participation, user) -> Timeline:
    """Oldest first, what has no day at the top. A constant number of queries, and those of the rooms above."""
    inside = is_insider(user, participation)
    everyone = [participation, *participation.merged_from.all()]
    events = list(
        ParticipationEvent.objects.filter(participation__in=everyone, undone_at__isnull=True)
        .select_related("participation", "cohort_from", "cohort_to", "item", "other", "municipality_before")
        .select_related("municipality_after", "application__round")
        .order_by("happened_on", "pk")
    )
    times = list(CohortMembership.objects.filter(participation__in=everyone).select_related("cohort", "participation"))
    if not may(user, "admission.view"):
        events, times = _as_told(events, times)
    lines = [
        *(line for one in events for line in _of_event(one, participation, inside)),
        *(line for one in times for line in _of_time(one, participation, events, inside)),
        *_withdrawal(participation, events, inside),
        *_networks(everyone, participation),
        *_mergers(participation.municipality, events),
        *(_applications(participation, user) if inside else ()),
        *_grants(everyone, user),
        *(line for of_room in LINES for line in of_room(user, participation)),
    ]
    lines.sort(key=lambda line: (line.on is not None, line.on or date.min))
    own = [one for one in events if one.participation_id == participation.pk]
    newest = max(own, key=lambda one: one.pk, default=None)
    undoable = newest.pk if newest and newest.application_id is None else None
    return Timeline(tuple(lines), undoable, tuple(_unknown(participation, times)))


def _as_told(
    events: list[ParticipationEvent], times: list[CohortMembership]
) -> tuple[list[ParticipationEvent], list[CohortMembership]]:
    """Without admissions that the applicant does not know of, and the times in cohorts that they made or ended."""
    hidden = [one for one in events if one.kind == Kind.ADMITTED and one.application and one.application.is_untold]
    made = {(one.participation_id, one.cohort_to_id, one.happened_on) for one in hidden}
    shown = [one for one in times if (one.participation_id, one.cohort_id, one.starts_on) not in made]
    ended = {(one.participation_id, one.happened_on - timedelta(days=1)) for one in hidden}
    for one in shown:
        if (one.participation_id, one.ends_on) in ended:
            one.ends_on = None
    return [one for one in events if one not in hidden], shown


def standing_on(participation: Participation, day: date, user) -> list[CohortMembership]:
    """The participant's times in cohorts on the day, as far as they have been told."""
    times = list(participation.cohort_memberships.select_related("cohort"))
    if not may(user, "admission.view"):
        events = participation.events.filter(undone_at__isnull=True).select_related("application")
        _events, times = _as_told(list(events), times)
    return [one for one in times if (one.starts_on or day) <= day and (one.ends_on is None or one.ends_on >= day)]


def _of_event(event: ParticipationEvent, of: Participation, inside: bool) -> Iterator[TimelineLine]:
    words = {
        "cohort": event.cohort_to,
        "before": event.cohort_from,
        "other": event.other,
        "old": event.municipality_before,
        "new": event.municipality_after,
    }
    text = {
        Kind.ADMITTED: _("Admitted to %(cohort)s"),
        Kind.LATE_ENTRY: _("Entered %(cohort)s after the others"),
        Kind.MOVED: _("Moved from %(before)s to %(cohort)s") if event.cohort_from else _("Moved to %(cohort)s"),
        Kind.WITHDRAWN: _("Withdrew from the programme"),
        Kind.CAME_BACK: _("The withdrawal was taken back"),
        Kind.SUCCEEDED: _("%(new)s carries the participation on after %(old)s"),
        Kind.MERGED: _("Became a part of %(other)s, since %(old)s became %(new)s"),
    }[Kind(event.kind)] % words
    detail = _reason(event) if inside else ""
    url = ""
    if inside and event.application_id and event.kind == Kind.ADMITTED:
        url = reverse(
            "programmes:assessment", args=[of.programme.slug, event.application.round.slug, event.application_id]
        )
    yield TimelineLine(
        event.happened_on, event.get_kind_display(), _whose(event.participation, of, text), url, detail, event.pk
    )


def _reason(event: ParticipationEvent) -> str:
    if event.item_id is None:
        return event.reason
    words = {"case": event.item.case_number, "title": event.item.title}
    if event.application and event.application.decided_on:
        words["day"] = date_format(event.application.decided_on)
        return _("Decided on %(day)s in case %(case)s, %(title)s") % words
    return _("Decided in case %(case)s, %(title)s") % words


def _of_time(time: CohortMembership, of: Participation, events, inside: bool) -> Iterator[TimelineLine]:
    """Beginning and end of a time in a cohort, unless an event tells it already."""
    own = [one for one in events if one.participation_id == time.participation_id]
    first = time.starts_on or time.participation.starts_on
    if not any(one.cohort_to_id == time.cohort_id and one.happened_on == time.starts_on for one in own):
        text = _("Begins in %(cohort)s") % {"cohort": time.cohort}
        if not time.is_certain:
            text = _("Begins in %(cohort)s (not certain)") % {"cohort": time.cohort}
        yield TimelineLine(first, _("cohort"), _whose(time.participation, of, text), detail=time.reason * inside)
    if time.ends_on and not any(one.happened_on == time.ends_on + timedelta(days=1) for one in own):
        text = _("Last day in %(cohort)s") % {"cohort": time.cohort}
        yield TimelineLine(time.ends_on, _("cohort"), _whose(time.participation, of, text))


def _withdrawal(participation: Participation, events, inside: bool) -> Iterator[TimelineLine]:
    """One that stands in the records without an event, as sources give it."""
    if participation.withdrawn_on and not any(one.kind == Kind.WITHDRAWN for one in events):
        yield TimelineLine(
            participation.withdrawn_on,
            pgettext("participation", "withdrawn"),
            _("Withdrew from the programme"),
            detail=participation.withdrawal_reason * inside,
        )


def _networks(everyone: list[Participation], of: Participation) -> Iterator[TimelineLine]:
    """Which networks it has been in is public. The networks are a room above, known here by their relation's name."""
    times = Participation._meta.get_field("network_memberships").related_model.objects.filter(
        participation__in=everyone
    )
    for one in times.select_related("network", "participation"):
        first = one.starts_on or one.participation.starts_on
        text = _("Joins the network %(network)s") % {"network": one.network}
        yield TimelineLine(first, _("network"), _whose(one.participation, of, text))
        if one.ends_on:
            text = _("Last day in the network %(network)s") % {"network": one.network}
            yield TimelineLine(one.ends_on, _("network"), _whose(one.participation, of, text))


def _mergers(municipality: Municipality | None, events) -> Iterator[TimelineLine]:
    """What became of the municipality itself; the events tell what became of the participation."""
    if municipality is None:
        return
    before = [one.municipality_before for one in events if one.municipality_before_id]
    changes = MunicipalityChange.objects.filter(predecessor__in=[municipality, *before])
    for one in changes.select_related("predecessor", "successor"):
        words = {"old": one.predecessor, "new": one.successor, "what": one.get_kind_display()}
        yield TimelineLine(one.happened_on, _("municipality"), _("%(old)s became %(new)s (%(what)s)") % words)


def _applications(participation: Participation, user) -> Iterator[TimelineLine]:
    applicants = participation.applicants.select_related("application__round").filter(
        application__submitted_at__isnull=False
    )
    for one in applicants:
        application = one.application
        url = ""
        if may(user, "admission.view"):
            url = reverse(
                "programmes:assessment", args=[participation.programme.slug, application.round.slug, application.pk]
            )
        text = _("Applied: %(round)s") % {"round": application.round}
        yield TimelineLine(application.submitted_at.date(), _("application"), text, url)


def _grants(everyone: list[Participation], user) -> Iterator[TimelineLine]:
    found = Grant.objects.visible_to(user).filter(participation__in=everyone, withdrawn_at__isnull=True)
    for one in found.select_related("participation__programme"):
        words = {"year": one.year, "amount": number_format(one.amount_nok, 0, force_grouping=True)}
        text = _("Grant for %(year)s: NOK %(amount)s") % words
        day = one.letter_sent_at.date() if one.letter_sent_at else date(one.year, 1, 1)
        url = reverse("programmes:grant", args=[one.participation.programme.slug, one.pk])
        yield TimelineLine(day, _("grant"), text, url)


def _whose(participation: Participation, of: Participation, text: str) -> str:
    """A line of one that became a part of this participant says whose it is."""
    return text if participation.pk == of.pk else f"{participation.name}: {text}"


def _unknown(participation: Participation, times: list[CohortMembership]) -> Iterator[str]:
    """What the records do not tell, said plainly."""
    if participation.candidate_numbers and not participation.municipality_id:
        numbers = ", ".join(participation.candidate_numbers)
        yield _("The sources do not tell which of the municipalities %(numbers)s it is.") % {"numbers": numbers}
    if not any(one.participation_id == participation.pk for one in times):
        yield _("No source says which cohort it is in, so it is not in the counts by cohort.")
    elif participation.starts_on is None:
        yield _("No source gives the day it began; it is counted from the first day of the programme.")
