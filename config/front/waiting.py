"""What waits for a person: typed, the oldest first."""

import json
from datetime import timedelta

from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from absence.models import ImportBatch, Suspicion
from absence.queries.answers import asked
from absence.queries.notes import imports_without_note
from jobs.models import Job
from municipalities.permissions import may
from reporting.models import Edition
from reporting.states import APPROVED, REVIEW

from . import follow_up, secretariat
from .lines import Waiting
from .rows import Kind, Row, as_text, count_of, lines_of

# What went wrong longer ago than this has been dealt with in another way.
MEMORY = timedelta(days=14)
# Those who hold one of these have work that comes to them here; the others only a job of their own that failed.
WORK = ("absence.decide", "follow_up.edit", "follow_up.report_done", "admission.apply")


def is_worked_with(user) -> bool:
    """Whether the front page is where the person looks for work."""
    return any(may(user, permission) for permission in WORK)


def waiting_for(user) -> list[Waiting]:
    """One query, however much waits."""
    return sorted(lines_of(user, KINDS), key=lambda one: one.since)


def waiting_count(user) -> int:
    """How many there are; one query."""
    return count_of(user, KINDS)


def _imports(user):
    """Files with figures to decide on, files ready for release, and files that were refused lately."""
    if not may(user, "absence.decide"):
        return ImportBatch.objects.none()
    open_ones = Suspicion.objects.open().filter(batch=OuterRef("pk"))
    refused = Q(state=ImportBatch.State.REFUSED, uploaded_at__gte=timezone.now() - MEMORY)
    found = ImportBatch.objects.filter(Q(state=ImportBatch.State.STAGED) | Exists(open_ones) | refused)
    return found.annotate(open_count=asked("suspicions__"))


def _import(one: Row) -> Waiting:
    if one.text == ImportBatch.State.REFUSED:
        kind, text = _("Refused file"), _("%(file)s was refused: see what must be corrected")
    elif one.number:
        kind = _("Answers asked for")
        text = ngettext(
            "%(file)s: %(count)s answer is asked for",
            "%(file)s: %(count)s answers are asked for",
            one.number,
        )
    else:
        kind, text = _("Ready for release"), _("%(file)s: release the figures")
    values = {"file": one.name, "count": one.number}
    return Waiting(kind, text % values, reverse("absence:import", args=[one.pk]), one.since)


def _without_note(user):
    """Released revisions so large that a note must say why, and without one."""
    if not may(user, "absence.decide"):
        return ImportBatch.objects.none()
    return imports_without_note(user).filter(state=ImportBatch.State.RELEASED)


def _note(one: Row) -> Waiting:
    text = _("%(file)s: write why the figures were revised") % {"file": one.name}
    return Waiting(_("Note missing"), text, reverse("absence:import", args=[one.pk]), one.since)


def _editions(user):
    states = [REVIEW] * may(user, "reporting.approve") + [APPROVED] * may(user, "reporting.publish")
    return Edition.objects.visible_to(user).filter(state__in=states) if states else Edition.objects.none()


def _edition(one: Row) -> Waiting:
    title = Edition(report=one.text, year=one.number or None).title
    values = {"report": title, "programme": one.name}
    url = reverse("reporting:edition", args=[one.pk])
    if one.place == REVIEW:
        text = _("%(report)s, %(programme)s: read it and approve it") % values
        return Waiting(_("Draft in review"), text, url, one.since)
    return Waiting(_("Approved report"), _("%(report)s, %(programme)s: publish it") % values, url, one.since)


def _jobs(user):
    """Work that failed and that nobody has tried again."""
    return Job.objects.editable_by(user).filter(state=Job.State.FAILED, finished_at__gte=timezone.now() - MEMORY)


def _job(one: Row) -> Waiting:
    job = Job(pk=one.pk, kind=one.name, error=one.text, error_values=json.loads(one.values))
    return Waiting(_("Failed job"), f"{job.title}: {job.trouble}", job.get_absolute_url(), one.since)


def _edition_columns() -> dict:
    """``place`` is the state; an edition waits since the step that brought it there."""
    since = {REVIEW: "submitted_at", APPROVED: "approved_at"}
    moment = Case(*(When(state=state, then=F(name)) for state, name in since.items()))
    return {
        "name": F("programme__short_name"),
        "place": F("state"),
        "text": F("report"),
        "number": Coalesce("year", 0),
        "at": Coalesce(moment, "created_at"),
    }


KINDS = (
    Kind(
        "import",
        _imports,
        {"name": F("file_name"), "text": F("state"), "number": F("open_count"), "at": F("uploaded_at")},
        _import,
    ),
    Kind("note", _without_note, {"name": F("file_name"), "at": F("released_at")}, _note),
    Kind("edition", _editions, _edition_columns(), _edition),
    Kind(
        "job",
        _jobs,
        {"name": F("kind"), "text": F("error"), "values": as_text("error_values"), "at": F("finished_at")},
        _job,
    ),
    *follow_up.KINDS,
    *secretariat.KINDS,
)
