"""Committees and their meetings: seats, agenda, papers, attendance, minutes and decisions."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from correspondence.actions import write
from jobs.actions import ask
from municipalities.models import AuditEvent

from ..calculations.meeting_states import AGENDA_OPEN, CALLED, MINUTES_OPEN, PLANNED, after
from ..models import AgendaItem, Attendance, Committee, CommitteeSeat, Meeting, MeetingPaper


class NotNow(Exception):
    """What was asked cannot be done as things stand; the text says why and what to do."""


class ChangedMeanwhile(Exception):
    """Somebody else saved first; ``current`` is what they saved."""

    def __init__(self, current):
        super().__init__(_("Somebody else saved while you wrote. Both texts are shown below."))
        self.current = current


@transaction.atomic
def save_committee(committee: Committee, *, by) -> Committee:
    is_new = committee.pk is None
    committee.save()
    AuditEvent.record("programmes.committee_made" if is_new else "programmes.committee_changed", committee, by=by)
    return committee


@transaction.atomic
def save_seat(seat: CommitteeSeat, *, by) -> CommitteeSeat:
    """Give a seat, or correct one. Who left keeps the row, with a last day."""
    is_new = seat.pk is None
    seat.save()
    action = "programmes.seat_given" if is_new else "programmes.seat_changed"
    AuditEvent.record(action, seat.committee, by=by, seat=str(seat))
    return seat


@transaction.atomic
def save_meeting(meeting: Meeting, *, seen_version: int, by) -> Meeting:
    """Plan a meeting or change its time and place; those who were called are told of a change."""
    before = _locked(meeting, seen_version) if meeting.pk else None
    meeting.version = seen_version + 1 if before else 1
    meeting.save()
    if before and before.held_on.year != meeting.held_on.year:
        _number_anew(before, meeting)
    AuditEvent.record("programmes.meeting_changed" if before else "programmes.meeting_planned", meeting, by=by)
    if before and before.state == CALLED and _moved(before, meeting):
        _tell_members(meeting, "meeting_moved", by=by, before=before)
    return meeting


@transaction.atomic
def move_meeting(meeting: Meeting, act: str, *, by) -> None:
    """Call it, hold it, approve its minutes, cancel it, or take one of these back."""
    current = Meeting.objects.select_for_update().get(pk=meeting.pk)
    state = after(current.state, act)
    if state is None:
        raise NotNow(_("The meeting is «%(state)s» now. Load the page again.") % {"state": current.get_state_display()})
    if act == "approve":
        _check_decided(current)
    meeting.state = state
    meeting.version = current.version + 1
    meeting.save(update_fields=["state", "version"])
    AuditEvent.record(f"programmes.meeting_{act}", meeting, by=by)
    if act == "call":
        _tell_members(meeting, "meeting_called", by=by)
    elif act == "cancel" and current.state == CALLED:
        _tell_members(meeting, "meeting_cancelled", by=by)


@transaction.atomic
def add_item(item: AgendaItem, *, by) -> AgendaItem:
    """Put a case on the agenda; it gets the next number of its committee and year."""
    committee = Committee.objects.select_for_update().get(pk=item.meeting.committee_id)
    _check_agenda_open(item.meeting)
    item.committee, item.year = committee, item.meeting.held_on.year
    item.number = (committee.items.filter(year=item.year).aggregate(last=Max("number"))["last"] or 0) + 1
    item.position = (item.meeting.items.aggregate(last=Max("position"))["last"] or 0) + 1
    item.save()
    AuditEvent.record("programmes.item_added", item.meeting, by=by, item=str(item))
    return item


@transaction.atomic
def change_item(item: AgendaItem, *, by) -> None:
    _check_agenda_open(item.meeting)
    item.save(update_fields=["title", "kind", "case_text", "proposal"])
    AuditEvent.record("programmes.item_changed", item.meeting, by=by, item=str(item))


@transaction.atomic
def decide_item(item: AgendaItem, *, decision: str, seen_decision: str, by) -> None:
    """Write down what was decided; one who wrote at the same time is shown the other's words."""
    current = AgendaItem.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=item.pk)
    if current.meeting.state not in MINUTES_OPEN:
        raise NotNow(_("The minutes are approved. Open them again before you change a decision."))
    if current.decision != seen_decision:
        raise ChangedMeanwhile(current.decision)
    item.decision = decision
    item.decided_at, item.decided_by = (timezone.now(), by) if decision else (None, None)
    item.save(update_fields=["decision", "decided_at", "decided_by"])
    AuditEvent.record("programmes.item_decided", item.meeting, by=by, item=str(item))


@transaction.atomic
def move_item(item: AgendaItem, direction: int, *, by) -> None:
    """One place up (-1) or down (+1) on the agenda; the case keeps its number."""
    items = list(item.meeting.items.select_for_update().order_by("position", "number"))
    _check_agenda_open(item.meeting)
    place = next(index for index, one in enumerate(items) if one.pk == item.pk)
    other = place + direction
    if not 0 <= other < len(items):
        return
    items[place], items[other] = items[other], items[place]
    for position, one in enumerate(items, 1):
        one.position = position
    AgendaItem.objects.bulk_update(items, ["position"])
    AuditEvent.record("programmes.item_moved", item.meeting, by=by, item=str(item))


@transaction.atomic
def postpone_item(item: AgendaItem, *, to: Meeting, by) -> None:
    """Take the case to a later meeting of the committee, with its number and papers."""
    if item.decision:
        raise NotNow(_("The case is decided, so it cannot be postponed."))
    if to.committee_id != item.committee_id or to.pk == item.meeting_id:
        raise NotNow(_("Choose another meeting of the same committee."))
    _check_agenda_open(to)
    before = item.meeting
    item.meeting = to
    item.position = (to.items.aggregate(last=Max("position"))["last"] or 0) + 1
    item.save(update_fields=["meeting", "position"])
    item.papers.update(meeting=to)
    AuditEvent.record("programmes.item_postponed", before, by=by, item=str(item), item_id=item.pk, to=str(to))


