"""Posts of the secretariat and lines of budget and accounts: written, corrected, taken away."""

from django.db import transaction
from django.utils.translation import gettext as _

from municipalities.models import AuditEvent

from ..calculations.staffing import Span, overlaps
from ..models import AccountLine, StaffPeriod, StaffPost


class OverlappingPeriods(Exception):
    """Two periods of one post share a day."""

    def __init__(self):
        super().__init__(_("Two periods of the post overlap. End the earlier one before the later begins."))


@transaction.atomic
def save_post(post: StaffPost, *, periods: list[StaffPeriod], by) -> StaffPost:
    """The post with all its periods: those that are not among them are taken away."""
    if overlaps(Span(one.starts_on, one.ends_on, one.release_percent) for one in periods):
        raise OverlappingPeriods
    is_new = post.pk is None
    post.save()
    post.periods.all().delete()
    for one in periods:
        one.pk, one.post = None, post
    StaffPeriod.objects.bulk_create(periods)
    AuditEvent.record("programmes.post_made" if is_new else "programmes.post_changed", post, by=by)
    return post


@transaction.atomic
def remove_post(post: StaffPost, *, by) -> None:
    AuditEvent.record("programmes.post_removed", post, by=by)
    post.delete()


@transaction.atomic
def save_line(line: AccountLine, *, by) -> AccountLine:
    is_new = line.pk is None
    line.save()
    AuditEvent.record("programmes.line_made" if is_new else "programmes.line_changed", line, by=by)
    return line


@transaction.atomic
def remove_line(line: AccountLine, *, by) -> None:
    AuditEvent.record("programmes.line_removed", line, by=by, amount=str(line.amount_nok))
    line.delete()
