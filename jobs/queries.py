"""What the pages show of the jobs."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q

from jobs.models import Job

JOBS_A_PAGE = 50


def job_page(user: Any, number: str, *, state: str = "", kind: str = "", mine: bool = False) -> Page:
    """One page of the jobs this person may see, the newest first."""
    found = Job.objects.visible_to(user).select_related("asked_by").order_by("-pk")
    if state:
        found = found.filter(state=state)
    if kind:
        found = found.filter(kind=kind)
    if mine:
        found = found.filter(asked_by=user)
    return Paginator(found, JOBS_A_PAGE).get_page(number)


def job_counts(user: Any) -> dict[str, int]:
    """How many jobs this person may see in each state."""
    counts = {state: Count("pk", filter=Q(state=state)) for state in Job.State.values}
    return Job.objects.visible_to(user).aggregate(**counts)
