"""What was agreed is done, by either side."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.models import AuditEvent
from networks.models import ActionPoint

from .errors import NotPossible


@transaction.atomic
def report_done(point: ActionPoint, *, note: str = "", by) -> None:
    _hold(point)
    if point.is_done:
        raise NotPossible(_("Somebody has already reported the task as done."))
    point.done_at, point.done_by, point.done_note = timezone.now(), by, note
    _save(point)
    AuditEvent.record("networks.task_done", point, by=by, note=note)


@transaction.atomic
def reopen(point: ActionPoint, *, by) -> None:
    """Take back that it is done; the note goes into the audit trail."""
    _hold(point)
    if not point.is_done:
        raise NotPossible(_("The task is open already."))
    note, point.done_at, point.done_by, point.done_note = point.done_note, None, None, ""
    _save(point)
    AuditEvent.record("networks.task_reopen", point, by=by, note=note)


def _hold(point: ActionPoint) -> None:
    ActionPoint.objects.select_for_update().only("pk").get(pk=point.pk)
    point.refresh_from_db(fields=["done_at", "done_by", "done_note"])


def _save(point: ActionPoint) -> None:
    point.save(update_fields=["done_at", "done_by", "done_note"])
