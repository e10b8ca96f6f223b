"""What the address asks for: which programme, and as of which day."""

from datetime import date

from django.shortcuts import get_object_or_404
from django.utils import timezone

from programmes import queries
from programmes.forms import AsOfForm
from programmes.models import Cohort, Programme


def visible_programme(request, slug: str) -> Programme:
    """The programme, or 404; the frame round the page then shows it as the current one."""
    found = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    request.programme_slug = found.slug
    return found


def with_cohorts(request, slug: str) -> tuple[Programme, list[Cohort]]:
    """The programme with its cohorts, mostly in one query; 404 as ``visible_programme``."""
    visible = Programme.objects.visible_to(request.user)
    cohorts = list(Cohort.objects.filter(programme__slug=slug, programme__in=visible).select_related("programme"))
    if not cohorts:
        return visible_programme(request, slug), []
    request.programme_slug = slug
    return cohorts[0].programme, cohorts


def with_day(asked, programme: Programme):
    """The filters of the address, with the day that counts are as of written in."""
    filled = asked.copy()
    if not filled.get("on"):
        filled["on"] = queries.last_day(programme, timezone.localdate()).isoformat()
    return filled


def day_asked(form: AsOfForm, programme: Programme) -> date:
    """The day in the address, or the day a programme is counted on when nobody asks."""
    return form.asked().get("on") or queries.last_day(programme, timezone.localdate())
