"""What may happen to a visit: planned, made, written up, shared. Each act leaves an event in the audit trail."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from correspondence.actions import write
from municipalities.models import AuditEvent, User
from municipalities.permissions import may
from networks.models import ActionPoint, Visit, VisitDraft, VisitParticipant
from networks.queries.posts import post_held
from networks.queries.readers import project_leaders_of
from networks.states import CANCELLED, MADE, WRITTEN_UP, transition
from programmes.models import Participation

from .errors import NotPossible, SavedMeanwhile


@dataclass(frozen=True)
class Met:
    """Somebody met; ``pk`` of one that is registered already. Without ``who`` it is taken away."""

    party: str
    who: str
    count: int = 1
    pk: int | None = None


@dataclass(frozen=True)
class Agreed:
    """A task agreed on: ``owner`` is somebody of the secretariat, None where the municipality does it."""

    text: str
    owner: User | None = None
    owner_text: str = ""
    due_on: date | None = None
    pk: int | None = None
    keeps_owner: bool = False


@transaction.atomic
def plan_visit(*, participation: Participation, planned_on: date, place="", purpose="", advisers, by) -> Visit:
    visit = Visit.objects.create(
        participation=participation, planned_on=planned_on, place=place, purpose=purpose, saved_by=by
    )
    visit.advisers.set(advisers)
    AuditEvent.record("networks.visit_plan", visit, by=by, planned_on=planned_on.isoformat())
    return visit


@transaction.atomic
def change_plan(visit: Visit, *, version: int, planned_on: date, place="", purpose="", advisers, by) -> None:
    """Another day, place or purpose; another one goes."""
    _hold(visit, version)
    visit.planned_on, visit.place, visit.purpose = planned_on, place, purpose
    _save(visit, by, "planned_on", "place", "purpose")
    visit.advisers.set(advisers)
    AuditEvent.record("networks.visit_change", visit, by=by, planned_on=planned_on.isoformat())


@transaction.atomic
def move(visit: Visit, act: str, *, made_on: date | None = None, reason: str = "", by) -> None:
    """Make the transition, if the visit's state has it and the person may. ``made_on`` is for «make»."""
    _hold(visit)
    step = transition(visit.state, act)
    if step is None or not may(by, step.permission):
        raise NotPossible(_("The visit is %(state)s now. Look at it again.") % {"state": visit.get_state_display()})
    if act == "make":
        visit.made_on = made_on or visit.planned_on
        if visit.made_on > timezone.localdate():
            raise NotPossible(_("A visit cannot be made before its day has come. Correct the date."))
    if act == "not_made":
        visit.made_on = None
    if act == "write_up":
        _end_writing(visit, by)
    visit.state = step.to
    visit.cancel_reason = reason if step.to == CANCELLED else ""
    _save(visit, by, "state", "made_on", "cancel_reason", "written_up_at", "written_up_by")
    AuditEvent.record(f"networks.visit_{act}", visit, by=by, **({"reason": reason} if reason else {}))


def _end_writing(visit: Visit, by) -> None:
    if not visit.findings.strip():
        raise NotPossible(_("Write what you found before the note is finished."))
    visit.written_up_at, visit.written_up_by = timezone.now(), by


WRITTEN = (
    "made_on",
    "place",
    "topics",
    "other_topics",
    "expected_of_municipality",
    "expected_of_programme",
    "findings",
)


@transaction.atomic
def save_note(
    visit: Visit,
    *,
    version: int,
    values: dict,
    advisers,
    met: list[Met],
    agreed: list[Agreed],
    by,
    finish: bool = False,
) -> None:
    """Save the note as it stands; with ``finish`` it is written up. The person's own draft is spent.

    ``values`` holds the fields of ``WRITTEN``. Raises ``SavedMeanwhile`` when the record is no longer of ``version``.
    """
    _hold(visit, version)
    if visit.state != MADE:
        raise NotPossible(_("The visit is %(state)s now. Look at it again.") % {"state": visit.get_state_display()})
    for name in WRITTEN:
        setattr(visit, name, values[name])
    if visit.made_on > timezone.localdate():
        raise NotPossible(_("A visit cannot be made before its day has come. Correct the date."))
    if finish:
        _end_writing(visit, by)
        visit.state = WRITTEN_UP
    _save(visit, by, *WRITTEN, "state", "written_up_at", "written_up_by")
    visit.advisers.set(advisers)
    _keep_met(visit, met)
    _keep_agreed(visit, agreed)
    VisitDraft.objects.filter(visit=visit, user=by).delete()
    AuditEvent.record("networks.visit_write_up" if finish else "networks.visit_save", visit, by=by)