@transaction.atomic
def remove_item(item: AgendaItem, *, by) -> None:
    """Only before the meeting is called: a number that members have seen is never given to another case."""
    if item.meeting.state != "planned":
        raise NotNow(_("The meeting has been called, so the case keeps its number. Postpone it instead."))
    if item.applications.exists():
        raise NotNow(_("Applications are decided in this case, so it stays."))
    words = str(item)
    item.delete()
    AuditEvent.record("programmes.item_removed", item.meeting, by=by, item=words)


@transaction.atomic
def add_paper(meeting: Meeting, *, title: str, file, item: AgendaItem | None = None, by) -> MeetingPaper:
    position = (meeting.papers.aggregate(last=Max("position"))["last"] or 0) + 1
    paper = MeetingPaper.objects.create(
        meeting=meeting, item=item, title=title, file=file, position=position, added_by=by
    )
    AuditEvent.record("programmes.paper_added", meeting, by=by, paper=title)
    return paper


@transaction.atomic
def remove_paper(paper: MeetingPaper, *, by) -> None:
    _check_agenda_open(paper.meeting)
    title, stored = paper.title, paper.file
    paper.delete()
    transaction.on_commit(lambda: stored.delete(save=False))
    AuditEvent.record("programmes.paper_removed", paper.meeting, by=by, paper=title)


@transaction.atomic
def write_minutes(
    meeting: Meeting, *, minutes: str, presences: dict[CommitteeSeat, str], guests: list[str], seen_version: int, by
) -> None:
    """The minutes, and who met as a whole: of a seat that is not named nothing is recorded."""
    current = _locked(meeting, seen_version)
    if current.state not in MINUTES_OPEN:
        raise NotNow(_("The minutes are approved. Open them again before you change them."))
    meeting.minutes, meeting.version = minutes, seen_version + 1
    meeting.save(update_fields=["minutes", "version"])
    meeting.attendances.all().delete()
    rows = [Attendance(meeting=meeting, seat=seat, presence=presence) for seat, presence in presences.items()]
    rows += [Attendance(meeting=meeting, guest=name, presence=Attendance.Presence.PRESENT) for name in guests]
    Attendance.objects.bulk_create(rows)
    AuditEvent.record("programmes.minutes_written", meeting, by=by, recorded=len(rows))


@transaction.atomic
def ask_for_papers(meeting: Meeting, *, by):
    """Let a job set the agenda, the cases and their papers as one PDF."""
    AuditEvent.record("programmes.papers_asked", meeting, by=by)
    return ask(
        "programmes.meeting_papers",
        subject=f"{meeting._meta.label_lower}:{meeting.pk}",
        by=by,
        key=f"programmes.meeting_papers:{meeting.pk}",
        meeting_id=meeting.pk,
    )


def _number_anew(before: Meeting, meeting: Meeting) -> None:
    """The cases of a meeting that only the secretariat knows get numbers of the year it is moved to.

    A number that members have seen, or that something is recorded in, stays: before a call, in papers made, in a
    decision, or from the meeting that the case was postponed from.
    """
    committee = Committee.objects.select_for_update().get(pk=meeting.committee_id)
    name = f"{meeting._meta.label_lower}:{meeting.pk}"
    was_called = AuditEvent.objects.filter(action="programmes.meeting_call", subject=name).exists()
    if before.state != PLANNED or was_called or before.papers_made_at:
        return
    arrived = AuditEvent.objects.filter(action="programmes.item_postponed", detail__item_id__isnull=False)
    kept = set(arrived.values_list("detail__item_id", flat=True))
    year = meeting.held_on.year
    last = committee.items.filter(year=year).aggregate(last=Max("number"))["last"] or 0
    open_items = meeting.items.exclude(year=year).filter(decision="", applications=None).order_by("number")
    for number, item in enumerate((one for one in open_items if one.pk not in kept), last + 1):
        item.year, item.number = year, number
        item.save(update_fields=["year", "number"])


def _locked(meeting: Meeting, seen_version: int) -> Meeting:
    current = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if current.version != seen_version:
        raise ChangedMeanwhile(current)
    return current


def _moved(before: Meeting, now: Meeting) -> bool:
    return any(getattr(before, one) != getattr(now, one) for one in ("held_on", "starts_at", "ends_at", "place"))


def _check_agenda_open(meeting: Meeting) -> None:
    if meeting.state not in AGENDA_OPEN:
        raise NotNow(_("The meeting has been held or cancelled, so its agenda is closed."))


def _check_decided(meeting: Meeting) -> None:
    open_items = [one.case_number for one in meeting.items.filter(kind=AgendaItem.Kind.DECISION, decision="")]
    if open_items:
        raise NotNow(_("Write the decision in %(cases)s, or postpone, first.") % {"cases": ", ".join(open_items)})


def _tell_members(meeting: Meeting, template: str, *, by, **words) -> None:
    """One e-mail to each who has a seat on the day and signs in; also deputies are told."""
    seats = meeting.committee.seats.valid_on(meeting.held_on).filter(user__is_active=True).select_related("user")
    for user in {seat.user_id: seat.user for seat in seats}.values():
        write(
            f"{template}:{meeting.pk}:{meeting.version}:{user.pk}",
            to=user,
            template=f"programmes/email/{template}.txt",
            context={"meeting": meeting, "committee": meeting.committee, **words},
            about=meeting,
            by=by,
        )
