"""What waits for a person: typed, the oldest first."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from absence.models import ImportBatch, Suspicion
from absence.queries.answers import asked
from jobs.models import Job
from municipalities.permissions import may
from reporting.models import Edition
from reporting.states import APPROVED, REVIEW

from .admission import request_lines, request_parts
from .follow_up import follow_up_lines, follow_up_parts
from .lines import Waiting
from .secretariat import secretariat_lines, secretariat_parts

# What went wrong longer ago than this has been dealt with in another way.
MEMORY = timedelta(days=14)


def waiting_for(user) -> list[Waiting]:
    """As many queries, however much waits."""
    found = [
        *map(_import, _imports(user).annotate(open_count=asked("suspicions__"))),
        *map(_edition, _editions(user).select_related("programme")),
        *map(_job, _jobs(user)),
        *follow_up_lines(user),
        *request_lines(user),
        *secretariat_lines(user),
    ]
    return sorted(found, key=lambda one: one.since)


def waiting_count(user) -> int:
    """How many there are; one query."""
    found = (_imports(user), _editions(user), _jobs(user), *follow_up_parts(user), *request_parts(user))
    found += tuple(secretariat_parts(user))
    parts = [one.order_by().values("pk") for one in found]
    return parts[0].union(*parts[1:], all=True).count()


def _imports(user):
    """Files with figures to decide on, files ready for release, and files that were refused lately."""
    if not may(user, "absence.decide"):
        return ImportBatch.objects.none()
    open_ones = Suspicion.objects.open().filter(batch=OuterRef("pk"))
    refused = Q(state=ImportBatch.State.REFUSED, uploaded_at__gte=timezone.now() - MEMORY)
    return ImportBatch.objects.filter(Q(state=ImportBatch.State.STAGED) | Exists(open_ones) | refused)


def _import(batch) -> Waiting:
    if batch.state == ImportBatch.State.REFUSED:
        kind, text = _("Refused file"), _("%(file)s was refused: see what must be corrected")
    elif batch.open_count:
        kind = _("Answers asked for")
        text = ngettext(
            "%(file)s: %(count)s answer is asked for",
            "%(file)s: %(count)s answers are asked for",
            batch.open_count,
        )
    else:
        kind, text = _("Ready for release"), _("%(file)s: release the figures")
    values = {"file": batch.file_name, "count": batch.open_count}
    return Waiting(kind, text % values, reverse("absence:import", args=[batch.pk]), batch.uploaded_at)


def _editions(user):
    states = [REVIEW] * may(user, "reporting.approve") + [APPROVED] * may(user, "reporting.publish")
    return Edition.objects.visible_to(user).without_data().filter(state__in=states)


def _edition(edition) -> Waiting:
    values = {"report": edition.title, "programme": edition.programme.short_name}
    url = reverse("reporting:edition", args=[edition.pk])
    if edition.state == REVIEW:
        text = _("%(report)s, %(programme)s: read it and approve it") % values
        return Waiting(_("Draft in review"), text, url, edition.submitted_at or edition.created_at)
    text = _("%(report)s, %(programme)s: publish it") % values
    return Waiting(_("Approved report"), text, url, edition.approved_at or edition.created_at)


def _jobs(user):
    """Work that failed and that nobody has tried again."""
    return Job.objects.editable_by(user).filter(state=Job.State.FAILED, finished_at__gte=timezone.now() - MEMORY)


def _job(job) -> Waiting:
    return Waiting(_("Failed job"), f"{job.title}: {job.trouble}", job.get_absolute_url(), job.finished_at)