def _keep_met(visit: Visit, met: list[Met]) -> None:
    """Rows that somebody else has added meanwhile are in no list of ours, and stay."""
    for one in met:
        if one.pk and not one.who:
            visit.met.filter(pk=one.pk).delete()
        elif one.pk:
            visit.met.filter(pk=one.pk).update(party=one.party, who=one.who, count=one.count)
        elif one.who:
            VisitParticipant.objects.create(visit=visit, party=one.party, who=one.who, count=one.count)


def _keep_agreed(visit: Visit, agreed: list[Agreed]) -> None:
    """A task that is done is not changed any more."""
    for one in agreed:
        open_one = visit.action_points.open().filter(pk=one.pk)
        if one.pk and not one.text:
            open_one.delete()
        elif one.pk:
            open_one.update(**_task(visit, one))
        elif one.text:
            ActionPoint.objects.create(visit=visit, **_task(visit, one))


def _task(visit: Visit, one: Agreed) -> dict:
    """Whoever holds a post for the participant owns the task by the post, so that it goes with the post."""
    if one.keeps_owner:
        return {"text": one.text, "due_on": one.due_on}
    post = post_held(visit.participation, one.owner, timezone.localdate()) if one.owner else None
    return {
        "text": one.text,
        "due_on": one.due_on,
        "side": ActionPoint.Side.SECRETARIAT if one.owner else ActionPoint.Side.MUNICIPALITY,
        "network": post.network if post else None,
        "post": post.kind if post else "",
        "owner": one.owner if not post else None,
        "owner_text": "" if one.owner else one.owner_text,
    }


@transaction.atomic
def keep_draft(visit: Visit, *, version: int, values: dict[str, list[str]], by) -> VisitDraft:
    """What the person has typed so far; it is nobody else's, so it is no event."""
    draft, _new = VisitDraft.objects.update_or_create(
        visit=visit, user=by, defaults={"version": version, "values": values, "saved_at": timezone.now()}
    )
    return draft


def drop_draft(visit: Visit, *, by) -> None:
    VisitDraft.objects.filter(visit=visit, user=by).delete()


@transaction.atomic
def share(visit: Visit, *, by) -> list[User]:
    """Let the municipality read the note, and tell those who lead its project; give those who are written to.

    A note that has been corrected is shared again, with a letter of its own.
    """
    _hold(visit)
    if visit.state != WRITTEN_UP:
        raise NotPossible(_("Only a note that is written up can be shared. Write it up first."))
    if visit.shared_at and visit.shared_at >= visit.saved_at:
        raise NotPossible(_("The municipality has this note already."))
    visit.shared_at, visit.shared_by = timezone.now(), by
    visit.save(update_fields=["shared_at", "shared_by"])
    readers = project_leaders_of(visit.participation, timezone.localdate())
    for reader in readers:
        write(
            f"networks.visit_note:{visit.pk}:{visit.version}:{reader.pk}",
            to=reader,
            template="networks/email/visit_note.txt",
            context={"visit": visit, "tasks": list(visit.action_points.open())},
            about=visit,
            by=by,
        )
    AuditEvent.record("networks.visit_share", visit, by=by, told=[one.email for one in readers])
    return readers


def _hold(visit: Visit, version: int | None = None) -> None:
    """Lock the row and see it as it is now; one who has read an older version is told, and nothing is changed."""
    Visit.objects.select_for_update().only("pk").get(pk=visit.pk)
    visit.refresh_from_db()
    if version is not None and visit.version != version:
        raise SavedMeanwhile(visit)


def _save(visit: Visit, by, *fields: str) -> None:
    visit.version += 1
    visit.saved_at, visit.saved_by = timezone.now(), by
    visit.save(update_fields=[*fields, "version", "saved_at", "saved_by"])
